import type { MaybePromise } from './at-once.ts';

// As it is now: a test that replaces timers later must not stop the program that it tests.
const later = setImmediate;

/** Calls a function at the end of this turn of the loop, once everything that arrived in it was looked at. */
export function atEndOfTurn(call: () => void): void {
  later(call);
}

/** Takes calls that are made at the end of their turn of the loop, in their order and with nothing between them; `now` makes them before. */
export function together(): { put(call: () => void): void; now(): void } {
  let waiting: (() => void)[] = [];
  const now = () => {
    const calls = waiting;
    waiting = [];
    for (const call of calls) call();
  };
  const put = (call: () => void) => {
    if (waiting.length === 0) later(now);
    waiting.push(call);
  };
  return { put, now };
}

/** The same for work that has a result: resolves with it, or throws what it throws. */
export function doneTogether(): { done<T>(work: () => MaybePromise<T>): Promise<T>; now(): void } {
  const { put, now } = together();
  const done = <T>(work: () => MaybePromise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      put(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });
  return { done, now };
}
