import type { MaybePromise } from './at-once.ts';

// As it is now: a test that replaces timers later must not stop the program that it tests.
const later = setImmediate;

/** Calls a function at the end of this turn of the loop, once everything that arrived in it was looked at. */
export function atEndOfTurn(call: () => void): void {
  later(call);
}

/** Takes calls that are made at the end of their turn of the loop, in their order and with nothing between them. */
export function together(): (call: () => void) => void {
  let waiting: (() => void)[] = [];
  const callAll = () => {
    const calls = waiting;
    waiting = [];
    for (const call of calls) call();
  };
  return (call) => {
    if (waiting.length === 0) later(callAll);
    waiting.push(call);
  };
}

/** The same for work that has a result: resolves with it, or throws what it throws. */
export function doneTogether(): <T>(work: () => MaybePromise<T>) => Promise<T> {
  const put = together();
  return (work) =>
    new Promise((resolve, reject) => {
      put(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });
}
