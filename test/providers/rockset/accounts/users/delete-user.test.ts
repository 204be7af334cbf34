import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import {
  admin,
  apiKey,
  expectError,
  expectRefused,
  forbidden,
  keysOf,
  member,
  ownKeys,
  reader,
  usersPath,
} from '../../rockset.ts';

const lk = emulatorForTests();
const remove = (user: string, by = admin) => lk.request.delete(usersPath(user)).set('Authorization', by);

describe('DELETE …/users/{user} 200', () => {
  test('the answer has the address, and every other field null', async () => {
    const { text } = await remove('Member@me.com').expect(200);
    expect(text).toBe(
      '{"data":{"created_at":null,"email":"member@me.com","first_name":null,"last_name":null,"phone_number":null,' +
        '"roles":null,"state":null,"org":null,"invite_state":null,"orgs":null,"org_memberships":null,"country":null,' +
        '"accepted_marketing_content":null}}',
    );
    expectError(await remove('member@me.com'), 404, 'NOTFOUND', 'User "member@me.com" not found');
  });

  test("the user's keys are refused from the next request on, id tokens too", async () => {
    const { credential } = await lk.world.addKey('rockset', { owner: 'member@me.com', idToken: true });
    const token = credential.header?.value ?? '';
    await remove('member@me.com').expect(200);
    expectRefused(await lk.request.get(ownKeys).set('Authorization', member));
    const answer = await lk.request.get(ownKeys).set('Authorization', token).set('organization', 'acme');
    expectRefused(answer);
    expectError(
      await lk.request.get(keysOf('member@me.com')).set('Authorization', admin),
      404,
      'NOTFOUND',
      'User "member@me.com" not found',
    );
  });

  test('after a new invitation to the same address the old keys stay refused, and the user has none', async () => {
    await remove('member@me.com').expect(200);
    const invitation = { email: 'member@me.com', roles: ['admin'] };
    await lk.request.post(usersPath()).set('Authorization', admin).send(invitation).expect(200);
    await lk.request.get(ownKeys).set('Authorization', member).expect(401);
    const { text } = await lk.request.get(keysOf('member@me.com')).set('Authorization', admin).expect(200);
    expect(text).toBe('{"data":[]}');
  });

  test('a key that is created while its owner is being deleted does not stay valid', async () => {
    const create = (name: string) => lk.request.post(keysOf('member@me.com')).set('Authorization', admin).send({ name });
    const before = Array.from({ length: 20 }, (_, index) => create(`a${index}`));
    const after = Array.from({ length: 20 }, (_, index) => create(`b${index}`));
    const answers = await Promise.all([...before, remove('member@me.com'), ...after]);
    const secrets = answers.flatMap(({ body }) => (typeof body.data?.key === 'string' ? [body.data.key] : []));
    const invitation = { email: 'member@me.com', roles: ['member'] };
    await lk.request.post(usersPath()).set('Authorization', admin).send(invitation).expect(200);
    for (const secret of secrets) await lk.request.get(ownKeys).set('Authorization', apiKey(secret)).expect(401);
    expect(await lk.world.keys('rockset').find({ owner: 'member@me.com', states: ['active'] })).toEqual([]);
  });

  test('the keys of other users stay, and a user may delete itself', async () => {
    await remove('member@me.com').expect(200);
    await lk.request.get(ownKeys).set('Authorization', reader).expect(200);
    await remove('self').expect(200);
    await lk.request.get(ownKeys).set('Authorization', admin).expect(401);
  });
});

describe('DELETE …/users/{user} 403 and 404', () => {
  test('without DELETE_USER_GLOBAL no user can be deleted, not even oneself', async () => {
    expectError(await remove('reader@me.com', member), 403, 'FORBIDDEN', forbidden);
    expectError(await remove('self', reader), 403, 'FORBIDDEN', forbidden);
    await lk.request.get(ownKeys).set('Authorization', reader).expect(200);
  });

  test('an unknown user is not found', async () => {
    expectError(await remove('Nobody@me.com'), 404, 'NOTFOUND', 'User "Nobody@me.com" not found');
  });
});
