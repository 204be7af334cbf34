import type { Cleaning } from './cleaning.ts';
import type { KnownSecrets } from './known.ts';

/** A longer secret is found as a word, or by its shape, but not inside other text. */
const longestGlued = 1024;
/** A hint that is the end of its secret has this many characters, or those of them that are at most half of it. */
const endingHint = 6;
/** So many parts of a text are compared at most: a text that has more is not shown any further. */
const mostCompared = 50_000;
/** After so many comparisons others may have their turn: a millisecond or two. */
const comparedAtOnce = 1000;

/** What the places of a text are compared with, and how often they may still be. */
interface Search {
  readonly text: string;
  readonly known: KnownSecrets;
  left: number;
}

interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts secrets of keys to hints wherever they are, letters before and after them included. They are known by their hashes
 * alone, so their hints show where to look. Where too many places would have to be compared, the text is cut off.
 */
export function* hintingGlued(text: string, known: KnownSecrets, hint: (secret: string) => string): Cleaning {
  const search: Search = { text, known, left: mostCompared };
  let shown = '';
  let done = 0;
  let rested = search.left;
  for (let place = 0; place < text.length; place++) {
    const part = secretAt(search, place, done);
    if (search.left <= 0) return `${shown}${text.slice(done, place)}…`;
    if (rested - search.left >= comparedAtOnce) {
      yield;
      rested = search.left;
    }
    if (part === undefined) continue;
    shown += text.slice(done, part.start) + hint(text.slice(part.start, part.end));
    done = part.end;
    place = done - 1;
  }
  return shown + text.slice(done);
}

/** The secret whose hint is at a place; it does not begin before `from`. */
function secretAt(search: Search, place: number, from: number): Part | undefined {
  const { text, known } = search;
  for (const length of known.hintsAt(text, place)) {
    // A hint that is shown in the place of its secret.
    if (text[place + length] === '…') continue;
    const part = startingAt(search, place, length) ?? endingAt(search, place + Math.max(length, endingHint), place, from);
    if (part !== undefined) return part;
  }
  return undefined;
}

/** A secret is at least twice as long as its hint. */
function startingAt(search: Search, start: number, length: number): Part | undefined {
  const last = Math.min(start + longestGlued, search.text.length);
  for (let end = start + length; end <= last; end++) if (isSecret(search, start, end)) return { start, end };
  return undefined;
}

function endingAt(search: Search, end: number, place: number, from: number): Part | undefined {
  if (end > search.text.length) return undefined;
  const first = Math.max(end - longestGlued, from);
  for (let start = place; start >= first; start--) if (isSecret(search, start, end)) return { start, end };
  return undefined;
}

function isSecret(search: Search, start: number, end: number): boolean {
  if (search.left <= 0) return false;
  search.left -= 1;
  return search.known.isSecret(search.text.slice(start, end));
}
