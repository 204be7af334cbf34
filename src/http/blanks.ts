/**
 * The blanks of HTTP are the space and the tab. A header is a row of bytes, read as Latin-1: its byte 0xA0 is not a blank,
 * which JavaScript's `trim` and `\s` would make of it.
 */
const blanks: ReadonlySet<string | undefined> = new Set([' ', '\t']);

/** The value of a header, or a part of it, without the blanks around it. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && blanks.has(text[start])) start++;
  while (end > start && blanks.has(text[end - 1])) end--;
  return text.slice(start, end);
}

/** The words of a header that are separated by blanks. */
export function wordsOf(text: string): string[] {
  return text.split(/[ \t]+/).filter((word) => word !== '');
}
