import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { RevealedKey } from '../core/key-store.ts';
import type { StoredKey } from './key-rows.ts';

/** How long a use waits, in real time, before it is written. */
const delayMs = 100;

/**
 * The last uses of keys that are not written yet, by the `seq` of the key's row. Every request is a use, and writing each at
 * once would cost more than the rest of the request. Readers of this store see them at once; only a killed process loses them.
 */
export class PendingUses {
  readonly #write: (uses: ReadonlyMap<number, Instant>) => void;
  readonly #uses = new Map<number, Instant>();
  #timer: NodeJS.Timeout | undefined;

  /** `write` writes uses to the database, all or nothing. */
  constructor(write: (uses: ReadonlyMap<number, Instant>) => void) {
    this.#write = write;
  }

  note(seq: number, usedAt: Instant): void {
    this.#uses.set(seq, usedAt);
    this.#timer ??= setTimeout(() => this.#flushOrWait(), delayMs).unref();
  }

  /** The instant of the last use that is not written yet, if any. */
  of(seq: number): Instant | undefined {
    return this.#uses.get(seq);
  }

  /** A key with its last use, written or pending: the same object until it is used again. */
  current(stored: StoredKey): ApiKey {
    const lastUsedAt = this.of(stored.seq);
    if (lastUsedAt !== undefined && lastUsedAt !== stored.key.lastUsedAt) {
      stored.key = Object.freeze({ ...stored.key, lastUsedAt });
      stored.revealed = undefined;
    }
    return stored.key;
  }

  /** The same with its secret. */
  withSecret(stored: StoredKey): RevealedKey {
    const key = this.current(stored);
    stored.revealed ??= Object.freeze({ ...key, secret: stored.secret });
    return stored.revealed;
  }

  /** Writes all pending uses. If `write` throws, its error passes through and they stay pending. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#uses.size === 0) return;
    this.#write(this.#uses);
    this.#uses.clear();
  }

  /** Nothing waits for this write: after a failure, such as a full disk, the next attempt repeats it. */
  #flushOrWait(): void {
    try {
      this.flush();
    } catch {
      // The uses are still pending, and the next one sets the timer again.
    }
  }
}
