import { stopwatchMs } from '../clock.ts';
import { StorageError } from '../core/world-store.ts';

/** How long others may keep a request waiting without getting on: they wait for a database that does not answer. */
const mostWaitMs = 2000;

/** Work that is done one after another, in the order in which it came, but for what is urgent. */
export class Turns {
  readonly #waiting: (() => Promise<void>)[] = [];
  #isWorking = false;
  /** When work that was done last got its answer. */
  #answeredMs = 0;

  /**
   * Does work in its turn; what is urgent is next. What it throws passes through. Throws StorageError if those before it get no
   * answer.
   */
  take<R>(work: () => Promise<R>, isUrgent = false): Promise<R> {
    const askedMs = stopwatchMs();
    return new Promise((resolve, reject) => {
      const turn = async () => {
        try {
          // A long queue that gets on is not refused.
          if (stopwatchMs() - Math.max(askedMs, this.#answeredMs) > mostWaitMs)
            throw new StorageError('The database cannot be used now: it does not answer in time.');
          resolve(await work());
          this.#answeredMs = stopwatchMs();
        } catch (error) {
          if (!(error instanceof StorageError)) this.#answeredMs = stopwatchMs();
          reject(error);
        }
      };
      if (isUrgent) this.#waiting.unshift(turn);
      else this.#waiting.push(turn);
      // Not in the same call: who asks has not been given its promise yet.
      if (!this.#isWorking) queueMicrotask(() => void this.#work());
      this.#isWorking = true;
    });
  }

  async #work(): Promise<void> {
    for (let turn = this.#waiting.shift(); turn !== undefined; turn = this.#waiting.shift()) await turn();
    this.#isWorking = false;
  }
}
