/**
 * The blanks of HTTP are the space and the tab. A header is a row of bytes, read as Latin-1: its byte 0xA0 is not a blank,
 * which JavaScript's `trim` and `\s` would make of it.
 */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The value of a header, or a part of it, without the blanks around it. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The words of a header that are separated by blanks. Most requests come through here, so it uses no regular expression. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let start = 0;
  for (let end = 0; end <= text.length; end++) {
    if (end < text.length && !isBlank(text.charCodeAt(end))) continue;
    if (end > start) words.push(text.slice(start, end));
    start = end + 1;
  }
  return words;
}
