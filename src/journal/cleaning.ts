import { pausing } from '../core/pieces.ts';

/** Work on a text that may rest wherever it yields. */
export type Cleaning = Generator<undefined, string, undefined>;

/** Does all the work in one turn. */
export function atOnce(work: Cleaning): string {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Does the work in pieces, between which others have their turn. */
export async function inPieces(work: Cleaning): Promise<string> {
  const pause = pausing();
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await pause();
  }
}
