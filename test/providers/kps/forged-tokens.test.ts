import { createHmac } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { deploymentId, deploymentOf, deployments } from '../../../src/providers/kps/accounts/deployment.ts';
import { emulatorForTests, epoch } from '../emulator.ts';
import { adminToken, alice, aliceToken, aliceTokenId, bearer, create, expectUnauthorized, logIn, tokensPath } from './kps.ts';

const lk = emulatorForTests();
const list = (token: string) => lk.request.get(tokensPath).set('Authorization', bearer(token));
const [header = '', claims = '', signature = ''] = aliceToken.split('.');
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = JSON.parse(Buffer.from(claims, 'base64url').toString());
const sign = (head: object, payload: object, secret: string, hash = 'sha256') => {
  const signed = `${encode(head)}.${encode(payload)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
};
const rightSecret = async () => (await deploymentOf(lk.world.resources('kps'))).signingSecret;
const hs256 = { alg: 'HS256', typ: 'JWT' };

describe('a forged token is refused', () => {
  test.each(['none', 'None', 'NONE', 'nOnE'])('that has no signature and says alg %s', async (alg) => {
    for (const end of ['', signature]) expectUnauthorized(await list(`${encode({ alg, typ: 'JWT' })}.${claims}.${end}`));
    expectUnauthorized(await list(`${encode({ alg, typ: 'JWT' })}.${claims}`));
  });

  test('that is signed with another secret, or with an empty one', async () => {
    expectUnauthorized(await list(sign(hs256, decoded, 'another secret')));
    expectUnauthorized(await list(sign(hs256, decoded, '')));
  });

  test.each([
    ['another user', { id: '00000000-0000-4000-8000-000000000001', email: 'admin@example.com', specialRole: 'admin' }],
    ['another role', { specialRole: 'admin' }],
    ['another tenant', { tenantId: 'tid-other' }],
    ['another token', { tokenId: '00000000-0000-4000-a000-000000000001' }],
    ['another type', { type: 'default' }],
    ['an expiry far away', { exp: 9_999_999_999 }],
  ])('whose claims name %s under the old signature', async (_case, changes) => {
    expectUnauthorized(await list(`${header}.${encode({ ...decoded, ...changes })}.${signature}`));
  });

  test('that has the claims of one token and the signature of another', async () => {
    const [, adminClaims, adminSignature] = adminToken.split('.');
    expectUnauthorized(await list(`${header}.${adminClaims}.${signature}`));
    expectUnauthorized(await list(`${header}.${claims}.${adminSignature}`));
  });

  test('that is signed with the right secret but another hash', async () => {
    expectUnauthorized(await list(sign({ alg: 'HS512', typ: 'JWT' }, decoded, await rightSecret(), 'sha512')));
  });

  test('that is signed with an RSA or an ECDSA key', async () => {
    for (const alg of ['RS256', 'ES512']) {
      const { privateKey } = await generateKeyPair(alg);
      const token = await new SignJWT({ ...decoded, exp: epoch / 1000 + 600 }).setProtectedHeader({ alg }).sign(privateKey);
      expectUnauthorized(await list(token));
    }
  });

  test('that is signed with the right secret but was never issued', async () => {
    expectUnauthorized(await list(sign(hs256, { ...decoded, name: 'Eve' }, await rightSecret())));
    expectUnauthorized(await list(sign({ typ: 'JWT', alg: 'HS256' }, decoded, await rightSecret())));
  });

  test('that differs from an issued one in a character that decodes to the same signature', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = `${aliceToken.slice(0, -1)}${alphabet[alphabet.indexOf(aliceToken.slice(-1)) + 1]}`;
    expect(Buffer.from(twin.split('.')[2] ?? '', 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expectUnauthorized(await list(twin));
    expectUnauthorized(await list(`${aliceToken}=`));
  });
});

test('an issued token still works after the signing secret changes', async () => {
  await lk.world.resources('kps').change(deployments, deploymentId, (found) => ({ ...found, signingSecret: 'another' }));
  await list(aliceToken).expect(200);
});

test('neither a token nor a password is stored', async () => {
  const { token } = await create(lk.request, alice);
  await logIn(lk.request, 'bob');
  const keys = await lk.world.keys('kps').findRevealed({});
  expect(keys.map(({ secret }) => secret)).toEqual(keys.map(() => null));
  const stored = JSON.stringify([keys, await lk.world.resources('kps').listAll()]);
  for (const secret of [token, aliceToken, 'alice-password', 'bob-password']) expect(stored).not.toContain(secret);
  expect(stored).toContain(aliceTokenId);
});
