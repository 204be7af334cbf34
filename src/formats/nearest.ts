/**
 * The word of a list that a misspelled word was probably meant to be; undefined if none is near. Near is one slip (a letter
 * too many, too few, another, or two swapped) for each three letters, or a word that goes on after at least three letters.
 */
export function nearestOf(word: string, known: Iterable<string>): string | undefined {
  const written = plain(word);
  // No word of ours is longer, and the distance costs the product of the lengths.
  if (written.length > 64) return undefined;
  const ranked = [...known]
    .map((one) => ({ one, slips: slipsBetween(written, plain(one)) }))
    .filter(({ one, slips }) => slips <= Math.ceil(Math.max(written.length, one.length) / 3) && slips < one.length)
    .sort((first, second) => first.slips - second.slips);
  return ranked[0]?.one ?? [...known].find((one) => written.length >= 3 && plain(one).startsWith(written));
}

/** Case and separators are not what makes a word another one. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/** The optimal string alignment distance, with three rows of its table. */
function slipsBetween(one: string, other: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(previous, column) + 1,
          at(current, column - 1) + 1,
          at(previous, column - 1) + same,
          isSwap ? at(older, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    older = previous;
    previous = current;
  }
  return at(previous, other.length);
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? Number.POSITIVE_INFINITY;
}
