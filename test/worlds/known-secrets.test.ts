import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashSecret } from '../../src/core/secret.ts';
import { KnownSecrets, type SecretHolder } from '../../src/worlds/known-secrets.ts';

const printOf = (secret: string) => ({ hash: hashSecret(secret), hint: secret.slice(0, secret.length >> 1) });

/** Holds secrets, and counts how often they are read. */
class Holder implements SecretHolder {
  readonly secrets: string[];
  reads = 0;
  constructor(...secrets: string[]) {
    this.secrets = secrets;
  }
  secretPrints() {
    this.reads += 1;
    return [this.secrets.map(printOf)];
  }
}

test('secrets are read when they are first asked for, once, and further ones are noted', () => {
  const known = new KnownSecrets();
  const holder = new Holder('first-of-all');
  known.expect(holder);
  known.note(holder, printOf('not-read-yet'));
  expect(holder.reads).toBe(0);
  expect([known.isSecret('first-of-all'), known.isSecret('not-read-yet')]).toEqual([true, false]);
  known.note(holder, printOf('noted-later'));
  expect([known.isSecret('noted-later'), holder.reads]).toEqual([true, 1]);
  expect(known.hintsAt('x-noted-', 2)).toEqual([5]);
});

test('what is kept stays known once its holder has left, but for secrets as short as words', async () => {
  const known = new KnownSecrets();
  const holder = new Holder('long-enough', 'short');
  known.expect(holder);
  await known.keep(holder);
  expect([known.isSecret('long-enough'), known.isSecret('short')]).toEqual([true, true]);
  known.leave(holder);
  expect([known.isSecret('long-enough'), known.isSecret('short'), holder.reads]).toEqual([true, false, 1]);
});

test('a holder that leaves unread is not read any more', () => {
  const known = new KnownSecrets();
  const holder = new Holder('long-enough');
  known.expect(holder);
  known.leave(holder);
  expect([known.isSecret('long-enough'), holder.reads]).toEqual([false, 0]);
});

test('it is bounded: those of keys that are no more are forgotten, those of keys that are there never', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 }), (most, rounds) => {
      const known = new KnownSecrets(most);
      const staying = new Holder('always-there-1', 'always-there-2');
      known.expect(staying);
      for (const [round, count] of rounds.entries()) {
        const passing = new Holder(...Array.from({ length: count }, (_, index) => `passing-${round}-${index}`));
        known.expect(passing);
        known.keepNow(passing);
        known.leave(passing);
        expect(staying.secrets.every((secret) => known.isSecret(secret))).toBe(true);
        expect(known.size).toBeLessThanOrEqual(Math.max(most, 4) + 9);
      }
    }),
  );
});

test('found 6.10: they are read in pieces, and are all known even to who asks between two', async () => {
  const known = new KnownSecrets();
  const pieces = [['piece-one'], ['piece-two'], ['piece-three']];
  const holder: SecretHolder = { secretPrints: () => pieces.map((some) => some.map(printOf)) };
  known.expect(holder);
  const reading = known.prepare();
  known.note(holder, printOf('issued-meanwhile'));
  expect(['piece-one', 'piece-three', 'issued-meanwhile'].map((secret) => known.isSecret(secret))).toEqual([true, true, true]);
  await reading;
  expect(known.prepare()).toBe(undefined);
  expect([known.isSecret('piece-two'), known.size]).toEqual([true, 4]);
});
