import { expect, test } from 'vitest';
import { compareBytes } from '../../../../src/providers/rockset/wire/byte-order.ts';

const texts = [
  '',
  'B',
  'Z',
  'a',
  'aa',
  'ab',
  'b',
  'ä',
  'z\u{1f600}',
  'z\ufffd',
  'z\ue000',
  '\ud7ff',
  '\uffff',
  '\u{10000}',
  '\u{1f600}a',
  '\u{1f600}',
];

test('texts are in the order of their bytes, beyond the basic plane too', () => {
  const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
  for (const one of texts) {
    for (const other of texts)
      expect([one, other, Math.sign(compareBytes(one, other))]).toEqual([one, other, byBytes(one, other)]);
  }
  // Where the order of code units would be another one.
  expect(['\u{10000}', '\uffff'].toSorted(compareBytes)).toEqual(['\uffff', '\u{10000}']);
});
