import { signal } from '@preact/signals';
import type { Credential } from '../../client/types.ts';
import { call } from './calls.ts';
import { issuedKeys } from './secrets.ts';

/** A seeded credential, and the key that it presents; an older server does not say which. */
export type SeededCredential = Credential & { readonly key?: string | null };

/** The seeded credentials, by provider. */
export const seeded = signal<Readonly<Record<string, { readonly credentials: readonly SeededCredential[] }>>>({});

/** Loads the seeded credentials, whose secrets are no secrets. Throws CallError. */
export async function loadSeeded(): Promise<void> {
  seeded.value = await call('GET', 'credentials');
}

/** The secret of a key, if it is a seeded one or was issued in this tab. */
export function secretOf(key: string | null): string | undefined {
  if (key === null) return undefined;
  const issued = issuedKeys.value.find((one) => one.key.id === key);
  if (issued !== undefined) return issued.secret;
  const all = Object.values(seeded.value).flatMap(({ credentials }) => credentials);
  return all.find((one) => one.key === key)?.secret ?? undefined;
}

/** How a provider wants its keys presented, by a seeded credential: the header, with a place for the secret. */
export function headerOf(provider: string | null): string | undefined {
  const { credentials = [] } = seeded.value[provider ?? ''] ?? {};
  const { header, secret } = credentials.find((one) => one.header !== null && one.secret !== null) ?? {};
  return header && secret ? `${header.name}: ${header.value.replace(secret, '<secret>')}` : undefined;
}
