import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, adminToken, alice, aliceToken, bearer, bob, bobToken, listKeys, unknownToken } from '../estuary.ts';

const lk = emulatorForTests();
const viewer = (credential: string) => lk.request.get('/viewer').set('Authorization', credential);

describe('the built-in seed', () => {
  test.each([
    ['admin', adminToken, { id: 1, username: 'admin', perms: 100 }],
    ['alice', aliceToken, { id: 2, username: 'alice', perms: 2 }],
    ['bob', bobToken, { id: 3, username: 'bob', perms: 2 }],
  ])('%s has a fixed token that lives one year, and can log in', async (name, token, user) => {
    const { body } = await viewer(bearer(token)).expect(200);
    expect(body).toMatchObject({ ...user, auth_expiry: '2031-01-01T00:00:00Z' });
    expect(await listKeys(lk, bearer(token))).toMatchObject([{ token, label: name }]);
    await lk.request
      .post('/login')
      .send({ username: name, passwordHash: `${name}-password-hash` })
      .expect(200);
  });

  test('credentials say how to present each token and how to log in', async () => {
    const credentials = (await lk.world.credentials()).get('estuary');
    expect(credentials).toEqual(
      [
        { name: 'admin', token: adminToken, description: 'user admin, level 100' },
        { name: 'alice', token: aliceToken, description: 'user alice, level 2' },
        { name: 'bob', token: bobToken, description: 'user bob, level 2' },
      ].map(({ name, token, description }) => ({
        name,
        secret: token,
        header: { name: 'Authorization', value: bearer(token) },
        login: { username: name, passwordHash: `${name}-password-hash` },
        description,
      })),
    );
  });

  test('a bootstrap keeps only the first administrator', async () => {
    await lk.world.reset('bootstrap');
    await viewer(admin).expect(200);
    for (const gone of [alice, bob]) expect((await viewer(gone).expect(401)).text).toBe(unknownToken);
    const refused = await lk.request.post('/login').send({ username: 'alice', passwordHash: 'alice-password-hash' }).expect(403);
    expect(refused.body.error.reason).toBe('ERR_USER_NOT_FOUND');
  });
});
