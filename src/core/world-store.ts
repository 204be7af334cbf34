import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { KeyStore } from './key-store.ts';
import type { AnyResource, ResourceStore } from './resource-store.ts';

/** A database or a snapshot that cannot be used. The message is one line. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** A key of a seed, with its secret if it is kept. */
export interface SeedKey {
  readonly key: ApiKey;
  readonly keptSecret: string | null;
}

/** Everything a provider puts into a fresh world. */
export interface ProviderRecords {
  readonly provider: string;
  readonly keys: readonly SeedKey[];
  readonly resources: readonly AnyResource[];
}

/** Stores everything of one world. */
export interface WorldStore {
  readonly keys: KeyStore;
  /** Whether a key of any provider has a secret with this hash. */
  knowsSecret(hash: string): boolean;
  /** The hashes of the secrets of all keys, in lower-case hex. Nothing else may be asked before all of them were read. */
  secretHashes(): Iterable<string>;
  resources(provider: string): ResourceStore;
  /** The providers that were seeded, each with the instant of its seeding. */
  seededProviders(): ReadonlyMap<string, Instant>;
  /**
   * Stores seeds, all or nothing; `emptyFirst` removes everything that was stored in the same step.
   * Throws key_name_taken or ResourceNameTakenError if a seed contradicts itself or what is stored.
   */
  seed(records: readonly ProviderRecords[], now: Instant, emptyFirst: boolean): void;
  /** Everything as a file for `restore`. */
  snapshot(): Buffer;
  /** Replaces everything by a snapshot. Throws DatabaseError, and changes nothing, if it cannot be used. */
  restore(snapshot: Buffer): void;
  close(): void;
}
