import { describe, expect, test } from 'vitest';
import { users } from '../../../../src/providers/rockset/accounts/users/users.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { admin, expectError, invitedUser, keysOf, member, ownKeys } from '../rockset.ts';

const lk = emulatorForTests();
const list = (user = 'self', by = admin) => lk.request.get(keysOf(user)).set('Authorization', by);
const create = (body: object) => lk.request.post(ownKeys).set('Authorization', admin).send(body).expect(200);

describe('GET …/users/{user}/apikeys 200', () => {
  test('a key is masked to four characters and sixty stars, and has a last access even if it was never used', async () => {
    const { body } = await create({ name: 'a-key', role: 'member', expiry_time: '2031-01-01T00:00:00Z' });
    lk.world.clock.advance(90_500);
    const answer = await list().expect(200);
    expect(answer.text).toBe(
      `{"data":[{"created_at":"2030-01-01T00:00:00Z","name":"a-key","key":"${body.data.key.slice(0, 4)}${'*'.repeat(60)}",` +
        '"last_access_time":"2030-01-01T00:00:00Z","expiry_time":"2031-01-01T00:00:00Z","role":"member",' +
        '"created_by":"admin@me.com","state":"ACTIVE"},' +
        `{"created_at":"2030-01-01T00:00:00Z","name":"admin","key":"admi${'*'.repeat(60)}",` +
        '"last_access_time":"2030-01-01T00:01:30Z","expiry_time":null,"role":null,"created_by":"admin@me.com","state":"ACTIVE"}]}',
    );
  });

  test('reveal does not unmask a list', async () => {
    const answer = await lk.request.get(`${ownKeys}?reveal=true`).set('Authorization', admin).expect(200);
    expect(answer.body.data[0].key).toBe(`admi${'*'.repeat(60)}`);
  });

  test('keys are sorted by name in byte order, not in the order of creation', async () => {
    for (const name of ['b', 'a+1', 'a@1', 'Z', 'ä', '🔑', '\uffee', 'a']) await create({ name });
    const { body } = await list().expect(200);
    const names = body.data.map((key: { name: string }) => key.name);
    expect(names).toEqual(['Z', 'a', 'a+1', 'a@1', 'admin', 'b', 'ä', '\uffee', '🔑']);
  });

  test('a key past its expiry and a suspended key are both SUSPENDED; a revoked key is not listed', async () => {
    await create({ name: 'expires', expiry_time: '2030-01-01T01:00:00Z' });
    await create({ name: 'gone' });
    await create({ name: 'stopped' });
    await lk.request.delete(keysOf('self', 'gone')).set('Authorization', admin).expect(200);
    await lk.request.post(keysOf('self', 'stopped')).set('Authorization', admin).send({ state: 'SUSPENDED' }).expect(200);
    lk.world.clock.set(epoch + 3_600_001);
    const { body } = await list().expect(200);
    expect(body.data.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual([
      ['admin', 'ACTIVE'],
      ['expires', 'SUSPENDED'],
      ['stopped', 'SUSPENDED'],
    ]);
  });

  test("one's own keys are listed for self and for one's address, in any case", async () => {
    for (const user of ['self', 'member@me.com', 'Member%40ME.com']) {
      const { body } = await list(user, member).expect(200);
      expect(body.data).toHaveLength(1);
      expect(body.data[0].name).toBe('member');
    }
  });

  test("an administrator's key lists another user's keys", async () => {
    const { body } = await list('member@me.com').expect(200);
    expect(body.data.map((key: { name: string }) => key.name)).toEqual(['member']);
  });

  test('a plus in a path stays a plus, raw and escaped', async () => {
    await lk.world.resources('rockset').put(users, invitedUser('pme+x@me.com'));
    for (const user of ['pme+x@me.com', 'pme%2Bx%40me.com']) {
      expect((await list(user).expect(200)).text).toBe('{"data":[]}');
    }
    expectError(await list('pme x@me.com'), 404, 'NOTFOUND', 'User "pme x@me.com" not found');
  });
});

describe('GET …/users/{user}/apikeys 403 and 404', () => {
  test("only an administrator sees another user's keys, and no other key learns which users exist", async () => {
    for (const user of ['admin@me.com', 'reader@me.com', 'nobody@me.com', 'SELF']) {
      expectError(await list(user, member), 403, 'FORBIDDEN', 'Not authorized to perform this action');
    }
  });

  test('a user of another organization is as unknown as one that does not exist', async () => {
    await lk.world.resources('rockset').put(users, invitedUser('boss@other.org', 'other'));
    expectError(await list('boss@other.org'), 404, 'NOTFOUND', 'User "boss@other.org" not found');
    expectError(await list('nobody@me.com'), 404, 'NOTFOUND', 'User "nobody@me.com" not found');
  });
});
