import { beforeEach, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { adminToken, bearer, levelTooLow, unknownToken, uploadOnly } from '../estuary.ts';

/** From one administrator to a least-privileged key, using the provider's own API only. */
describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('a fresh server in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const as = (token: string) => {
    const signed = { Authorization: bearer(token) };
    return {
      get: (path: string) => lk.request.get(path).set(signed),
      post: (path: string) => lk.request.post(path).set(signed),
      put: (path: string) => lk.request.put(path).set(signed),
      delete: (path: string) => lk.request.delete(path).set(signed),
    };
  };
  beforeEach(() => lk.world.reset('bootstrap'));

  test('takes an administrator to an upload-only key of a new user, which can upload and nothing else', async () => {
    const administrator = as(adminToken);
    expect((await administrator.get('/admin/invites').expect(200)).text).toBe('null\n');
    const { body: invite } = await administrator.post('/admin/invite/welcome').expect(200);

    const registration = { username: 'Carol', passwordHash: 'carol-hash', inviteCode: invite.code };
    const { body: registered } = await lk.request.post('/register').send(registration).expect(200);
    expect((await administrator.get('/admin/invites').expect(200)).body).toMatchObject([
      { code: 'welcome', createdBy: 'admin', claimedBy: 'carol' },
    ]);

    await as(registered.token).put('/user/password').send({ newPasswordHash: 'better-hash' }).expect(200);
    const login = { username: 'carol', passwordHash: 'better-hash' };
    const { body: session } = await lk.request.post('/login').send(login).expect(200);
    const carol = as(session.token);
    expect((await carol.get('/viewer').expect(200)).body).toMatchObject({ username: 'carol', perms: 2, id: 2 });

    const { body: key } = await carol.post('/user/api-keys?perms=upload&expiry=1h&label=ci').expect(200);
    const uploader = as(key.token);
    expect((await uploader.get('/viewer').expect(200)).body).toMatchObject({ username: 'carol' });
    await uploader.post('/estuary/content/add').expect(501);
    for (const path of ['/user/api-keys', '/user/stats', '/user/export', '/admin/users', '/estuary/content/list']) {
      expect((await uploader.get(path).expect(403)).text).toBe(uploadOnly);
    }
    expect((await uploader.post('/user/api-keys').expect(403)).text).toBe(uploadOnly);
    expect((await uploader.delete(`/user/api-keys/${key.token}`).expect(403)).text).toBe(uploadOnly);
    expect((await carol.post('/admin/invite/mine').expect(403)).text).toBe(levelTooLow);

    expect((await carol.get('/user/api-keys').expect(200)).body).toHaveLength(3);
    await carol.delete(`/user/api-keys/${key.token}`).expect(200);
    expect((await uploader.get('/viewer').expect(401)).text).toBe(unknownToken);
  });

  test('has no user but the administrator', async () => {
    for (const username of ['alice', 'bob']) {
      await lk.request
        .post('/login')
        .send({ username, passwordHash: `${username}-password-hash` })
        .expect(403);
    }
    await lk.request.post('/register').send({ username: 'eve', passwordHash: 'x', inviteCode: 'latchkey' }).expect(404);
    await lk.request.post('/login').send({ username: 'admin', passwordHash: 'admin-password-hash' }).expect(200);
  });
});
