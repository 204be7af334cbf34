import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashSecret } from '../../src/core/secret.ts';
import { SecretHashes, SecretHints } from '../../src/core/secret-hashes.ts';

const hashes = fc.array(fc.string().map(hashSecret), { maxLength: 300, size: 'max' });

test('a set of hashes has what was added to it, once, and nothing else', () => {
  fc.assert(
    fc.property(hashes, hashes, (added, others) => {
      const set = new SecretHashes();
      for (const hash of [...added, ...added]) set.add(hash);
      const model = new Set(added);
      expect(set.size).toBe(model.size);
      for (const hash of [...added, ...others]) expect(set.has(hash)).toBe(model.has(hash));
    }),
    { numRuns: 100 },
  );
});

test('hints are found wherever they are in a text, and nothing else', () => {
  const hint = fc.string({ minLength: 4, maxLength: 16 });
  fc.assert(
    fc.property(fc.array(hint, { maxLength: 50 }), hint, fc.string(), fc.string(), (others, one, before, after) => {
      const hints = new SecretHints();
      for (const each of [...others, one]) hints.add(each);
      const text = before + one + after;
      expect(hints.lengthsAt(text, before.length)).toContain(one.length);
      const all = new Set([...others, one]);
      const lengths = [...new Set([...all].map(({ length }) => length))];
      for (let place = 0; place <= text.length; place++) {
        const partOf = (length: number) => text.slice(place, place + length);
        const there = lengths.filter((length) => partOf(length).length === length && all.has(partOf(length)));
        expect([...hints.lengthsAt(text, place)].sort()).toEqual(there.sort());
      }
    }),
    { numRuns: 100 },
  );
});

test('hashes that lead to the same place are told apart, at the end of the places too', () => {
  const set = new SecretHashes();
  // The first 13 digits decide: all of these leave the remainder 63 of 64.
  const colliding = Array.from({ length: 20 }, (_, index) => (63 + 64 * index).toString(16).padStart(13, '0').padEnd(64, '0'));
  for (const hash of colliding) set.add(hash);
  expect(set.size).toBe(20);
  expect(colliding.every((hash) => set.has(hash))).toBe(true);
  expect(set.has((63 + 64 * 20).toString(16).padStart(13, '0').padEnd(64, '0'))).toBe(false);
});

test('a hash of zeros is a hash like any other', () => {
  const set = new SecretHashes();
  const zeros = '0'.repeat(64);
  expect(set.has(zeros)).toBe(false);
  set.add(zeros);
  expect(set.has(zeros)).toBe(true);
});
