/** The candidate that a mistyped word most likely means; undefined if no candidate is close. */
export function nearestOf(word: string, candidates: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = word.length > 1 && candidate.startsWith(word) ? 0 : distanceOf(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed && distance < (best?.distance ?? Infinity)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** `; did you mean --port?`, or nothing if no candidate is close. The word and the candidates are compared without their prefix. */
export function didYouMean(word: string, candidates: Iterable<string>, prefix = ''): string {
  const bare = Array.from(candidates, (candidate) => candidate.slice(prefix.length));
  const nearest = nearestOf(word.slice(prefix.length), bare);
  return nearest === undefined ? '' : `; did you mean ${prefix}${nearest}?`;
}

/** How many letters must be added, removed, replaced or swapped with their neighbours (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    const made = [row];
    rows.push(made);
    for (let column = 1; column <= other.length; column++) {
      const replaced = at(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwapped ? at(row - 2, column - 2) + 1 : Infinity;
      made.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced, swapped));
    }
  }
  return at(one.length, other.length);
}
