import { describe, expect, test } from 'vitest';
import { latestInstant } from '../../../../src/clock.ts';
import { emulatorForTests } from '../../emulator.ts';
import {
  alice,
  bearer,
  createKey,
  estuaryError,
  listKeys,
  missingCredential,
  tokenHash,
  tokenShape,
  uploadOnly,
} from '../estuary.ts';

const lk = emulatorForTests();
const create = (query = '') => lk.request.post(`/user/api-keys${query}`).set('Authorization', alice);

describe('POST /user/api-keys 200', () => {
  test('a key without an expiry lives 30 days, and the answer has the four fields of v0.1.11 in wire order', async () => {
    const answer = await create().expect(200);
    const { token } = answer.body;
    expect(token).toMatch(tokenShape);
    expect(answer.text).toBe(
      `{"token":"${token}","tokenHash":"${tokenHash(token)}","label":"","expiry":"2030-01-31T00:00:00Z"}\n`,
    );
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  test('the key works at once', async () => {
    const { token } = await createKey(lk);
    await lk.request.get('/user/api-keys').set('Authorization', bearer(token)).expect(200);
  });

  test.each([
    ['empty', '?expiry=', '2030-01-31T00:00:00Z'],
    ['exactly false', '?expiry=false', '2129-12-08T00:00:00Z'],
    ['300h', '?expiry=300h', '2030-01-13T12:00:00Z'],
    ['3600h', '?expiry=3600h', '2030-05-31T00:00:00Z'],
    ['groups in any order', '?expiry=1s1h', '2030-01-01T01:00:01Z'],
    ['a fraction', '?expiry=1.5h', '2030-01-01T01:30:00Z'],
    ['milliseconds, trailing zeros cut', '?expiry=120ms', '2030-01-01T00:00:00.12Z'],
    ['less than a millisecond beside more', '?expiry=1s999us', '2030-01-01T00:00:01.000999Z'],
    ['negative', '?expiry=-1h5m', '2029-12-31T22:55:00Z'],
    ['the longest', '?expiry=2562047h47m16.854775807s', '2322-04-12T23:47:16.854775807Z'],
    ['both parameters empty', '?expiry=&perms=', '2030-01-31T00:00:00Z'],
    ['an explicit plus, escaped', '?expiry=%2B5m', '2030-01-01T00:05:00Z'],
    ['micro, either spelling', '?expiry=60000000%C2%B5s', '2030-01-01T00:01:00Z'],
  ])('expiry %s: %s', async (_case, query, expiry) => {
    expect((await createKey(lk, query)).expiry).toBe(expiry);
  });

  test.each(['', '?perms=', '?perms=all'])('a full key may use level-2 routes: %s', async (query) => {
    const { token } = await createKey(lk, query);
    await lk.request.get('/user/stats').set('Authorization', bearer(token)).expect(200);
  });

  test('an upload-only key may call the viewer but no route of level 2, not even to create keys', async () => {
    const { token } = await createKey(lk, '?perms=upload&expiry=24h');
    await lk.request.get('/viewer').set('Authorization', bearer(token)).expect(200);
    const answer = await lk.request.post('/user/api-keys').set('Authorization', bearer(token)).expect(403);
    expect(answer.text).toBe(uploadOnly);
  });

  test('a label is free text, not unique, and of any length', async () => {
    const long = 'x'.repeat(5000);
    expect((await createKey(lk, `?label=${long}`)).label).toBe(long);
    expect((await createKey(lk, `?label=${long}`)).label).toBe(long);
  });

  test('a created key can create a full key of the same user', async () => {
    const { token } = await createKey(lk);
    const second = await createKey(lk, '?label=second', bearer(token));
    expect((await listKeys(lk)).at(-1)).toEqual(second);
  });

  test('no two keys share a token, and nothing limits their number', async () => {
    const keys = await Promise.all(Array.from({ length: 60 }, () => createKey(lk)));
    expect(new Set(keys.map(({ token }) => token)).size).toBe(60);
    expect(await listKeys(lk)).toHaveLength(61);
  });
});

describe('POST /user/api-keys 401', () => {
  test('without a credential nothing is stored', async () => {
    const answer = await lk.request.post('/user/api-keys').expect(401);
    expect(answer.text).toBe(missingCredential);
    expect(await listKeys(lk)).toHaveLength(1);
  });
});

describe('POST /user/api-keys 500', () => {
  test.each([
    ['a unit that Go does not know', '?expiry=1d', 'time: unknown unit "d" in duration "1d"'],
    ['no unit', '?expiry=10', 'time: missing unit in duration "10"'],
    ['no duration at all', '?expiry=never', 'time: invalid duration "never"'],
    ['another spelling of false', '?expiry=FALSE', 'time: invalid duration "FALSE"'],
    ['true', '?expiry=true', 'time: invalid duration "true"'],
    ['null', '?expiry=null', 'time: invalid duration "null"'],
    ['a plus, which is a space in a query', '?expiry=+5m', 'time: invalid duration " 5m"'],
    ['a character beyond ASCII', '?expiry=1%E6%97%A5', String.raw`time: unknown unit "\xe6\x97\xa5" in duration "1\xe6\x97\xa5"`],
    ['more than 64 bits of nanoseconds', '?expiry=9999999999h', 'time: invalid duration "9999999999h"'],
    ['an unknown perm', '?perms=read', 'invalid perm: "read"'],
    ['a perm in capitals', '?perms=Upload', 'invalid perm: "Upload"'],
    ['a perm with a space', '?perms=%20all', 'invalid perm: " all"'],
    ['a perm that Go escapes', '?perms=%22%00%7F%C2%A0%E6%97%A5%22', String.raw`invalid perm: "\"\x00\x7f\u00a0日\""`],
    ['two perms', '?perms=all,upload', 'invalid perms'],
    ['a lone comma', '?perms=,', 'invalid perms'],
    ['a bad expiry before a bad perm', '?perms=read&expiry=1d', 'time: unknown unit "d" in duration "1d"'],
  ])("%s is answered with Go's error text, and nothing is stored: %s", async (_case, query, details) => {
    const answer = await create(query).expect(500);
    expect(answer.text).toBe(estuaryError(500, 'Internal Server Error', details));
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(await listKeys(lk)).toHaveLength(1);
  });

  test("an expiry beyond the year 9999 is answered with the error of Go's encoder", async () => {
    await lk.world.keys('estuary').change({ owner: '2' }, (key) => ({ ...key, expiresAt: null }));
    lk.world.clock.set(latestInstant);
    const answer = await create('?expiry=24h').expect(500);
    expect(answer.text).toBe(
      estuaryError(
        500,
        'Internal Server Error',
        'json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: year outside of range [0,9999]',
      ),
    );
  });
});
