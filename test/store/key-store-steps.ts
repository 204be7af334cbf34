import { expect } from 'vitest';
import type { ApiKey } from '../../src/core/api-key.ts';
import type { KeyStore } from '../../src/core/key-store.ts';

/** A store of keys, opened for a test. */
export interface OpenKeyStore {
  readonly keys: KeyStore;
  close(): void | Promise<void>;
}

/** The store of the running test. */
export type StoreOf = () => KeyStore;

export const idsOf = (keys: readonly ApiKey[]): string[] => keys.map(({ id }) => id);

/** Matches an error of the core with this code. */
export const refusedFor = (code: string) => expect.objectContaining({ name: 'EmulatorError', code });

/** A function that throws this. */
export const refusing = (thrown: unknown) => (): never => {
  throw thrown;
};

/** Stores keys one after another. */
export async function fill(store: KeyStore, ...keys: readonly ApiKey[]): Promise<void> {
  for (const key of keys) await store.insert(key, null);
}

/** Writes into an object that a store gave, unless it is frozen. */
export function scribble(given: object, scrawl: object): void {
  try {
    Object.assign(given, scrawl);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
}
