import { describe, expect, test } from 'vitest';
import type { JournalEntry, Key } from '../../src/client/types.ts';
import { warningOf } from '../../src/dashboard/parts/warning.ts';
import { addressOf, hashOf } from '../../src/dashboard/state/address.ts';
import { isoOf, msOf, shownInstant, shownTime } from '../../src/dashboard/state/instants.ts';
import { keyCells, keysWanted, shownSpan, stateAt, timeLeft } from '../../src/dashboard/state/key-view.ts';
import { pageOf, placeOf } from '../../src/dashboard/state/place.ts';
import { isRefused, requestCells, requestsWanted } from '../../src/dashboard/state/request-view.ts';
import { titleOf } from '../../src/dashboard/state/title.ts';
import { keyOf, requestOf } from './rows.ts';

const at = msOf('2030-01-31T00:00:00Z') ?? Number.NaN;
const [second, hour, day] = [1000, 3_600_000, 86_400_000];
/** What a newer or older server might send: a row without any field. */
const nothing: Key & JournalEntry = JSON.parse('{}');

describe('instants', () => {
  test.each([
    ['2030-01-31T00:00:00Z', '2030-01-31 00:00:00Z', '00:00:00.0'],
    ['2030-01-31T23:59:59.987Z', '2030-01-31 23:59:59.987Z', '23:59:59.9'],
  ])('%s', (text, instant, time) => {
    expect([shownInstant(msOf(text) ?? 0), shownTime(text)]).toEqual([instant, time]);
  });

  test('what is none is none', () => {
    expect([msOf('soon'), msOf(null), msOf(undefined), shownTime('soon')]).toEqual([undefined, undefined, undefined, '–']);
  });

  test('beyond what can be written is the nearest that can', () => {
    expect([isoOf(1e20), isoOf(-1e20)]).toEqual(['9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z']);
  });
});

describe('the time that a key has left', () => {
  test.each([
    [0, '0s'],
    [1, '1ms'],
    [999, '999ms'],
    [second, '1s'],
    [61 * second, '1m 1s'],
    [hour, '1h'],
    [2 * day + 4 * hour + 59_000, '2d 4h'],
    [29 * day + 23 * hour, '29d 23h'],
    [30 * day + 23 * hour, '30d'],
    [366 * day, '366d'],
    [-hour, '1h'],
  ])('%d ms: %s', (ms, text) => expect(shownSpan(ms)).toBe(text));

  test.each<[Partial<Key>, string, string]>([
    [{}, 'active', 'no end'],
    [{ expiresAt: isoOf(at) }, 'active', 'last moment'],
    [{ expiresAt: isoOf(at + 1) }, 'active', '1ms'],
    [{ expiresAt: isoOf(at - 1) }, 'expired', '1ms ago'],
    // The server said so before its clock was moved back.
    [{ state: 'expired', expiresAt: isoOf(at + day) }, 'active', '1d'],
    [{ state: 'suspended', expiresAt: isoOf(at - 1) }, 'suspended', '1ms ago'],
    [{ state: 'revoked', expiresAt: isoOf(at + day) }, 'revoked', '–'],
  ])('%j', (change, state, left) => {
    const key = keyOf(change);
    expect([stateAt(key, at), timeLeft(key, at)]).toEqual([state, left]);
    expect(keyCells(key, at)).toEqual(['rockset', 'nightly PXgtBQ…', 'member@me.com', state, left]);
  });

  test('a row of which every field is missing is a row of dashes', () => {
    expect(keyCells(nothing, at)).toEqual(['–', '–', '–', '–', 'no end']);
  });
});

describe('the filter of the keys', () => {
  const keys = [
    keyOf({ id: 'a', name: 'old', createdAt: '2029-01-01T00:00:00.000Z' }),
    keyOf({ id: 'b', name: null, owner: 'Alice', expiresAt: isoOf(at - 1) }),
    keyOf({ id: 'c', state: 'revoked', hint: 'zzz', kind: 'session' }),
  ];
  test.each([
    ['', '', ['b', 'c', 'a']],
    ['alice', '', ['b']],
    ['ZZ', '', ['c']],
    ['rockset', 'active', ['a']],
    ['', 'expired', ['b']],
    ['session', '', ['c']],
    ['nobody', '', []],
  ])('%j %j', (q, state, ids) => expect(keysWanted(keys, { q, state }, at).map(({ id }) => id)).toEqual(ids));
});

describe('requests', () => {
  test.each<[Partial<JournalEntry>, string, string, boolean]>([
    [{}, '200', '', false],
    [{ status: 401, code: 'key_expired' }, '401', 'key expired', true],
    [{ status: 429, fault: 'f1' }, '429', 'fault f1', false],
    [{ mutant: 'accept-revoked' }, '200', 'mutant accept-revoked', false],
    [{ status: 0 }, '0', 'connection broken', true],
    [{ status: 404 }, '404', '', false],
    [{ status: 403 }, '403', '', true],
  ])('%j', (change, status, why, refused) => {
    const entry = requestOf(change);
    expect(requestCells(entry)).toEqual(['1', '00:00:00.4', status, 'GET /v1/orgs/self', why]);
    expect(isRefused(entry)).toBe(refused);
  });

  test('a row of which every field is missing is a row of dashes', () => {
    expect(requestCells(nothing)).toEqual(['–', '–', '–', '–', '']);
    expect(requestsWanted([nothing], { q: 'x', refused: true, key: '' })).toEqual([]);
  });

  test.each([
    ['', false, '', ['3', '2', '1']],
    ['orgs', false, '', ['3', '1']],
    ['post /v1/users', false, '', ['2']],
    ['key exp', false, '', []],
    ['key_exp', false, '', ['3']],
    ['', true, '', ['3']],
    ['', false, 'k2', ['2']],
  ])('filtered by %j %j %j', (q, refused, key, ids) => {
    const requests = [
      requestOf({ id: '3', status: 401, code: 'key_expired' }),
      requestOf({ id: '2', method: 'POST', path: '/v1/users', key: 'k2' }),
      requestOf(),
    ];
    expect(requestsWanted(requests, { q, refused, key }).map(({ id }) => id)).toEqual(ids);
  });
});

describe('addresses', () => {
  test.each([
    ['#/', { screen: 'overview', key: null, request: null, query: {} }],
    ['#/keys/k%201', { screen: 'overview', key: 'k 1', request: null, query: {} }],
    ['#/requests/318', { screen: 'overview', key: null, request: '318', query: {} }],
    ['#/keys/k1?q=nightly&request=318', { screen: 'overview', key: 'k1', request: '318', query: { q: 'nightly' } }],
    ['#/faults', { screen: 'faults', key: null, request: null, query: {} }],
    ['#/try', { screen: 'try', key: null, request: null, query: {} }],
    [
      '#/?q=a%26b&state=expired&refused=1',
      { screen: 'overview', key: null, request: null, query: { q: 'a&b', state: 'expired', refused: '1' } },
    ],
  ] as const)('%s', (hash, address) => {
    expect(addressOf(hash)).toEqual(address);
    expect(addressOf(hashOf(address))).toEqual(address);
  });

  test.each(['', '#', '#/nope', '#/keys/%zz', '#nonsense'])('%j leads to the overview', (hash) => {
    expect(addressOf(hash).screen).toBe('overview');
  });

  test.each([
    ['http://localhost:5282/_latchkey/', 'http://localhost:5282/', 'default'],
    ['http://localhost:5282/~shop-7/_latchkey/', 'http://localhost:5282/', 'shop-7'],
    ['https://tools/lk/_latchkey/', 'https://tools/lk/', 'default'],
    ['https://tools/lk/~shop-8/_latchkey/', 'https://tools/lk/', 'shop-8'],
  ])('the world of %s', (base, root, world) => {
    expect(placeOf(base)).toEqual({ root, world });
    expect(pageOf(root, world)).toBe(base);
  });

  test.each([
    ['5282', 'shop-7', 3, 'latchkey :5282 ~shop-7 (3 refused)'],
    ['', 'default', 0, 'latchkey'],
  ])('the title for port %j, world %s, %d refused', (port, world, refused, title) =>
    expect(titleOf(port, world, refused)).toBe(title),
  );

  test.each([
    ['accept-revoked@rockset', 'accepts revoked keys of rockset on purpose (accept-revoked)'],
    ['accept-other-provider', 'accepts other provider keys on purpose (accept-other-provider)'],
    ['ignore-role@kps', 'errs for kps on purpose (ignore-role)'],
    ['lose-new-key', 'errs on purpose (lose-new-key)'],
  ])('the warning of %s', (mutant, says) => expect(warningOf(mutant)).toBe(`This latchkey ${says}`));
});
