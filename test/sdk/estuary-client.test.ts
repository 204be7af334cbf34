import { describe, expect, test } from 'vitest';
import { content, storeContents } from '../providers/estuary/contents/records.ts';
import {
  aliceToken,
  bearerIsMissing,
  bobToken,
  estuaryError,
  tokenHash,
  tokenShape,
  unknownToken,
  uploadOnly,
} from '../providers/estuary/estuary.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { estuarySdk, type SdkError } from './estuary-sdk.ts';

/** The refusal of a call: the status and the body that the client received. */
async function refusal(call: Promise<unknown>): Promise<{ status: number | undefined; text: string | undefined }> {
  const error: SdkError | undefined = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  return { status: error?.status, text: error?.response?.text };
}

describe.each(['', '/estuary'])('npm estuary-client 1.0.1 at <url>%s', (base) => {
  const lk = emulatorForTests();
  const as = (token: string, prefix?: string) => estuarySdk(lk.url + base, token, prefix);

  test('a full life cycle: create, use, list, revoke, refused', async () => {
    const alice = as(aliceToken, 'Bearer');
    const created = await alice.create({ expiry: '24h', perms: 'all' });
    expect(created.token).toMatch(tokenShape);
    expect(created.expiry).toBe('2030-01-02T00:00:00Z');

    const own = as(created.token, 'Bearer');
    expect((await own.list()).map(({ token, expiry }) => ({ token, expiry }))).toEqual([
      { token: aliceToken, expiry: '2031-01-01T00:00:00Z' },
      { token: created.token, expiry: '2030-01-02T00:00:00Z' },
    ]);
    expect(await own.stats()).toMatchObject({ totalSize: 0, numPins: 0 });

    await alice.revoke(created.token);
    expect(await refusal(own.list())).toEqual({ status: 401, text: unknownToken });
    expect(await refusal(own.create())).toEqual({ status: 401, text: unknownToken });
    expect(await refusal(own.revoke(created.token))).toEqual({ status: 401, text: unknownToken });
    expect((await alice.list()).map(({ token }) => token)).toEqual([aliceToken]);
  });

  test('a key that expires is refused with the date', async () => {
    const { token } = await as(aliceToken, 'Bearer').create({ expiry: '1h' });
    const own = as(token, 'Bearer');
    lk.world.clock.advance(3_600_000);
    await own.stats();
    lk.world.clock.advance(1);
    const text = estuaryError(401, 'ERR_TOKEN_EXPIRED', 'token for user 2 expired 2030-01-01 01:00:00 +0000 UTC');
    expect(await refusal(own.stats())).toEqual({ status: 401, text });
  });

  test('an upload-only key is refused as such', async () => {
    const { token } = await as(aliceToken, 'Bearer').create({ expiry: '24h', perms: 'upload' });
    expect(await refusal(as(token, 'Bearer').list())).toEqual({ status: 403, text: uploadOnly });
  });

  test('the token arrives escaped, and a hash revokes too', async () => {
    const alice = as(aliceToken, 'Bearer');
    const { token } = await alice.create();
    await alice.revoke('not/a key?%');
    await alice.revoke(tokenHash(token));
    expect(await refusal(as(token, 'Bearer').stats())).toEqual({ status: 401, text: unknownToken });
  });

  test("another user's key cannot be revoked", async () => {
    await as(aliceToken, 'Bearer').revoke(bobToken);
    expect(await as(bobToken, 'Bearer').list()).toHaveLength(1);
  });

  test('stats are numbers, and the export arrives as the text of the answer', async () => {
    await storeContents(lk, content(1));
    const alice = as(aliceToken, 'Bearer');
    expect(await alice.stats()).toMatchObject({ totalSize: 100, numPins: 1 });
    const exported = await alice.exportData();
    expect(exported).toMatch(/^\{"Version":"v0\.0\.1","Date":"2030-01-01T00:00:00Z","Version1":\{"Contents":\[\{"id":1,.*\n$/);
    expect(JSON.parse(exported).Version1.Contents).toHaveLength(1);
  });

  test("a bad expiry is a 500 with Go's error text", async () => {
    const text = estuaryError(500, 'Internal Server Error', 'time: unknown unit "d" in duration "1d"');
    expect(await refusal(as(aliceToken, 'Bearer').create({ expiry: '1d' }))).toEqual({ status: 500, text });
  });

  test('the classic mistake, a key without the prefix Bearer, is refused with the text that explains it', async () => {
    const text = estuaryError(401, 'ERR_AUTH_MISSING_BEARER', bearerIsMissing);
    expect(await refusal(as(aliceToken).list())).toEqual({ status: 401, text });
    expect(await as(`Bearer ${aliceToken}`).list()).toHaveLength(1);
  });
});

describe.each(['v0.1.10', 'v0.4'])('npm estuary-client 1.0.1 in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });

  test('a full life cycle', async () => {
    const alice = estuarySdk(lk.url, aliceToken, 'Bearer');
    const { token } = await alice.create({ expiry: 'false' });
    const shown = profile === 'v0.4' ? '' : token;
    expect((await alice.list()).at(-1)).toMatchObject({ token: shown, expiry: '2129-12-08T00:00:00Z' });
    await estuarySdk(lk.url, token, 'Bearer').stats();
    await alice.revoke(token);
    expect(await refusal(estuarySdk(lk.url, token, 'Bearer').stats())).toEqual({ status: 401, text: unknownToken });
  });
});
