import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { users } from '../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests } from '../emulator.ts';
import {
  alice,
  aliceToken,
  bearer,
  bearerIsMissing,
  createKey,
  estuaryError,
  levelTooLow,
  missingCredential,
  tokenHash,
  tokenIsMissing,
  unknownToken,
  uploadOnly,
} from './estuary.ts';

const shortText = 'invalid api key was specified';
const withoutBearer = estuaryError(401, 'ERR_AUTH_MISSING_BEARER', bearerIsMissing);
const withoutToken = estuaryError(401, 'ERR_INVALID_AUTH', tokenIsMissing);
const shortWithoutBearer = estuaryError(401, 'ERR_AUTH_MISSING_BEARER', shortText);
const shortInvalid = estuaryError(401, 'ERR_INVALID_AUTH', shortText);

/** Header (undefined: none is sent), refusal since v0.1.11, refusal of v0.1.10. */
const refusals: readonly [header: string | undefined, since11: string, before: string][] = [
  [undefined, missingCredential, missingCredential],
  ['', missingCredential, missingCredential],
  ['   ', missingCredential, missingCredential],
  ['undefined', missingCredential, missingCredential],
  [' undefined ', missingCredential, missingCredential],
  [aliceToken, withoutBearer, shortInvalid],
  ['null', withoutBearer, shortInvalid],
  ['Basic', withoutBearer, shortInvalid],
  [`Basic ${aliceToken}`, withoutBearer, shortWithoutBearer],
  [`bearer ${aliceToken}`, withoutBearer, shortWithoutBearer],
  [`BEARER ${aliceToken}`, withoutBearer, shortWithoutBearer],
  [`Token ${aliceToken}`, withoutBearer, shortWithoutBearer],
  [`ApiKey ${aliceToken}`, withoutBearer, shortWithoutBearer],
  [`Bearer: ${aliceToken}`, withoutBearer, shortWithoutBearer],
  [`Bearer\t${aliceToken}`, withoutBearer, shortInvalid],
  [`Basic a ${aliceToken}`, withoutBearer, shortInvalid],
  ['Bearer', withoutToken, shortInvalid],
  ['Bearer ', withoutToken, shortInvalid],
  [`Bearer  ${aliceToken}`, withoutToken, shortInvalid],
  [`Bearer ${aliceToken} x`, withoutToken, shortInvalid],
  [`Bearer Bearer ${aliceToken}`, withoutToken, shortInvalid],
  ['Bearer undefined', unknownToken, unknownToken],
  ['Bearer EST00000000-0000-4000-8000-0000000000ffARY', unknownToken, unknownToken],
  ['Bearer x', unknownToken, unknownToken],
  [`Bearer ${aliceToken.toLowerCase()}`, unknownToken, unknownToken],
  [`Bearer ${tokenHash(aliceToken)}`, unknownToken, unknownToken],
  [`Bearer "${aliceToken}"`, unknownToken, unknownToken],
];

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('authentication in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const stats = () => lk.request.get('/user/stats');

  test.each(refusals)('the header %j is refused with the text of this version', async (header, since11, before) => {
    const answer = await (header === undefined ? stats() : stats().set('Authorization', header)).expect(401);
    expect(answer.text).toBe(profile === 'v0.1.10' ? before : since11);
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  test('an issued key is accepted, and spaces around the header are trimmed', async () => {
    const { token } = await createKey(lk);
    for (const header of [bearer(token), `  ${bearer(token)}  `]) await stats().set('Authorization', header).expect(200);
  });

  test('a key in the query, a cookie or the body is ignored', async () => {
    const attempts = [
      lk.request.get(`/user/stats?Authorization=${alice}&token=${aliceToken}&api_key=${aliceToken}`),
      stats().set('Cookie', `ESTUARY_TOKEN=${aliceToken}`).set('X-Api-Key', aliceToken),
      lk.request.post('/user/api-keys').send({ token: aliceToken }),
    ];
    for (const attempt of attempts) expect((await attempt.expect(401)).text).toBe(missingCredential);
  });

  test('of two Authorization headers the first counts', async () => {
    const statusOf = (...credentials: string[]) =>
      new Promise((resolve, reject) => {
        const headers = credentials.flatMap((credential) => ['Authorization', credential]);
        const { host, hostname, port } = new URL(lk.url);
        const sent = httpRequest({ hostname, port, path: '/user/stats', headers: ['Host', host, ...headers] }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        sent.on('error', reject).end();
      });
    expect(await statusOf(alice, 'Bearer x')).toBe(200);
    expect(await statusOf('Bearer x', alice)).toBe(401);
  });

  test('the refusal of an expired token names its user and its expiry', async () => {
    const { token } = await createKey(lk, '?expiry=697ms');
    lk.world.clock.advance(698);
    const answer = await stats().set('Authorization', bearer(token)).expect(401);
    expect(answer.text).toBe(
      estuaryError(401, 'ERR_TOKEN_EXPIRED', 'token for user 2 expired 2030-01-01 00:00:00.697 +0000 UTC'),
    );
  });

  test('the expiry in a refusal has no fraction if it falls on a second, and no trailing zeros', async () => {
    const whole = await createKey(lk, '?expiry=1s');
    const tenths = await createKey(lk, '?expiry=1.5s');
    lk.world.clock.advance(2000);
    const texts = [
      [whole, '2030-01-01 00:00:01 +0000 UTC'],
      [tenths, '2030-01-01 00:00:01.5 +0000 UTC'],
    ] as const;
    for (const [{ token }, date] of texts) {
      const answer = await stats().set('Authorization', bearer(token)).expect(401);
      expect(answer.text).toBe(estuaryError(401, 'ERR_TOKEN_EXPIRED', `token for user 2 expired ${date}`));
    }
  });

  test('an expired token that is revoked is refused as unknown', async () => {
    const { token } = await createKey(lk, '?expiry=-1h');
    await lk.request.delete(`/user/api-keys/${token}`).set('Authorization', alice).expect(200);
    expect((await stats().set('Authorization', bearer(token)).expect(401)).text).toBe(unknownToken);
  });

  test('a token whose user is gone is refused, but its expiry is checked first', async () => {
    const { token } = await createKey(lk, '?expiry=1s');
    await lk.world.resources('estuary').remove(users, '2');
    const answer = await stats().set('Authorization', bearer(token)).expect(401);
    expect(answer.text).toBe(estuaryError(401, 'ERR_INVALID_TOKEN', 'no user exists for the spicified api key'));
    lk.world.clock.advance(1001);
    expect((await stats().set('Authorization', bearer(token)).expect(401)).body.error.reason).toBe('ERR_TOKEN_EXPIRED');
  });

  test.each([
    ['/viewer', 1, 200],
    ['/viewer', 0, 403],
    ['/user/stats', 2, 200],
    ['/user/stats', 1, 403],
    ['/admin/nothing', 9, 403],
    ['/admin/nothing', 10, 404],
  ])('%s with a user of level %i answers %i', async (path, level, status) => {
    await lk.world.resources('estuary').change(users, '2', (user) => ({ ...user, level }));
    const answer = await lk.request.get(path).set('Authorization', alice).expect(status);
    if (status === 403) expect(answer.text).toBe(levelTooLow);
  });

  test('a lowered level takes effect from the next request on, and a raised one too', async () => {
    const change = (level: number) => lk.world.resources('estuary').change(users, '2', (user) => ({ ...user, level }));
    await stats().set('Authorization', alice).expect(200);
    await change(1);
    expect((await stats().set('Authorization', alice).expect(403)).text).toBe(levelTooLow);
    await change(2);
    await stats().set('Authorization', alice).expect(200);
  });

  test('an upload-only key is refused as such before the level of its user is checked', async () => {
    const { token } = await createKey(lk, '?perms=upload');
    await lk.world.resources('estuary').change(users, '2', (user) => ({ ...user, level: 1 }));
    expect((await stats().set('Authorization', bearer(token)).expect(403)).text).toBe(uploadOnly);
    await lk.request.get('/viewer').set('Authorization', bearer(token)).expect(200);
  });

  test('a suspended key is refused as unknown until it is resumed', async () => {
    const keys = lk.world.keys('estuary');
    const { token } = await createKey(lk);
    const hint = token.slice(0, 11);
    await keys.change({ hint }, (key) => ({ ...key, state: 'suspended' }));
    expect((await stats().set('Authorization', bearer(token)).expect(401)).text).toBe(unknownToken);
    await keys.change({ hint }, (key) => ({ ...key, state: 'active' }));
    await stats().set('Authorization', bearer(token)).expect(200);
  });
});
