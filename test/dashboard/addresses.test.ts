import { describe, expect, test } from 'vitest';
import { addressesOf } from '../../src/dashboard/screens/try/addresses.ts';
import { seedIn } from '../../src/dashboard/screens/worlds/seed-text.ts';
import { snapshotName } from '../../src/dashboard/screens/worlds/snapshot-name.ts';
import { filledIn } from '../../src/dashboard/state/snippet-text.ts';

const urls = (...place: Parameters<typeof addressesOf>) => addressesOf(...place).map(({ form, url }) => `${form}: ${url}`);

describe('the addresses that a client can be pointed at', () => {
  test('of the default world', () => {
    expect(urls('rockset', { base: 'http://localhost:5282', world: undefined, https: null })).toEqual([
      'at the root: http://localhost:5282',
      'below its name: http://localhost:5282/rockset',
      'by a host name: http://rockset.localhost:5282',
    ]);
  });

  test('of a world, with https', () => {
    expect(urls('kps', { base: 'http://127.0.0.1:5282/~shop-7', world: 'shop-7', https: 'https://127.0.0.1:5283' })).toEqual([
      'at the root: http://127.0.0.1:5282/~shop-7',
      'below its name: http://127.0.0.1:5282/~shop-7/kps',
      'by a host name: http://kps.shop-7.localhost:5282',
      'over https: https://127.0.0.1:5283/~shop-7/kps',
    ]);
  });

  test('behind a proxy there is no host name', () => {
    expect(urls('kps', { base: 'https://tools.example.com/lk/~shop-7', world: 'shop-7', https: null })).toEqual([
      'at the root: https://tools.example.com/lk/~shop-7',
      'below its name: https://tools.example.com/lk/~shop-7/kps',
    ]);
    expect(urls('kps', { base: 'http://localhost:8080/lk', world: undefined, https: null })).toHaveLength(2);
  });

  test('a page over https stays where it is', () => {
    const place = { base: 'https://localhost:9443', world: undefined, https: 'https://127.0.0.1:5283' };
    expect(urls('kps', place).at(-1)).toBe('over https: https://localhost:9443/kps');
  });
});

test('a snippet is filled in as it stands, also with what a replacement would mean something to', () => {
  expect(filledIn("a('{{base}}', '{{secret}}') // {{base}}", 'http://x', '$& $1')).toBe("a('http://x', '$& $1') // http://x");
});

test('the file name of a snapshot', () => {
  expect(snapshotName('shop-7', '2030-01-01T00:00:00.000Z')).toBe('latchkey-shop-7-2030-01-01T000000Z.sqlite');
});

test.each([
  ['', {}],
  [' \n', {}],
  ['{"kps":{}}', { seed: { kps: {} } }],
  ['[]', undefined],
  ['{', undefined],
])('the seed that %j holds', (text, expected) => {
  expect(seedIn(text)).toEqual(expected);
});
