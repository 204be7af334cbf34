import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { alice, aliceToken, bearer, createKey, estuaryError, listKeys, tokenHash, unknownToken } from '../estuary.ts';

const hourMs = 3_600_000;
const expiredSince = (date: string) => estuaryError(401, 'ERR_TOKEN_EXPIRED', `token for user 2 expired ${date} +0000 UTC`);

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('the states of a key in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const use = (token: string) => lk.request.get('/user/stats').set('Authorization', bearer(token));

  test('a key is accepted up to and at its expiry, and refused after it', async () => {
    const { token } = await createKey(lk, '?expiry=1h');
    lk.world.clock.set(epoch + hourMs - 1);
    await use(token).expect(200);
    lk.world.clock.set(epoch + hourMs);
    await use(token).expect(200);
    lk.world.clock.set(epoch + hourMs + 1);
    expect((await use(token).expect(401)).text).toBe(expiredSince('2030-01-01 01:00:00'));
  });

  test('use does not extend the life of a key', async () => {
    const { token } = await createKey(lk, '?expiry=1h');
    for (let minute = 0; minute < 60; minute += 20) {
      lk.world.clock.set(epoch + minute * 60_000);
      await use(token).expect(200);
    }
    lk.world.clock.set(epoch + hourMs + 1);
    await use(token).expect(401);
  });

  test('expiry depends on the clock alone: once the clock is turned back, the key is accepted again', async () => {
    const { token } = await createKey(lk, '?expiry=1h');
    lk.world.clock.set(epoch + 2 * hourMs);
    await use(token).expect(401);
    lk.world.clock.set(epoch);
    await use(token).expect(200);
  });

  test('an expired key is still listed, and another key can revoke it', async () => {
    const before = await listKeys(lk);
    const { token } = await createKey(lk, '?expiry=1h');
    lk.world.clock.advance(2 * hourMs);
    expect(await listKeys(lk)).toHaveLength(before.length + 1);
    await lk.request.delete(`/user/api-keys/${token}`).set('Authorization', alice).expect(200);
    expect(await listKeys(lk)).toEqual(before);
    expect((await use(token).expect(401)).text).toBe(unknownToken);
  });

  test.each([
    // Estuary 12.3: the true value, and refused also on a frozen clock.
    ['0', '2030-01-01 00:00:00'],
    ['-0', '2030-01-01 00:00:00'],
    ['0h', '2030-01-01 00:00:00'],
    ['1ns', '2030-01-01 00:00:00.000000001'],
    ['1us', '2030-01-01 00:00:00.000001'],
    ['999999ns', '2030-01-01 00:00:00.000999999'],
    ['-1ns', '2029-12-31 23:59:59.999999999'],
    ['-1500us', '2029-12-31 23:59:59.9985'],
    ['-1h5m', '2029-12-31 22:55:00'],
    ['-2562047h47m16.854775808s', '1737-09-22 00:12:43.145224192'],
  ])(
    'a key with expiry=%s is created with 200, already expired, and refused at once even on a frozen clock',
    async (expiry, date) => {
      const created = await createKey(lk, `?expiry=${expiry}`);
      expect(created.expiry).toBe(`${date.replace(' ', 'T')}Z`);
      const { token } = created;
      expect((await use(token).expect(401)).text).toBe(expiredSince(date));
      expect((await listKeys(lk)).at(-1)?.expiry).toBe(created.expiry);
    },
  );

  test('a lifetime that ends between two milliseconds is shown to the nanosecond, and accepted up to the first of them', async () => {
    const { token, expiry } = await createKey(lk, '?expiry=1500us');
    expect(expiry).toBe('2030-01-01T00:00:00.0015Z');
    lk.world.clock.advance(1);
    const { body } = await lk.request.get('/viewer').set('Authorization', bearer(token)).expect(200);
    expect(body.auth_expiry).toBe('2030-01-01T00:00:00.0015Z');
    lk.world.clock.advance(1);
    expect((await use(token).expect(401)).text).toBe(expiredSince('2030-01-01 00:00:00.0015'));
  });

  test('a key whose expiry was changed from outside shows the new one', async () => {
    const { token } = await createKey(lk, '?expiry=1500us');
    const { id } = (await lk.world.keys('estuary').introspect(token, epoch)).key ?? {};
    await lk.request.post(`/_latchkey/keys/${id}/expire`).expect(200);
    expect((await use(token).expect(401)).text).toBe(expiredSince('2029-12-31 23:59:59.999'));
  });

  test('a permanent key is accepted for 100 years of 365 days', async () => {
    const { token } = await createKey(lk, '?expiry=false');
    lk.world.clock.advance(876_000 * hourMs);
    await use(token).expect(200);
    lk.world.clock.advance(1);
    expect((await use(token).expect(401)).text).toBe(expiredSince('2129-12-08 00:00:00'));
  });

  test('a key that the control plane left without an expiry never expires, and is shown as a permanent one', async () => {
    await lk.world.keys('estuary').change({ owner: '2' }, (key) => ({ ...key, expiresAt: null }));
    lk.world.clock.advance(3 * 876_000 * hourMs);
    expect((await listKeys(lk))[0]?.expiry).toBe('2129-12-08T00:00:00Z');
    const { body } = await lk.request.get('/viewer').set('Authorization', alice).expect(200);
    expect(body.auth_expiry).toBe('2129-12-08T00:00:00Z');
  });

  test('a token of any shape is accepted once it is stored, but its hash is not', async () => {
    const draft = { tenant: 'estuary', owner: '2', secret: 'ESTabcdefghARY', hint: 'EST', expiresAt: null };
    await lk.world.keys('estuary').issue(draft, epoch);
    await use('ESTabcdefghARY').expect(200);
    expect((await use(tokenHash('ESTabcdefghARY')).expect(401)).text).toBe(unknownToken);
  });

  test("a user's last key can be revoked, and is refused from then on", async () => {
    await lk.request.delete(`/user/api-keys/${aliceToken}`).set('Authorization', alice).expect(200);
    expect((await use(aliceToken).expect(401)).text).toBe(unknownToken);
  });
});
