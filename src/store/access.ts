import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { MaybePromise } from '../core/at-once.ts';
import { StorageError } from '../core/world-store.ts';
import { GroupedWrites } from './grouped-writes.ts';
import { storageFailure } from './reasons.ts';

/** Which file a name stands for. */
type Identity = { readonly dev: number; readonly ino: number } | undefined;

/**
 * Lets the stores of a world at its database: one at a time while somebody works on it in pieces, and not at all once the
 * file is not there any more.
 */
export class Access {
  #files: readonly string[];
  #identities: readonly Identity[];
  readonly #grouped: GroupedWrites | undefined;
  #restoring: Promise<void> | undefined;
  #failure: StorageError | undefined;
  #tell: (error: StorageError) => void = () => undefined;

  /** `files` are those of the open database; none for one in memory. */
  constructor(db: Database, files: readonly string[]) {
    this.#files = files;
    this.#grouped = files.length === 0 ? new GroupedWrites(db) : undefined;
    this.#identities = files.map(identityOf);
  }

  /** Call this when the files of the database become others. */
  expect(files: readonly string[]): void {
    this.#files = files;
    this.#identities = files.map(identityOf);
  }

  /** Pending while somebody works on it in pieces. */
  get restoring(): Promise<void> | undefined {
    return this.#restoring;
  }

  /** Whether nobody has to wait. Asking costs less than waiting for nothing. */
  get isFree(): boolean {
    return this.#restoring === undefined && this.#failure === undefined;
  }

  /** Does what asks the database: at once, unless somebody has to be waited for. Throws as `turn` does. */
  when<T>(ask: () => MaybePromise<T>): MaybePromise<T> {
    return this.isFree ? ask() : this.turn().then(() => this.when(ask));
  }

  /**
   * Resolves when the database may be asked. Look again whether it is free: somebody else who waited may have been faster.
   * Throws StorageError if its file is gone.
   */
  async turn(): Promise<void> {
    while (this.#restoring !== undefined) await this.#restoring;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Writes to the database. Throws StorageError if it did not take the change, or took it into a file that has been deleted
   * or replaced: such a change would be answered and lost.
   */
  write<T>(work: () => T): T {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      // Who works alone has a transaction of its own, or none.
      if (this.#restoring === undefined) this.#grouped?.begin();
      return work();
    } catch (error) {
      throw storageFailure(error);
    } finally {
      this.assertThere();
    }
  }

  /** Keeps everybody else away until `work` is done. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    // At once if nobody has to wait: what was read in this turn is still true then.
    while (!this.isFree) await this.turn();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#restoring = promise;
    try {
      this.#grouped?.end();
      const done = await work();
      this.assertThere();
      return done;
    } catch (error) {
      throw storageFailure(error);
    } finally {
      this.#restoring = undefined;
      resolve();
    }
  }

  /** Ends what was begun in this turn. Call it before the database is copied. Throws StorageError if its file is gone. */
  settle(): void {
    this.assertThere();
    this.#grouped?.end();
  }

  /** Throws StorageError if the file is gone. */
  assertThere(): void {
    const failure = this.lost();
    if (failure !== undefined) throw failure;
  }

  /** Looks whether the file is still the one that was opened; the error that everybody gets from then on if it is not. */
  lost(): StorageError | undefined {
    if (this.#failure !== undefined) return this.#failure;
    const isThere = this.#files.every((file, index) => isSame(identityOf(file), this.#identities[index]));
    if (isThere) return undefined;
    const message =
      'The database file of this world was deleted or replaced while it was in use: put it back and start latchkey again.';
    this.#failure = new StorageError(message, { isLoss: true });
    this.#tell(this.#failure);
    return this.#failure;
  }

  /** Calls `tell` once, when the file is found to be gone. */
  whenLost(tell: (error: StorageError) => void): void {
    this.#tell = tell;
  }
}

function identityOf(file: string): Identity {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // Its folder can no longer be entered.
    return undefined;
  }
}

function isSame(one: Identity, other: Identity): boolean {
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}
