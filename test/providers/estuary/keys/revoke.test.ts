import { describe, expect, test } from 'vitest';
import { emulatorForTests, type TestEmulator } from '../../emulator.ts';
import {
  alice,
  aliceToken,
  bearer,
  bob,
  bobToken,
  createKey,
  listKeys,
  missingCredential,
  notFound,
  tokenHash,
  unknownToken,
} from '../estuary.ts';

const lk = emulatorForTests();
const revoke = (key: string, by = alice) => lk.request.delete(`/user/api-keys/${key}`).set('Authorization', by);
const use = (token: string, { request }: TestEmulator = lk) => request.get('/user/stats').set('Authorization', bearer(token));

describe('DELETE /user/api-keys/{key} 200', () => {
  test('the answer is empty: no body, no content type, content-length 0', async () => {
    const { token } = await createKey(lk);
    const answer = await revoke(token).expect(200);
    expect(answer.text).toBe('');
    expect(answer.headers['content-length']).toBe('0');
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test('a revoked key is refused from the next request on, and gone from the list', async () => {
    const { token } = await createKey(lk);
    await use(token).expect(200);
    await revoke(token).expect(200);
    expect((await use(token).expect(401)).text).toBe(unknownToken);
    expect((await listKeys(lk)).map((key) => key.token)).toEqual([aliceToken]);
  });

  test('the hash of a token revokes its key too', async () => {
    const { token } = await createKey(lk);
    await revoke(tokenHash(token)).expect(200);
    await use(token).expect(401);
  });

  test('revoking a key again, or a key that never existed, answers the same', async () => {
    const { token } = await createKey(lk);
    for (const key of [token, token, 'EST00000000-0000-4000-8000-00000000dead', 'x', '%20', 'a'.repeat(5000)]) {
      expect((await revoke(key).expect(200)).text).toBe('');
    }
    expect(await listKeys(lk)).toHaveLength(1);
  });

  test("another user's key is untouched, by token and by hash", async () => {
    await revoke(bobToken).expect(200);
    await revoke(tokenHash(bobToken)).expect(200);
    await use(bobToken).expect(200);
    expect(await listKeys(lk, bob)).toHaveLength(1);
  });

  test('a key can revoke itself', async () => {
    const { token } = await createKey(lk);
    await revoke(token, bearer(token)).expect(200);
    await use(token).expect(401);
    expect((await revoke(token, bearer(token)).expect(401)).text).toBe(unknownToken);
  });

  test('an expired key can be revoked by another key of its user', async () => {
    const { token } = await createKey(lk, '?expiry=-1h');
    await revoke(token).expect(200);
    expect((await listKeys(lk)).map((key) => key.token)).not.toContain(token);
  });

  test('a slash, escaped or not, is part of the key', async () => {
    const { token } = await createKey(lk);
    for (const key of ['a/b', 'a%2Fb', `${token}/`, `${token}/x`, `x/${token}`]) await revoke(key).expect(200);
    await use(token).expect(200);
  });

  test('an escaped token is unescaped, and a broken escape is plain text', async () => {
    const { token } = await createKey(lk);
    await revoke('%zz').expect(200);
    await revoke('%ff').expect(200);
    await revoke(token.replace('EST', '%45%53%54')).expect(200);
    await use(token).expect(401);
  });

  test('a hash in another spelling of the same bytes does not match', async () => {
    const { token } = await createKey(lk);
    const hash = tokenHash(token);
    const otherEnds = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.replace(hash.slice(-1), '');
    for (const end of otherEnds) await revoke(hash.slice(0, -1) + end).expect(200);
    await revoke(`${hash}=`).expect(200);
    await use(token).expect(200);
  });

  test('revocation is final, whatever key is created next', async () => {
    const { token } = await createKey(lk);
    await revoke(token).expect(200);
    await createKey(lk);
    await use(token).expect(401);
  });

  test('the record stays in the store, as revoked', async () => {
    const { token } = await createKey(lk);
    await revoke(token).expect(200);
    const { key, refusal } = await lk.world.keys('estuary').introspect(token, lk.world.clock.now());
    expect(key).toMatchObject({ state: 'revoked', revokedAt: lk.world.clock.now() });
    expect(refusal?.code).toBe('key_revoked');
  });
});

describe('DELETE /user/api-keys/{key} 401', () => {
  test('without a credential nothing is revoked', async () => {
    const { token } = await createKey(lk);
    const answer = await lk.request.delete(`/user/api-keys/${token}`).expect(401);
    expect(answer.text).toBe(missingCredential);
    await use(token).expect(200);
  });
});

describe('DELETE /user/api-keys/{key} 404', () => {
  test.each(['/user/api-keys', '/user/api-keys/'])('a path without a key: %s', async (path) => {
    expect((await lk.request.delete(path).expect(401)).text).toBe(missingCredential);
    expect((await lk.request.delete(path).set('Authorization', alice).expect(404)).text).toBe(notFound);
  });
});

describe('in v0.1.10', () => {
  const old = emulatorForTests({ profiles: { estuary: 'v0.1.10' } });

  test('only the token itself revokes, its hash does not', async () => {
    const { token } = await createKey(old);
    await old.request
      .delete(`/user/api-keys/${tokenHash(token)}`)
      .set('Authorization', alice)
      .expect(200);
    await use(token, old).expect(200);
    await old.request.delete(`/user/api-keys/${token}`).set('Authorization', alice).expect(200);
    expect((await use(token, old).expect(401)).text).toBe(unknownToken);
  });
});

describe('in v0.4', () => {
  const latest = emulatorForTests({ profiles: { estuary: 'v0.4' } });

  test.each([
    ['by token', (token: string) => token],
    ['by hash', tokenHash],
    ['with one trailing slash', (token: string) => `${token}/`],
    ['with one trailing slash before a query', (token: string) => `${token}/?x=1`],
  ])('a key is revoked %s, though only its hash is stored', async (_way, handleOf) => {
    const { token } = await createKey(latest);
    await latest.request
      .delete(`/user/api-keys/${handleOf(token)}`)
      .set('Authorization', alice)
      .expect(200);
    expect((await use(token, latest).expect(401)).text).toBe(unknownToken);
  });

  test('only one of two trailing slashes is stripped, so that the key does not match and stays active', async () => {
    const { token } = await createKey(latest);
    await latest.request.delete(`/user/api-keys/${token}//`).set('Authorization', alice).expect(200);
    await use(token, latest).expect(200);
  });

  test.each(['/user/api-keys', '/user/api-keys/', '/user/api-keys//'])('a path without a key is a 404: %s', async (path) => {
    expect((await latest.request.delete(path).set('Authorization', alice).expect(404)).text).toBe(notFound);
  });
});
