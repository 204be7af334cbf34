// As it is now: a test that replaces timers later must not stop the program that it tests.
const later = setImmediate;

/** Calls a function at the end of this turn of the loop, once everything that arrived in it was looked at. */
export function atEndOfTurn(call: () => void): void {
  later(call);
}
