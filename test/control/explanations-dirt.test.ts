import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { explainedLast } from './explained.ts';
import { callWith, estuary, seededCalls, whylabs } from './seeded-calls.ts';

// found 3.4: explanations know the dirt that env files and editors add.
const lk = emulatorForTests();

/** A text as its bytes go over the wire. */
const onWire = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

async function explained(secret: string): Promise<{ verdict: string; sentence: string; nearly: object[] }> {
  const { path, header, scheme } = estuary;
  expect((await exchange(lk.url + path, { headers: { [header]: scheme + onWire(secret) } })).status).toBe(401);
  const { verdict, sentence, nearly } = Object(await explainedLast(lk));
  return { verdict, sentence, nearly };
}

describe('a right key with', () => {
  test.each([
    ['a quote before it', `"${estuary.secret}`],
    ['a quote after it', `${estuary.secret}'`],
    ['a quote before and after it', `"${estuary.secret}"`],
    ['a quote before and after it', `\u201c${estuary.secret}\u201d`],
    ['a written \\n after it', `${estuary.secret}\\n`],
    ['a written \\r\\n after it', `${estuary.secret}\\r\\n`],
    ['a byte order mark before it', `\ufeff${estuary.secret}`],
    ['a zero-width character after it', `${estuary.secret}\u200b`],
    ['a zero-width character in it', `${estuary.secret.slice(0, 20)}\u200b${estuary.secret.slice(20)}`],
    ['a no-break space after it', `${estuary.secret}\u00a0`],
    ['a no-break space before it', `\u00a0${estuary.secret}`],
    ['a zero-width character before it', `\u2060${estuary.secret}`],
    ['a zero-width character before it', `\u200e${estuary.secret}`],
    ['a zero-width character in it', `\u202a${estuary.secret}\u202c`],
    ['a comma after it', `${estuary.secret},`],
    ['a comma after it, a quote before and after it', `"${estuary.secret}",`],
    ['a quote before and after it', `\\"${estuary.secret}\\"`],
    ['a bracket before and after it', `<${estuary.secret}>`],
    ['a bracket before and after it', `\${${estuary.secret}}`],
    ['an encoded blank or quote after it', `${estuary.secret}%0A`],
    ['an encoded blank or quote before and after it', `%22${estuary.secret}%22`],
    ['a zero-width character after it, a quote before and after it', `"${estuary.secret}"\u200d`],
  ])('%s: %j', async (dirt, secret) => {
    expect(await explained(secret)).toEqual({
      verdict: 'right key, stray characters',
      sentence: `The credential is the key EST00000000… (alice) of 2 (active), with ${dirt}.`,
      nearly: [expect.objectContaining({ why: 'stray characters', provider: 'estuary', hint: 'EST00000000', state: 'active' })],
    });
  });

  test.each(seededCalls.map((call) => [call.provider, call] as const))('quotes, at %s', async (provider, call) => {
    await callWith(lk, call, `'${call.secret}'`).expect((answer) => expect(answer.status).toBeGreaterThanOrEqual(400));
    expect(await explainedLast(lk)).toMatchObject({
      verdict: 'right key, stray characters',
      nearly: [{ why: 'stray characters', provider }],
    });
  });
});

test('a key of another provider is that, dirty or not', async () => {
  expect(await explained(`"${whylabs.secret}"`)).toMatchObject({ verdict: 'key of another provider' });
});

test('nothing is made of a dirty word that is no key', async () => {
  expect(await explained('"nothing"')).toMatchObject({ verdict: 'key unknown', nearly: [] });
});
