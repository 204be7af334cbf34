import { stopwatchMs } from '../clock.ts';
import { atEndOfTurn } from './turns.ts';

/** How many rows are worked on before other requests get their turn: a few milliseconds. */
export const pieceSize = 250;

/**
 * Resolves when everything else that waits had its turn. After the arrival of data the loop goes on to what was put off before it
 * looks what else has arrived: that is why it is put off twice.
 */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    atEndOfTurn(() => atEndOfTurn(resolve));
  });
}

/** How long one piece of work may keep everyone else waiting. */
const longestPieceMs = 10;

/**
 * For work whose parts take unlike times: call the result after each part. It lets others have their turn once the parts since
 * the last one have taken long enough.
 */
export function pausing(): () => Promise<void> | undefined {
  let begunMs = stopwatchMs();
  return () => {
    if (stopwatchMs() - begunMs < longestPieceMs) return undefined;
    return othersTurn().then(() => {
      begunMs = stopwatchMs();
    });
  };
}
