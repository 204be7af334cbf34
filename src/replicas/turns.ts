import { stopwatchMs } from '../clock.ts';
import { StorageError } from '../core/world-store.ts';

/** How long others may keep a request waiting without getting on: they wait for a database that does not answer. */
const mostWaitMs = 2000;

/** Work that is done one after another, in the order in which it came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  /** When work that was done last got its answer. */
  #answeredMs = 0;

  /** Does work in its turn. What it throws passes through. Throws StorageError if those before it get no answer. */
  take<R>(work: () => Promise<R>): Promise<R> {
    const askedMs = stopwatchMs();
    const turn = this.#last.then(() => {
      // A long queue that gets on is not refused.
      if (stopwatchMs() - Math.max(askedMs, this.#answeredMs) > mostWaitMs)
        throw new StorageError('The database cannot be used now: it does not answer in time.');
      return work();
    });
    this.#last = turn.then(
      () => this.#answered(),
      (error: unknown) => {
        if (!(error instanceof StorageError)) this.#answered();
      },
    );
    return turn;
  }

  #answered(): void {
    this.#answeredMs = stopwatchMs();
  }
}
