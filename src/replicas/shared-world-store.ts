import type { Instant } from '../clock.ts';
import type { Replacement, SecretPrint, StorageError, WorldStore } from '../core/world-store.ts';
import type { SqliteWorldStore } from '../store/sqlite-world-store.ts';
import type { Changing } from './changing.ts';
import { SharedKeyStore } from './shared-key-store.ts';
import { SharedResourceStore } from './shared-resource-store.ts';
import type { Uses } from './uses.ts';

/** What a store of a shared world asks of the world. */
export interface SharedStoreParts extends Changing {
  readonly copy: SqliteWorldStore;
  readonly uses: Uses;
  /** Replaces everything by what a snapshot holds. Throws DatabaseError. */
  restore(snapshot: Buffer, replacement: Replacement): Promise<void>;
}

/** Everything of a world that several processes serve. */
export class SharedWorldStore implements WorldStore {
  readonly keys: SharedKeyStore;
  readonly #parts: SharedStoreParts;
  readonly #resources = new Map<string, SharedResourceStore>();

  constructor(parts: SharedStoreParts) {
    this.#parts = parts;
    this.keys = new SharedKeyStore(parts.copy.keys, parts, parts.uses);
  }

  get restoring(): Promise<void> | undefined {
    return this.#parts.copy.restoring;
  }

  knowsSecret(hash: string): boolean {
    return this.#parts.copy.knowsSecret(hash);
  }

  secretPrints(): Iterable<readonly SecretPrint[]> {
    return this.#parts.copy.secretPrints();
  }

  resources(provider: string): SharedResourceStore {
    let resources = this.#resources.get(provider);
    if (resources === undefined) {
      resources = new SharedResourceStore(provider, this.#parts.copy.resources(provider), this.#parts);
      this.#resources.set(provider, resources);
    }
    return resources;
  }

  seededProviders(): ReadonlyMap<string, Instant> {
    return this.#parts.copy.seededProviders();
  }

  seed(): void {
    throw new Error('a world that several processes serve is filled by `SharedWorld.fill`');
  }

  snapshot(): Buffer {
    return this.#parts.copy.snapshot();
  }

  snapshotInPieces(): Promise<Buffer> {
    return this.#parts.copy.snapshotInPieces();
  }

  restore(snapshot: Buffer, replacement: Replacement): Promise<void> {
    return this.#parts.restore(snapshot, replacement);
  }

  /** The copy is in memory. */
  lost(): StorageError | undefined {
    return undefined;
  }

  whenLost(): void {
    // It has no file that could be lost.
  }

  async check(): Promise<void> {
    // What the place holds, this version of latchkey has put there.
  }

  close(): void {
    this.#parts.copy.close();
  }
}
