import type { Credential } from '../../../client/types.ts';

/** What `GET credentials` answers, by provider. */
export type Credentials = Readonly<Record<string, { readonly credentials: readonly Credential[] }>>;

/** Something that a client can present. */
export interface Usable {
  readonly name: string;
  readonly secret: string;
  readonly header: { readonly name: string; readonly value: string };
}

/** The lines that make a client call a provider, as `GET snippets` has them: with `{{base}}` and `{{secret}}` left open. */
export interface Snippet {
  readonly provider: string;
  readonly client: string;
  readonly language: string;
  readonly install: string | null;
  readonly code: string;
}

/** The credentials that have a secret: a user without a key has none yet. */
export function usableOf(credentials: readonly Credential[]): readonly Usable[] {
  return credentials.flatMap(({ name, secret, header }) =>
    secret === null || header === null ? [] : [{ name, secret, header }],
  );
}
