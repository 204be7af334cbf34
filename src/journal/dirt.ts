/** What env files and editors add to a value, by its place: at its ends, or anywhere. */
const atEnds: readonly (readonly [name: string, pattern: string])[] = [
  ['a comma', ','],
  ['a quote', `\\\\?["'\`\\u2018\\u2019\\u201c\\u201d]`],
  ['a bracket', String.raw`[<>()[\]{}]|\$\{`],
  ['a written \\r\\n', String.raw`\\r\\n`],
  ['a written \\n', String.raw`\\n`],
  ['a written \\r', String.raw`\\r`],
  ['a written \\t', String.raw`\\t`],
  ['an encoded blank or quote', '%(?:0[ad]|2[027])'],
  ['a no-break space', '\\u00a0'],
];
const anywhere: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['a byte order mark', /\ufeff/g],
  ['a zero-width character', /\p{Cf}/gu],
];

/** A word without the dirt, and what the dirt was: `a quote before it`; null for a word without any. */
export interface Cleaned {
  readonly word: string;
  readonly dirt: string | null;
}

/** Takes off a word what env files and editors add to it. */
export function cleanedOf(dirty: string): Cleaned {
  const found: string[] = [];
  let word = dirty;
  for (const [name, pattern] of anywhere) {
    const places = [...word.matchAll(pattern)].map(({ index }) => index);
    if (places.length > 0) found.push(`${name} ${placeOf(places, word.length)} it`);
    word = word.replace(pattern, '');
  }
  for (const [name, pattern] of atEnds) {
    const bare = word.replace(new RegExp(`^(?:${pattern})+`, 'i'), '');
    const both = bare.replace(new RegExp(`(?:${pattern})+$`, 'i'), '');
    const sides = [...(bare === word ? [] : ['before']), ...(both === bare ? [] : ['after'])];
    if (sides.length > 0) found.push(`${name} ${sides.join(' and ')} it`);
    word = both;
  }
  return { word, dirt: found.length === 0 ? null : found.join(', ') };
}

function placeOf(places: readonly number[], length: number): string {
  if (places.every((place, index) => place === index)) return 'before';
  return places.every((place, index) => place === length - places.length + index) ? 'after' : 'in';
}

/** The text of a header as its sender wrote it: Node reads each byte as a character. */
export function writtenText(header: string): string {
  if (!/[\x80-\xff]/.test(header)) return header;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
}
