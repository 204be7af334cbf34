import type { Snippet } from '../../client/types.ts';
import { call } from './calls.ts';

/** The lines for the clients of every provider. Throws as `call` does. */
export async function loadSnippets(): Promise<readonly Snippet[]> {
  return (await call<{ readonly snippets: readonly Snippet[] }>('GET', 'snippets')).snippets;
}
