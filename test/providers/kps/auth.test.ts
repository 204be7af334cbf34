import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { fromIso } from '../../../src/clock.ts';
import { deploymentOf } from '../../../src/providers/kps/accounts/deployment.ts';
import { users } from '../../../src/providers/kps/accounts/users/users.ts';
import { emulatorForTests, epoch } from '../emulator.ts';
import {
  admin,
  adminOnly,
  alice,
  aliceId,
  aliceToken,
  aliceTokenId,
  bearer,
  create,
  expectUnauthorized,
  listed,
  logIn,
  tokensPath,
} from './kps.ts';

const lk = emulatorForTests();
const resources = () => lk.world.resources('kps');
const list = (authorization: string) => lk.request.get(tokensPath).set('Authorization', authorization);
const [jwtHeader, jwtClaims] = aliceToken.split('.');

describe('the Authorization header', () => {
  test.each([
    ['is empty', ''],
    ['is only the scheme', 'Bearer'],
    ['is the scheme with a blank', 'Bearer '],
    ['has the scheme in lower case', `bearer ${aliceToken}`],
    ['has the scheme in upper case', `BEARER ${aliceToken}`],
    ['has another scheme', 'Basic YWxpY2U6YWxpY2UtcGFzc3dvcmQ='],
    ['is the token without a scheme, as a client without a prefix sends it', aliceToken],
    ['has no blank after the scheme', `Bearer${aliceToken}`],
    ['has something before the scheme', `x Bearer ${aliceToken}`],
    ['has something after the token', `Bearer ${aliceToken} x`],
    ['is not a JWT', 'Bearer not-a-jwt'],
    ['is a JWT without a signature', `Bearer ${jwtHeader}.${jwtClaims}.`],
    ['is a JWT with a bad signature', `Bearer ${aliceToken.slice(0, -4)}AAAA`],
    ['is a key of another provider', 'Bearer EST00000000-0000-4000-8000-000000000002ARY'],
  ])('that %s is refused', async (_case, authorization) => {
    expectUnauthorized(await list(authorization));
  });

  test('that is missing is refused on every operation, even with the token in the query and a cookie', async () => {
    expectUnauthorized(await lk.request.get(tokensPath));
    expectUnauthorized(await lk.request.get('/v1.0/userapitokensall'));
    expectUnauthorized(await lk.request.post(tokensPath).send({ active: true }));
    expectUnauthorized(await lk.request.put(`${tokensPath}/x`).send({ userId: aliceId, active: true }));
    expectUnauthorized(await lk.request.delete(`${tokensPath}/x`));
    expectUnauthorized(await lk.request.get(`${tokensPath}?token=${aliceToken}`).set('Cookie', `token=${aliceToken}`));
  });

  test.each([
    ['two blanks', `Bearer  ${aliceToken}`],
    ['a tab', `Bearer\t${aliceToken}`],
  ])('may have %s after the scheme', async (_case, authorization) => {
    await list(authorization).expect(200);
  });
});

describe('a token', () => {
  test('that was never issued is refused, even with the right claims and signature', async () => {
    const { signingSecret } = await deploymentOf(resources());
    const claims = JSON.parse(Buffer.from(jwtClaims ?? '', 'base64url').toString());
    const forge = (secret: string) =>
      new SignJWT({ ...claims, roles: ['forged'] }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
    expectUnauthorized(await list(bearer(await forge(signingSecret))));
    expectUnauthorized(await list(bearer(await forge('another secret of thirty-two bytes'))));
  });

  test('whose header says alg none is refused', async () => {
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    expectUnauthorized(await list(`Bearer ${none}.${jwtClaims}.`));
  });

  test('from a log-in is accepted up to and at its expiry, and refused a millisecond later', async () => {
    const session = await logIn(lk.request, 'alice');
    lk.world.clock.advance(1_800_000);
    await list(session).expect(200);
    lk.world.clock.advance(1);
    expectUnauthorized(await list(session));
  });

  test('from the API, unlike one from a log-in, never expires', async () => {
    lk.world.clock.set(fromIso('9999-12-31T23:59:59Z') ?? Number.NaN);
    await list(alice).expect(200);
  });

  test('is not valid before its nbf, 2015-10-10T12:00:00Z', async () => {
    const notBefore = fromIso('2015-10-10T12:00:00Z') ?? Number.NaN;
    lk.world.clock.set(notBefore - 1);
    expectUnauthorized(await list(alice));
    lk.world.clock.set(notBefore);
    await list(alice).expect(200);
  });

  test('that was disabled is refused exactly as one that was deleted', async () => {
    const put = { userId: aliceId, active: false };
    await lk.request.put(`${tokensPath}/${aliceTokenId}`).set('Authorization', admin).send(put).expect(200);
    const disabled = await list(alice);
    expectUnauthorized(disabled);
    const session = await logIn(lk.request, 'alice');
    await lk.request.delete(`${tokensPath}/${aliceTokenId}`).set('Authorization', session).expect(200);
    expectUnauthorized(await list(alice));
  });

  test('of a deleted user is refused, whether from the API or from a log-in', async () => {
    const session = await logIn(lk.request, 'alice');
    await resources().remove(users, aliceId);
    expectUnauthorized(await list(alice));
    expectUnauthorized(await list(session));
  });

  test('is refused once its e-mail no longer finds its user, and accepted again when it does', async () => {
    const user = await resources().get(users, aliceId);
    if (user === undefined) throw new Error('alice is seeded');
    await resources().put(users, { ...user, name: 'alice@example.org', data: { ...user.data, email: 'alice@example.org' } });
    expectUnauthorized(await list(alice));
    await resources().put(users, user);
    await list(alice).expect(200);
  });

  test('without an e-mail, as the control plane may issue one, acts as its owner', async () => {
    const draft = { tenant: 'tid-demo', owner: aliceId, secret: 'issued-from-outside', hint: 'utside' };
    const { id } = await lk.world.keys('kps').issue(draft, epoch);
    const { body } = await list('Bearer issued-from-outside').expect(200);
    expect(body.map((token: { id: string }) => token.id)).toContain(id);
    await resources().remove(users, aliceId);
    expectUnauthorized(await list('Bearer issued-from-outside'));
  });

  test('does not follow its user into another tenant', async () => {
    const user = await resources().get(users, aliceId);
    if (user === undefined) throw new Error('alice is seeded');
    await resources().put(users, { ...user, tenant: 'tid-other' });
    expectUnauthorized(await list(alice));
  });

  test('does not act as another user who now has its e-mail', async () => {
    const user = await resources().get(users, aliceId);
    if (user === undefined) throw new Error('alice is seeded');
    await resources().remove(users, aliceId);
    await resources().put(users, { ...user, id: '00000000-0000-4000-8000-0000000000ff' });
    expectUnauthorized(await list(alice));
  });
});

describe('authentication', () => {
  test('comes before the body: a bad token with a bad body is a 401', async () => {
    expectUnauthorized(await lk.request.post(tokensPath).set('Authorization', 'Bearer x').send('{'));
    expectUnauthorized(await lk.request.put(`${tokensPath}/x`).set('Authorization', 'Bearer x').send('{'));
  });

  test('reads the role of the user at each call, and does not trust the token', async () => {
    const all = () => lk.request.get('/v1.0/userapitokensall').set('Authorization', alice);
    expect((await all()).text).toBe(adminOnly);
    await resources().change(users, aliceId, (user) => ({ ...user, role: 'INFRA_ADMIN' as const }));
    await all().expect(200);
    await resources().change(users, aliceId, (user) => ({ ...user, role: 'USER' as const }));
    expect((await all()).text).toBe(adminOnly);
  });

  test('moves usedAt, whatever the operation then answers, but not updatedAt', async () => {
    const other = await create(lk.request, alice);
    lk.world.clock.advance(90_500);
    await lk.request.post(tokensPath).set('Authorization', bearer(other.token)).send('{').expect(400);
    const found = (await listed(lk.request, alice)).find(({ id }) => id === other.id);
    expect(found).toMatchObject({ usedAt: '2030-01-01T00:01:30.5Z', updatedAt: '2030-01-01T00:00:00Z' });
  });

  test('that fails because the token is inactive does not move usedAt', async () => {
    const { id, userId, token } = await create(lk.request, alice);
    await lk.request.put(`${tokensPath}/${id}`).set('Authorization', alice).send({ userId, active: false }).expect(200);
    lk.world.clock.advance(1000);
    expectUnauthorized(await list(bearer(token)));
    const found = (await listed(lk.request, alice)).find((one) => one.id === id);
    expect(found?.usedAt).toBe('0001-01-01T00:00:00Z');
  });
});
