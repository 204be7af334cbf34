import type { Instant } from '../clock.ts';

/** How long a use waits, in real time, before it is written. */
const delayMs = 100;

/** The last uses of keys that are not written yet. Every request is a use: written one by one they would cost more than the requests. */
export class Uses {
  readonly #write: (uses: ReadonlyMap<string, Instant>) => Promise<void>;
  #waiting = new Map<string, Instant>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(write: (uses: ReadonlyMap<string, Instant>) => Promise<void>) {
    this.#write = write;
  }

  note(key: string, usedAt: Instant): void {
    this.#waiting.set(key, usedAt);
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), delayMs).unref();
  }

  /** Writes what waits. What cannot be written waits on. Throws what writing throws. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const writing = this.#writing.then(() => this.#writeWaiting());
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  /** Forgets what waits: the keys are gone. */
  forget(): void {
    this.#waiting.clear();
  }

  async #writeWaiting(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const uses = this.#waiting;
    this.#waiting = new Map();
    try {
      await this.#write(uses);
    } catch (error) {
      // Not over a later use that came meanwhile.
      for (const [key, usedAt] of uses) if (!this.#waiting.has(key)) this.#waiting.set(key, usedAt);
      throw error;
    }
  }
}
