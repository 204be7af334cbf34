import type { Instant } from '../clock.ts';

/** How long a use may wait, in real time, before it is written. */
const delayMs = 100;

/**
 * The last uses of keys that are not written yet. Every request is a use, and writing each at once would cost more than
 * all the rest of it. Readers of this store see them at once; only a process that is killed can lose them, as the real
 * servers can, which write theirs later still. By the `seq` of the key's row.
 */
export class PendingUses {
  readonly #write: (uses: ReadonlyMap<number, Instant>) => void;
  readonly #uses = new Map<number, Instant>();
  #timer: NodeJS.Timeout | undefined;

  /** `write` puts uses into the database, all or nothing. */
  constructor(write: (uses: ReadonlyMap<number, Instant>) => void) {
    this.#write = write;
  }

  note(seq: number, usedAt: Instant): void {
    this.#uses.set(seq, usedAt);
    this.#timer ??= setTimeout(() => this.#flushOrWait(), delayMs).unref();
  }

  /** The use that waits to be written, if any. */
  of(seq: number): Instant | undefined {
    return this.#uses.get(seq);
  }

  /** Writes what waits. What `write` throws comes out, and nothing is lost then. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#uses.size === 0) return;
    this.#write(this.#uses);
    this.#uses.clear();
  }

  /** Nobody waits for this write: when it fails, as on a full disk, it is tried again after the next use. */
  #flushOrWait(): void {
    try {
      this.flush();
    } catch {
      // The uses are still there, and the next one sets the timer anew.
    }
  }
}
