import type { Instant } from '../clock.ts';
import { Turns } from './turns.ts';

/** How long a use waits, in real time, before it is written, */
const delayMs = 100;
/** and after it could not be written. */
const retryMs = 1000;

/** The last uses of keys that are not written yet. Every request is a use: written one by one they would cost more than the requests. */
export class Uses {
  readonly #write: (uses: ReadonlyMap<string, Instant>) => Promise<void>;
  readonly #turns = new Turns();
  #waiting = new Map<string, Instant>();
  /** Those that are being written. */
  #handed: ReadonlyMap<string, Instant> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #forgotten = 0;

  constructor(write: (uses: ReadonlyMap<string, Instant>) => Promise<void>) {
    this.#write = write;
  }

  note(key: string, usedAt: Instant): void {
    this.#waiting.set(key, usedAt);
    this.#writeSoon();
  }

  /** The last use of a key that is not written yet, by its id; undefined if there is none. */
  of(key: string): Instant | undefined {
    return this.#waiting.get(key) ?? this.#handed.get(key);
  }

  /** Writes what waits. What cannot be written is tried again soon. Throws what writing throws, and StorageError. */
  async flush(): Promise<void> {
    try {
      await this.#inTurn(async (uses) => {
        if (uses.size > 0) await this.#write(uses);
      });
    } catch (error) {
      if (this.#waiting.size > 0) this.#writeSoon(retryMs);
      throw error;
    }
  }

  /**
   * Hands what waits to work that writes it with something else. If that throws, it is written soon without that. What it throws
   * passes through. Throws StorageError.
   */
  async handTo<R>(work: (uses: ReadonlyMap<string, Instant>) => Promise<R>): Promise<R> {
    try {
      return await this.#inTurn(work);
    } catch (error) {
      if (this.#waiting.size > 0) this.#writeSoon();
      throw error;
    }
  }

  /** Forgets what waits: the keys are gone. */
  forget(): void {
    this.#waiting.clear();
    this.#handed = new Map();
    this.#forgotten += 1;
  }

  #writeSoon(afterMs = delayMs): void {
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), afterMs).unref();
  }

  #inTurn<R>(work: (uses: ReadonlyMap<string, Instant>) => Promise<R>): Promise<R> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#turns.take(() => this.#handWaiting(work));
  }

  async #handWaiting<R>(work: (uses: ReadonlyMap<string, Instant>) => Promise<R>): Promise<R> {
    const forgotten = this.#forgotten;
    const uses = this.#waiting;
    this.#waiting = new Map();
    this.#handed = uses;
    try {
      return await work(uses);
    } catch (error) {
      // Not over a later use that came meanwhile, and not to keys that are others by now.
      if (forgotten === this.#forgotten)
        for (const [key, usedAt] of uses) if (!this.#waiting.has(key)) this.#waiting.set(key, usedAt);
      throw error;
    } finally {
      this.#handed = new Map();
    }
  }
}
