import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { addOrganization, admin, expectHandled, expectSilent, expectUnbound, system } from '../../whylabs.ts';

const lk = emulatorForTests();
const pathOf = (orgId: string) => `/v0/organizations/${orgId}/membership`;
const path = pathOf('org-123');
const call = (method: 'get' | 'post' | 'put' | 'delete', query = '', key = admin, orgId = 'org-123') =>
  lk.request[method](`${pathOf(orgId)}${query}`).set('X-API-Key', key);
const unknown = "Resource User. Additional information: User's email domain: acme.com";

async function addUser(email: string): Promise<string> {
  return (await lk.request.post('/v0/user').set('X-API-Key', system).send({ email }).expect(200)).body.userId;
}

describe('…/membership, for the administrators of an organisation', () => {
  test('GET lists the members with their addresses', async () => {
    expect((await call('get').expect(200)).text).toBe(
      '{"memberships":[{"orgId":"org-123","default":true,"role":"ADMIN","userId":"user-admin","email":"admin@example.com"},' +
        '{"orgId":"org-123","default":true,"role":"MEMBER","userId":"user-123","email":"user@example.com"}]}',
    );
  });

  test('POST makes a user a member, with the role in any case', async () => {
    const userId = await addUser('new@example.com');
    const answer = await call('post', '?email=New@example.com&role=viewer&set_default=true').expect(200);
    expect(answer.text).toBe(`{"orgId":"org-123","role":"VIEWER","userId":"${userId}","default":true}`);
    const again = await call('post', '?email=new@example.com&role=ADMIN');
    expectHandled(again, 400, 'IllegalArgument', 'User new@example.com is already in organization org-123');
  });

  test('PUT gives a member another role', async () => {
    const answer = await call('put', '?email=user@example.com&role=ADMIN').expect(200);
    expect(answer.text).toBe('{"orgId":"org-123","role":"ADMIN","userId":"user-123","default":true}');
  });

  test('DELETE ends a membership and answers without a body', async () => {
    expectSilent(await call('delete', '?email=user@example.com'), 200);
    expect((await call('get').expect(200)).text).not.toContain('user-123');
    const none = 'Resource Membership with ID user-123/org-123 not found.';
    expectHandled(await call('delete', '?email=user@example.com'), 404, 'MembershipNotFound', none);
    expectHandled(await call('put', '?email=user@example.com&role=ADMIN'), 404, 'MembershipNotFound', none);
  });

  test('members can be managed here even if `/v0/membership` refuses to change them', async () => {
    await addOrganization(lk, 'org-123', { allowManagedMembershipUpdatesOnly: true });
    await call('put', '?email=user@example.com&role=VIEWER').expect(200);
    await call('delete', '?email=user@example.com').expect(200);
    await call('post', '?email=user@example.com&role=VIEWER').expect(200);
  });

  test('an unknown user is not found', async () => {
    const query = '?email=x@acme.com&role=ADMIN';
    for (const method of ['post', 'put', 'delete'] as const) {
      expectHandled(await call(method, query), 404, 'UserNotFound', unknown);
    }
  });

  test('an unknown organisation is not found by GET and POST; PUT and DELETE do not check it', async () => {
    const query = '?email=user@example.com&role=ADMIN';
    const notFound = 'Resource Organization with ID org-x not found.';
    for (const method of ['get', 'post'] as const) {
      expectHandled(await call(method, query, system, 'org-x'), 404, 'ResourceNotFound', notFound);
    }
    const none = 'Resource Membership with ID user-123/org-x not found.';
    for (const method of ['put', 'delete'] as const) {
      expectHandled(await call(method, query, system, 'org-x'), 404, 'MembershipNotFound', none);
    }
  });

  test.each([
    ['post', '', 'email', 'Required QueryValue [email] not specified'],
    ['post', '?email=x', 'role', 'Required QueryValue [role] not specified'],
    ['put', '?email=x&role=', 'role', 'Required QueryValue [role] not specified'],
    ['delete', '', 'email', 'Required QueryValue [email] not specified'],
    [
      'post',
      '?email=x&role=boss',
      'role',
      'Failed to convert argument [role] for value [boss] due to: No enum constant ai.whylabs.songbird.v0.ddb.Role.boss',
    ],
  ] as const)('%s %s cannot be bound', async (method, query, name, message) => {
    expectUnbound(await call(method, query), `${path}${query}`, name, message);
  });
});
