import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { KeyStore } from './key-store.ts';
import type { AnyResource, ResourceStore } from './resource-store.ts';

/** A database that cannot be opened, with one clear line why. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** A key of a seed, with its secret where the provider keeps it to show it again. */
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

/** Everything that one world stores. */
export interface WorldStore {
  readonly keys: KeyStore;
  /** Whether there is a key, of whatever provider, whose secret has this hash. */
  knowsSecret(hash: string): boolean;
  resources(provider: string): ResourceStore;
  /** The providers that were given their seed already, and when. */
  seededProviders(): ReadonlyMap<string, Instant>;
  /**
   * Puts seeds in, all or nothing; `emptyFirst` removes everything else in the same step.
   * Throws key_name_taken or ResourceNameTakenError where a seed contradicts itself or what is stored.
   */
  seed(records: readonly ProviderRecords[], now: Instant, emptyFirst: boolean): void;
  /** Everything as a file, which `restore` takes. */
  snapshot(): Buffer;
  /** Puts what a snapshot holds in the place of everything. Throws an error of one line where it cannot be used; nothing has changed then. */
  restore(snapshot: Buffer): void;
  close(): void;
}
