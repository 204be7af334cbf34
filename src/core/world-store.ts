import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { KeyStore } from './key-store.ts';
import type { AnyResource, ResourceStore } from './resource-store.ts';

/** A database or a snapshot that cannot be used. The message is one line. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/**
 * A database in use that did not take a change, or whose file is gone. What was answered before is kept; the change that met
 * this error is not. The message is one sentence, without names of files.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** Whether the file is gone, which is told once, and not for each request that meets it. */
  readonly isLoss: boolean;

  constructor(message: string, { isLoss = false, ...options }: ErrorOptions & { readonly isLoss?: boolean } = {}) {
    super(message, options);
    this.isLoss = isLoss;
  }
}

/**
 * The rules for what a file may hold, which may come from anybody: those of a seed. Each names the problem, its column first,
 * and gives undefined for a good record.
 */
export interface ContentRules {
  /** `secret` is null where only its hash is stored. */
  problemOfKey(key: ApiKey, secret: string | null): string | undefined;
  problemOfResource(provider: string, resource: AnyResource): string | undefined;
  /** What is missing in a world that was seeded for this provider and holds these resources of it, as `<kind>/<id>`. */
  problemOfWhole(provider: string, resources: ReadonlySet<string>): string | undefined;
}

/** How a snapshot is put into the place of everything. */
export interface Replacement {
  readonly rules: ContentRules;
  /** Awaited when the snapshot is known to be good, just before the first record is replaced. */
  before(): void | Promise<void>;
  /** Called after the last one, before anything else can read. */
  after(): void;
}

/** What is known of a secret without knowing it. */
export interface SecretPrint {
  /** In lower-case hex. */
  readonly hash: string;
  /** The part of it that may be shown. */
  readonly hint: string;
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
  /** Whether a key of any provider has a secret with this hash; true for every hash while a snapshot is being put into place. */
  knowsSecret(hash: string): boolean;
  /** The prints of the secrets of all keys, some of them at a time. */
  secretPrints(): Iterable<readonly SecretPrint[]>;
  resources(provider: string): ResourceStore;
  /** The providers that were seeded, each with the instant of its seeding. */
  seededProviders(): ReadonlyMap<string, Instant>;
  /**
   * Stores seeds, all or nothing; `emptyFirst` removes everything that was stored in the same step.
   * Throws key_name_taken or ResourceNameTakenError if a seed contradicts itself or what is stored.
   */
  seed(records: readonly ProviderRecords[], now: Instant, emptyFirst: boolean): void;
  /** Everything as a file for `restore`. Not while a snapshot is being put into place. */
  snapshot(): Buffer;
  /** The same in pieces if it is large. Whoever asks for something meanwhile waits. */
  snapshotInPieces(): Promise<Buffer>;
  /**
   * Replaces everything by a snapshot, all or nothing. It does so in pieces, and whoever asks for something meanwhile waits.
   * Throws DatabaseError, and changes nothing, if the snapshot cannot be used.
   */
  restore(snapshot: Buffer, replacement: Replacement): Promise<void>;
  /** Pending while a snapshot is being put into place: `seed` and `snapshot` must not be called before it has resolved. */
  readonly restoring: Promise<void> | undefined;
  /**
   * Looks whether its file is still there, and the one that was opened. Once it is not, everything that is asked of the store
   * throws the error that this returns.
   */
  lost(): StorageError | undefined;
  /** Calls `tell` once, when the file is found to be gone. */
  whenLost(tell: (error: StorageError) => void): void;
  /** Checks what a file held when it was opened. Throws DatabaseError. */
  check(rules: ContentRules): Promise<void>;
  close(): void;
}
