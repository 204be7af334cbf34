import { describe, expect, test } from 'vitest';
import { users } from '../../../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { carol, createInvite, listInvites } from '../../accounts.ts';
import {
  admin,
  alice,
  bearer,
  createKey,
  estuaryError,
  levelTooLow,
  missingCredential,
  notFound,
  uploadOnly,
} from '../../estuary.ts';

const lk = emulatorForTests();
const create = (code: string, by = admin) => lk.request.post(`/admin/invite/${code}`).set('Authorization', by);
const list = (by = admin) => lk.request.get('/admin/invites').set('Authorization', by);

describe('POST /admin/invite/{code} 200', () => {
  test('the answer is the code, which lets one person register', async () => {
    const answer = await create('inv1').expect(200);
    expect(answer.text).toBe('{"code":"inv1"}\n');
    expect(answer.headers['content-type']).toBe('application/json; charset=UTF-8');
    await lk.request
      .post('/register')
      .send({ ...carol, inviteCode: 'inv1' })
      .expect(200);
  });

  test('a body is never read, whatever its content type', async () => {
    for (const [code, contentType, body] of [
      ['a', 'application/json', ''],
      ['b', 'application/json', '{"code":'],
      ['c', 'application/x-www-form-urlencoded', 'code=z'],
    ] as const) {
      await create(code).set('Content-Type', contentType).send(body).expect(200);
    }
    expect((await listInvites(lk)).map(({ code }) => code)).toEqual(['latchkey', 'a', 'b', 'c']);
  });

  test.each([
    ['a slash', 'a/b', 'a/b'],
    ['an escaped slash', 'a%2Fb', 'a/b'],
    ['a space', 'a%20b', 'a b'],
    ['other letters', '%E6%97%A5', '日'],
  ])('a code may contain %s', async (_what, path, code) => {
    expect((await create(path).expect(200)).body).toEqual({ code });
    expect((await listInvites(lk)).at(-1)?.code).toBe(code);
  });
});

describe('POST /admin/invite/{code}, refused', () => {
  test('500: a code that exists already, free or claimed, is refused with the text of the database', async () => {
    const duplicate = estuaryError(500, 'Internal Server Error', 'UNIQUE constraint failed: invite_codes.code');
    expect((await create('latchkey').expect(500)).text).toBe(duplicate);
    await lk.request.post('/register').send(carol).expect(200);
    expect((await create('latchkey').expect(500)).text).toBe(duplicate);
    expect(await listInvites(lk)).toMatchObject([{ code: 'latchkey', claimedBy: 'carol' }]);
  });

  test('404: a path without a code, and the documented path, which the server never had', async () => {
    for (const path of ['/admin/invite', '/admin/invite/', '/admin/invites/inv1', '/admin/invites']) {
      expect((await lk.request.post(path).set('Authorization', admin).expect(404)).text).toBe(notFound);
    }
    expect(await listInvites(lk)).toHaveLength(1);
  });

  test('401 and 403: only an administrator with a full key', async () => {
    const { token } = await createKey(lk, '?perms=upload', admin);
    expect((await lk.request.post('/admin/invite/x').expect(401)).text).toBe(missingCredential);
    expect((await create('x', alice).expect(403)).text).toBe(levelTooLow);
    expect((await create('x', bearer(token)).expect(403)).text).toBe(uploadOnly);
    expect(await listInvites(lk)).toHaveLength(1);
  });
});

const first = '{"code":"latchkey","createdBy":"admin","claimedBy":"carol"';
const second = '{"code":"inv1","createdBy":"bob","claimedBy":""';

describe.each([
  ['v0.1.11', `[${first},"createdAt":"2030-01-01T00:00:00Z"},${second},"createdAt":"2030-01-01T00:00:01.5Z"}]\n`],
  ['v0.1.10', `[${first}},${second}}]\n`],
  ['v0.4', `[${first},"createdAt":"2030-01-01T00:00:00Z"},${second},"createdAt":"2030-01-01T00:00:01.5Z"}]\n`],
])('GET /admin/invites 200 in %s', (profile, expected) => {
  const at = emulatorForTests({ profiles: { estuary: profile } });
  const text = async () => (await at.request.get('/admin/invites').set('Authorization', admin).expect(200)).text;

  test('every invite, oldest first, with the fields of this version, and an empty name for a free invite', async () => {
    await at.request.post('/register').send(carol).expect(200);
    await at.world.resources('estuary').change(users, '3', (bob) => ({ ...bob, level: 10 }));
    at.world.clock.advance(1500);
    await at.request
      .post('/admin/invite/inv1')
      .set('Authorization', bearer('EST00000000-0000-4000-8000-000000000003ARY'))
      .expect(200);
    expect(await text()).toBe(expected);
  });

  test('null if there are no invites', async () => {
    await at.world.reset('bootstrap');
    expect(await text()).toBe('null\n');
  });

  test('the name of a user who is gone is empty', async () => {
    await at.request.post('/register').send(carol).expect(200);
    await at.world.resources('estuary').remove(users, '4');
    expect(JSON.parse(await text())).toMatchObject([{ createdBy: 'admin', claimedBy: '' }]);
  });

  test('the order is that of the dates, and in v0.1.10, which has none, that of the rows', async () => {
    at.world.clock.advance(-60_000);
    await createInvite(at, 'earlier');
    const codes = (await listInvites(at)).map(({ code }) => code);
    expect(codes).toEqual(profile === 'v0.1.10' ? ['latchkey', 'earlier'] : ['earlier', 'latchkey']);
  });
});

describe('GET /admin/invites, refused', () => {
  test('401 and 403: only an administrator with a full key', async () => {
    const { token } = await createKey(lk, '?perms=upload', admin);
    expect((await lk.request.get('/admin/invites').expect(401)).text).toBe(missingCredential);
    expect((await list(alice).expect(403)).text).toBe(levelTooLow);
    expect((await list(bearer(token)).expect(403)).text).toBe(uploadOnly);
  });
});
