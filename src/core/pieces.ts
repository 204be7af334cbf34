// As it is now: a test that replaces timers later must not stop the program that it tests.
const later = setImmediate;

/** How many rows are worked on before other requests get their turn: a few milliseconds. */
export const pieceSize = 250;

/** Resolves when everything else that waits had its turn. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    later(resolve);
  });
}
