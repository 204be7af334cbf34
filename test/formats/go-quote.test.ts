import { expect, test } from 'vitest';
import { quoteGo } from '../../src/formats/go-quote.ts';

test.each([
  ['', '""'],
  ['read', '"read"'],
  ['say "\\"', String.raw`"say \"\\\""`],
  ["it's <fine> & `raw`", '"it\'s <fine> & `raw`"'],
  ['\u0007\b\f\n\r\t\v', String.raw`"\a\b\f\n\r\t\v"`],
  ['\u0000\u001b\u007f', String.raw`"\x00\x1b\x7f"`],
  ['日本é', '"日本é"'],
  ['\u{1f511}', '"\u{1f511}"'],
  ['\u0080\u00a0\u00ad\u2028\u3000\ufeff', String.raw`"\u0080\u00a0\u00ad\u2028\u3000\ufeff"`],
  ['\u{e0001}\u{10ffff}', String.raw`"\U000e0001\U0010ffff"`],
])('%j is quoted as strconv.Quote does', (text, quoted) => {
  expect(quoteGo(text)).toBe(quoted);
});
