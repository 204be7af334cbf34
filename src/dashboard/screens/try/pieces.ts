import type { Credential } from '../../../client/types.ts';

/** What `GET credentials` answers, by provider. */
export type Credentials = Readonly<Record<string, { readonly credentials: readonly Credential[] }>>;

/** Something that a client can present. */
export interface Usable {
  readonly name: string;
  readonly secret: string;
  readonly header: { readonly name: string; readonly value: string };
}

/** The credentials that have a secret: a user without a key has none yet. */
export function usableOf(credentials: readonly Credential[]): readonly Usable[] {
  return credentials.flatMap(({ name, secret, header }) =>
    secret === null || header === null ? [] : [{ name, secret, header }],
  );
}
