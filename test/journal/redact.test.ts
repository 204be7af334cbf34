import { describe, expect, test } from 'vitest';
import { redactorOf } from '../../src/journal/redact.ts';
import { loadProviders } from '../../src/providers/index.ts';

const secrets = (await loadProviders()).map((provider) => provider.secrets);
const nothingElse = { presented: undefined, isSecret: () => false, hintsAt: () => [] };
const long = (part: string) => part.repeat(Math.ceil(80_000 / part.length));

describe.each(secrets.map((own) => [own.pattern.source, own] as const))('the redactor of %s', (_shape, own) => {
  const redactor = redactorOf(own, secrets);

  test.each([
    ...['a', 'a.', 'EST', 'EST-', 'eyJ', 'eyJa.', 'AAAAAAAAAA.', '/', '!', '"', '\\', '\\"', '%', '%25', '%41', '\\u0041'],
    ...[
      '"password":',
      '"password":"',
      'password:[',
      'password:{',
      'password:1',
      'password>',
      'password=%',
      'token=',
      '"token":"',
    ],
    ...['password   ', 'x ', "'", '{', '[', '"key":"', 'key='],
  ])('is fast for a long text that only repeats %j', (part) => {
    const started = performance.now();
    redactor.text(long(part), nothingElse);
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test.each([
    ['plain words, however many: 12, "quoted" and (bracketed)'],
    ['{"name":"a","list":[1,2,{"deep":null}],"text":"100% of \\"it\\""}'],
    ['/v1/orgs/self/users/a%40b.c/apikeys?limit=1&x=%20'],
    [''],
  ])('leaves a text without secrets as it is: %s', (text) => {
    expect(redactor.text(text, nothingElse)).toBe(text);
  });
});

test('a short secret that was presented is hidden as a separate word, but not as a part of another word', () => {
  const [own] = secrets;
  if (own === undefined) throw new Error('there are providers');
  const shown = redactorOf(own, secrets).text('/user/api-keys: user api, use', { ...nothingElse, presented: 'use' });
  expect(shown).toBe('/user/api-keys: user api, u…');
});

test('found 6.7: a text with more places for secrets than can be compared is cut off, and takes no long time', () => {
  const [own] = secrets;
  if (own === undefined) throw new Error('there are providers');
  const hidden = 'Zq9.-the-secret';
  const known = {
    presented: undefined,
    isSecret: (word: string) => word === hidden,
    hintsAt: (text: string, place: number) => (text.startsWith('Zq9.', place) ? [4] : []),
  };
  const started = performance.now();
  const shown = redactorOf(own, secrets).text(`before ${long('Zq9.')} ${hidden}`, known);
  expect(performance.now() - started).toBeLessThan(1500);
  expect(shown).toMatch(/^before (?:Zq9\.)*…$/);
  expect(redactorOf(own, secrets).text(`before ${'Zq9.'.repeat(9)}${hidden}y`, known)).toBe(
    `before ${'Zq9.'.repeat(9)}${own.hint(hidden).slice(0, 7)}…y`,
  );
});
