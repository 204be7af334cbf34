/** A few lines that call the provider with a client, for somebody to copy. */
export interface Snippet {
  /** The client's name: `curl`, `@rockset/client`. */
  readonly client: string;
  readonly language: 'shell' | 'javascript' | 'python' | 'go' | 'java';
  /** How the client is installed; null if it is there already. */
  readonly install: string | null;
  /** The code, with `{{base}}` for the base URL of the provider and `{{secret}}` for a secret. JavaScript is a module. */
  readonly code: string;
}
