import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, keysOf, member, ownKeys } from '../rockset.ts';

const lk = emulatorForTests();
const createFor = (user: string, body: object, by = admin) => lk.request.post(keysOf(user)).set('Authorization', by).send(body);

describe('POST …/users/{user}/apikeys 200', () => {
  test("an administrator's key creates a key of the other user, which lists and acts as that user", async () => {
    const { body } = await createFor('member@me.com', { name: 'given' }).expect(200);
    expect(body.data).toMatchObject({ name: 'given', created_by: 'member@me.com', role: null, state: 'ACTIVE' });
    const own = await lk.request.get(ownKeys).set('Authorization', apiKey(body.data.key)).expect(200);
    expect(own.body.data.map((key: { name: string }) => key.name)).toEqual(['given', 'member']);
    const user = await lk.request.get('/v1/orgs/self/users/self').set('Authorization', apiKey(body.data.key)).expect(200);
    expect(user.body.email).toBe('member@me.com');
  });

  test("the name must be unique among the other user's keys, not among the administrator's", async () => {
    await createFor('member@me.com', { name: 'admin' }).expect(200);
    const answer = await createFor('member@me.com', { name: 'admin' });
    expectError(answer, 400, 'ALREADYEXISTS', 'API key "admin" already exists');
  });

  test("one's own address means oneself, in any case", async () => {
    const { body } = await createFor('Member@Me.com', { name: 'mine' }, member).expect(200);
    expect(body.data.created_by).toBe('member@me.com');
  });

  test('a role does not give the other user more rights', async () => {
    const { body } = await createFor('member@me.com', { name: 'wide', role: 'admin' }).expect(200);
    expect(body.data.role).toBe('admin');
    const answer = await lk.request.get(keysOf('admin@me.com')).set('Authorization', apiKey(body.data.key));
    expectError(answer, 403, 'FORBIDDEN', 'Not authorized to perform this action');
  });
});

describe('POST …/users/{user}/apikeys 403 and 404', () => {
  test('only an administrator may, for any user, and this is checked before the body is read', async () => {
    for (const user of ['admin@me.com', 'nobody@me.com']) {
      expectError(await createFor(user, { name: 7 }, member), 403, 'FORBIDDEN', 'Not authorized to perform this action');
    }
  });

  test('an unknown user is not found', async () => {
    const answer = await createFor('Nobody@me.com', { name: 'x' });
    expectError(answer, 404, 'NOTFOUND', 'User "Nobody@me.com" not found');
  });
});
