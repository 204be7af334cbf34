import { describe, expect, test } from 'vitest';
import { organizations } from '../../../../../src/providers/rockset/accounts/organizations/organizations.ts';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, apiKey, expectError, forbidden, keysOf, member, reader, usersPath } from '../../rockset.ts';
import { bareOrganization, userText } from './user-texts.ts';

const lk = emulatorForTests();
const invite = (body: object, by = admin) => lk.request.post(usersPath()).set('Authorization', by).send(body);
const invited = (email: string, roles: readonly string[]) =>
  userText({ email, roles, state: 'NEW', invited: 'PENDING', invitedBy: 'admin@me.com' });

describe('POST …/users 200', () => {
  test('an invited user is NEW, PENDING for a day, without a name; the address is stored in lower case', async () => {
    const { text, body } = await invite({ email: 'PME+Test@me.com', roles: ['read-only', 'member'] }).expect(200);
    const { organization } = body.data.org_memberships[0];
    expect(text.replace(JSON.stringify(organization), bareOrganization)).toBe(
      `{"data":${invited('pme+test@me.com', ['read-only', 'member'])}}`,
    );
    const { text: shown } = await lk.request.get(usersPath('pme+test@me.com')).set('Authorization', admin).expect(200);
    expect(shown).toBe(invited('pme+test@me.com', ['read-only', 'member']));
  });

  test('the answer shows the organization of the membership in full', async () => {
    const { body } = await invite({ email: 'new@me.com', roles: ['member'] }).expect(200);
    const { organization } = body.data.org_memberships[0];
    const { body: own } = await lk.request.get('/v1/orgs/self').set('Authorization', admin).expect(200);
    expect(JSON.stringify(organization)).toBe(JSON.stringify({ ...own.data, rockset_user: null, currency_code: null }));
  });

  test('an administrator can give the new user a key, which works at once', async () => {
    await invite({ email: 'new@me.com', roles: ['read-only'] }).expect(200);
    const { body } = await lk.request.post(keysOf('new@me.com')).set('Authorization', admin).send({ name: 'k' }).expect(200);
    const self = await lk.request.get(usersPath('self')).set('Authorization', apiKey(body.data.key)).expect(200);
    expect(self.body).toMatchObject({ email: 'new@me.com', roles: ['read-only'], invite_state: 'PENDING' });
  });

  test('a member may also invite; a reader may not', async () => {
    const { body } = await invite({ email: 'new@me.com', roles: ['read-only'] }, member).expect(200);
    expect(body.data.org_memberships[0].invited_by).toBe('member@me.com');
    expectError(await invite({ email: 'other@me.com', roles: ['read-only'] }, reader), 403, 'FORBIDDEN', forbidden);
  });
});

describe('POST …/users refused', () => {
  test.each([
    ['no address', { roles: ['member'] }, 'email is required'],
    ['a null address', { email: null, roles: ['member'] }, 'email must be a string'],
    ['a text that is not an address', { email: 'self', roles: ['member'] }, 'email must be an e-mail address'],
    ['a blank address', { email: ' ', roles: ['member'] }, 'email must be an e-mail address'],
    ['a long address', { email: `${'x'.repeat(250)}@me.com`, roles: ['member'] }, 'email must have at most 256 characters'],
    ['roles that are not a list', { email: 'new@me.com', roles: 'member' }, 'roles must be a list or null'],
    ['a role that is not a string', { email: 'new@me.com', roles: [1] }, 'roles[0] must be a string'],
  ])('%s is a 400, and no user is invited', async (_, body, message) => {
    expectError(await invite(body), 400, 'INVALIDINPUT', message);
    const { body: list } = await lk.request.get(usersPath()).set('Authorization', admin).expect(200);
    expect(list.data).toHaveLength(3);
  });

  test.each([{}, { roles: [] }, { roles: null }])('without a role (%j) it is a 500, as terraform notes', async (roles) => {
    expectError(await invite({ email: 'new@me.com', ...roles }), 500, 'INTERNALERROR', 'No role is set');
    await lk.request.get(usersPath('new@me.com')).set('Authorization', admin).expect(404);
  });

  test('a user who is in the organization already is a 400, in any case of the address', async () => {
    const answer = await invite({ email: 'Member@me.com', roles: ['admin'] });
    expectError(answer, 400, 'ALREADYEXISTS', 'User "member@me.com" already exists');
    const { body } = await lk.request.get(usersPath('member@me.com')).set('Authorization', admin).expect(200);
    expect(body.roles).toEqual(['member']);
  });

  test('an unknown role is a 404', async () => {
    const answer = await invite({ email: 'new@me.com', roles: ['member', 'no-such-role'] });
    expectError(answer, 404, 'NOTFOUND', 'Role "no-such-role" not found', 'ROLE_NOT_FOUND_NAME');
  });

  test('exactly one of 50 concurrent invitations to one address succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => invite({ email: 'new@me.com', roles: ['member'] })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 49 }, () => 400)]);
  });

  test('an organization that was removed is not found', async () => {
    await lk.world.resources('rockset').remove(organizations, 'acme');
    const answer = await invite({ email: 'new@me.com', roles: ['member'] });
    expectError(answer, 404, 'NOTFOUND', 'Organization "acme" not found');
  });
});
