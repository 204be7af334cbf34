import type { IssuedKey, Key } from '../client/types.ts';

/** A key, or its id. */
export type KeyOrId = string | Pick<Key, 'id'> | Pick<IssuedKey, 'key'>;

/** The id of a key. */
export function idOf(key: KeyOrId): string {
  if (typeof key === 'string') return key;
  return 'key' in key ? key.key.id : key.id;
}

/** A secret, or that of an object that has one: an issued key, a credential. */
export function secretOf(received: unknown): string | undefined {
  if (typeof received === 'string') return received;
  if (typeof received !== 'object' || received === null || !('secret' in received)) return undefined;
  return typeof received.secret === 'string' ? received.secret : undefined;
}
