import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, expectError, forbidden, keysOf, member, reader, usersPath } from '../../rockset.ts';
import { userText } from './user-texts.ts';

const lk = emulatorForTests();
const update = (user: string, body: object, by = admin) => lk.request.post(usersPath(user)).set('Authorization', by).send(body);

describe('POST …/users/{user} 200', () => {
  test('the answer is the user, not wrapped, with the new roles; names stay null until the invitation is accepted', async () => {
    const invitation = { email: 'new@me.com', roles: ['read-only'] };
    await lk.request.post(usersPath()).set('Authorization', admin).send(invitation).expect(200);
    const body = { first_name: 'first', last_name: 'last', roles: ['member'] };
    const { text } = await update('new@me.com', body).expect(200);
    const pending = { state: 'NEW', invited: 'PENDING', invitedBy: 'admin@me.com' } as const;
    expect(text).toBe(userText({ email: 'new@me.com', roles: ['member'], ...pending }));
  });

  test('names change once the user has accepted', async () => {
    const { text } = await update('Reader@me.com', { first_name: 'Rita', last_name: 'Reed' }).expect(200);
    const accepted = { invited: 'ACCEPTED', invitedBy: 'admin@me.com' } as const;
    expect(text).toBe(userText({ email: 'reader@me.com', names: ['Rita', 'Reed'], roles: ['read-only'], ...accepted }));
  });

  test.each([{}, { roles: null, first_name: null, last_name: null }, { email: 'x@me.com', state: 'NEW' }])(
    '%j changes nothing',
    async (body) => {
      const { text } = await update('member@me.com', body).expect(200);
      const accepted = { invited: 'ACCEPTED', invitedBy: 'admin@me.com' } as const;
      expect(text).toBe(userText({ email: 'member@me.com', names: ['Member', 'Acme'], roles: ['member'], ...accepted }));
    },
  );

  test("a user's keys have the new rights from the next request on, and lose the old ones", async () => {
    const others = () => lk.request.get(keysOf('admin@me.com')).set('Authorization', member);
    await others().expect(403);
    await update('member@me.com', { roles: ['admin'] }).expect(200);
    await others().expect(200);
    await update('self', { roles: ['read-only'] }, member).expect(200);
    await others().expect(403);
  });
});

describe('POST …/users/{user} refused', () => {
  test('without GRANT_REVOKE_ROLE_GLOBAL no user can be changed, not even oneself', async () => {
    for (const [by, user] of [
      [member, 'self'],
      [reader, 'reader@me.com'],
      [member, 'nobody@me.com'],
    ] as const) {
      expectError(await update(user, { roles: ['admin'] }, by), 403, 'FORBIDDEN', forbidden);
    }
  });

  test('an unknown user and an unknown role are not found, and nothing changes', async () => {
    expectError(await update('nobody@me.com', {}), 404, 'NOTFOUND', 'User "nobody@me.com" not found');
    const answer = await update('member@me.com', { roles: ['admin', 'x'] });
    expectError(answer, 404, 'NOTFOUND', 'Role "x" not found', 'ROLE_NOT_FOUND_NAME');
    const { body } = await lk.request.get(usersPath('member@me.com')).set('Authorization', admin).expect(200);
    expect(body.roles).toEqual(['member']);
  });

  test.each([
    ['an empty list of roles', { roles: [] }, 'roles must have at least 1 element'],
    ['a role that is not a string', { roles: [{}] }, 'roles[0] must be a string'],
    ['a name that is not a string', { first_name: 7 }, 'first_name must be a string or null'],
  ])('%s is a 400', async (_, body, message) => {
    expectError(await update('member@me.com', body), 400, 'INVALIDINPUT', message);
  });
});
