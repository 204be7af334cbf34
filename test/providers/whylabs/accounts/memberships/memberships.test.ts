import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { addOrganization, expectAcknowledged, expectHandled, expectUnbound, system } from '../../whylabs.ts';

const lk = emulatorForTests();
const path = '/v0/membership';
const send = (method: 'post' | 'put' | 'delete', body: object, rest = '') =>
  lk.request[method](`${path}${rest}`).set('X-API-Key', system).send(body);
const get = (rest: string) => lk.request.get(`${path}${rest}`).set('X-API-Key', system);
const email = 'user@example.com';
const orgNotFound = (id: string) => `Resource Organization with ID ${id} not found.`;
const unknown = "Resource User. Additional information: User's email domain: acme.com";
const seeded = '{"orgId":"org-123","default":true,"role":"MEMBER","userId":"user-123","email":"user@example.com"}';

/** Adds new users until an organisation has as many members as given. */
async function fill(orgId: string, until: number): Promise<void> {
  const { body } = await get(`/org/${orgId}`).expect(200);
  for (let count = body.memberships.length; count < until; count++) {
    const address = `member-${count}@example.com`;
    await lk.request.post('/v0/user').set('X-API-Key', system).send({ email: address }).expect(200);
    await send('post', { orgId, email: address, role: 'VIEWER' }).expect(200);
  }
}

describe('POST /v0/membership', () => {
  test('makes a user a member, with the address in any case', async () => {
    await addOrganization(lk, 'org-b');
    const answer = await send('post', { orgId: 'org-b', email: 'User@Example.com', role: 'VIEWER', createdBy: null });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('{"orgId":"org-b","role":"VIEWER","userId":"user-123","default":false}');
  });

  test('a new default leaves the old one in place, because the clean-up of the real server matches nothing', async () => {
    await addOrganization(lk, 'org-b');
    expect((await send('post', { orgId: 'org-b', email, role: 'ADMIN', default: true })).body.default).toBe(true);
    const { body } = await get('/user/user-123').expect(200);
    expect(body.memberships.map((one: { default: boolean }) => one.default)).toEqual([true, true]);
  });

  test('a member cannot be added again, and the answer repeats the address as it was sent', async () => {
    const answer = await send('post', { orgId: 'org-123', email: 'USER@example.com', role: 'ADMIN' });
    expectHandled(answer, 400, 'IllegalArgument', 'User USER@example.com is already in organization org-123');
    expect((await get('/user/user-123').expect(200)).text).toBe(`{"memberships":[${seeded}]}`);
  });

  test('the organisation is checked first, then the domain, then the user', async () => {
    await addOrganization(lk, 'org-gone', { deleted: true });
    await addOrganization(lk, 'org-b', { emailDomains: 'a.com, Example.COM' });
    for (const orgId of ['org-x', 'org-gone']) {
      const answer = await send('post', { orgId, email: 'x@acme.com', role: 'ADMIN' });
      expectHandled(answer, 404, 'ResourceNotFound', orgNotFound(orgId));
    }
    const foreign =
      'Cannot add user with email domain acme.com to org org-b: org memberships restricted to domains a.com, Example.COM';
    expectHandled(await send('post', { orgId: 'org-b', email: 'x@acme.com', role: 'ADMIN' }), 400, 'IllegalArgument', foreign);
    expectHandled(await send('post', { orgId: 'org-123', email: 'x@acme.com', role: 'ADMIN' }), 404, 'UserNotFound', unknown);
    await send('post', { orgId: 'org-b', email, role: 'ADMIN' }).expect(200);
  });

  test('an organisation on the free tier accepts users of every domain', async () => {
    await addOrganization(lk, 'org-b', { subscriptionTier: 'FREE', emailDomains: 'acme.com' });
    await send('post', { orgId: 'org-b', email, role: 'ADMIN' }).expect(200);
  });

  test('an organisation on the free tier has at most 25 members, others have no limit', async () => {
    await fill('org-123', 25);
    await lk.request.post('/v0/user').set('X-API-Key', system).send({ email: 'last@example.com' }).expect(200);
    const answer = await send('post', { orgId: 'org-123', email: 'last@example.com', role: 'VIEWER' });
    expectHandled(answer, 400, 'IllegalArgument', 'Membership limit reached');
    await lk.request.put('/v0/organizations/partial/org-123?subscription_tier=PAID').set('X-API-Key', system).expect(200);
    await send('post', { orgId: 'org-123', email: 'last@example.com', role: 'VIEWER' }).expect(200);
  });
});

describe('PUT /v0/membership', () => {
  test('gives a member another role', async () => {
    const answer = await send('put', { orgId: 'org-123', email: 'USER@example.com', role: 'ADMIN' });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('{"orgId":"org-123","role":"ADMIN","userId":"user-123","default":true}');
  });

  test('organisation, user and membership must exist, and are checked in this order', async () => {
    await addOrganization(lk, 'org-b');
    const update = (orgId: string, address: string) => send('put', { orgId, email: address, role: 'ADMIN' });
    expectHandled(await update('org-x', 'x@acme.com'), 404, 'ResourceNotFound', orgNotFound('org-x'));
    expectHandled(await update('org-b', 'x@acme.com'), 404, 'UserNotFound', unknown);
    const none = 'Resource Membership with ID user-123/org-b not found.';
    expectHandled(await update('org-b', email), 404, 'MembershipNotFound', none);
  });
});

describe('DELETE /v0/membership', () => {
  test('ends a membership, which is not found a second time', async () => {
    expectAcknowledged(await send('delete', { orgId: 'org-123', email: 'USER@example.com' }));
    expect((await get('/user/user-123').expect(200)).text).toBe('{"memberships":[]}');
    const none = 'Resource Membership with ID user-123/org-123 not found.';
    expectHandled(await send('delete', { orgId: 'org-123', email }), 404, 'MembershipNotFound', none);
  });

  test('no other membership becomes the default', async () => {
    await addOrganization(lk, 'org-b');
    await send('post', { orgId: 'org-b', email, role: 'VIEWER' }).expect(200);
    expectAcknowledged(await send('delete', { orgId: 'org-123', email }));
    expect((await get('/user/user-123').expect(200)).body.memberships).toMatchObject([{ orgId: 'org-b', default: false }]);
  });
});

test.each(['post', 'put', 'delete'] as const)('%s is refused if only the log-in may change the members', async (method) => {
  await addOrganization(lk, 'org-b', { allowManagedMembershipUpdatesOnly: true });
  const answer = await send(method, { orgId: 'org-b', email: 'x@acme.com', role: 'ADMIN' });
  expectHandled(answer, 400, 'IllegalArgument', 'Organization org-b does not allow direct membership updates');
});

describe('GET /v0/membership', () => {
  test('lists the memberships of a user by id or by address; an unknown id has no memberships', async () => {
    for (const rest of ['/user/user-123', '/user?email=USER@example.com', '/user/user-123?include_claims=true']) {
      expect((await get(rest).expect(200)).text).toBe(`{"memberships":[${seeded}]}`);
    }
    expect((await get('/user/user-x').expect(200)).text).toBe('{"memberships":[]}');
    expectHandled(await get('/user?email=x@acme.com'), 404, 'UserNotFound', unknown);
    expectUnbound(await get('/user'), `${path}/user`, 'email', 'Required QueryValue [email] not specified');
  });

  // GetMembershipsByOrg.
  test('lists the memberships of an organisation', async () => {
    const administrator = '{"orgId":"org-123","default":true,"role":"ADMIN","userId":"user-admin","email":"admin@example.com"}';
    expect((await get('/org/org-123').expect(200)).text).toBe(`{"memberships":[${administrator},${seeded}]}`);
    expectHandled(await get('/org/org-x'), 404, 'ResourceNotFound', orgNotFound('org-x'));
  });
});

describe('the default membership', () => {
  const setDefault = (orgId: string, userId: string) => send('post', { orgId, userId }, '/default');

  test('is the one that is marked, else the one with the lowest organisation id, else absent', async () => {
    await addOrganization(lk, 'org-0');
    await send('post', { orgId: 'org-0', email, role: 'VIEWER' }).expect(200);
    const shown = async () => (await get('/default?email=USER@example.com').expect(200)).text;
    expect(await shown()).toBe(`{"membership":${seeded}}`);
    await send('delete', { orgId: 'org-123', email }).expect(200);
    await send('post', { orgId: 'org-123', email, role: 'MEMBER' }).expect(200);
    expect(await shown()).toContain('"orgId":"org-0","default":false');
    for (const orgId of ['org-0', 'org-123']) await send('delete', { orgId, email }).expect(200);
    expect(await shown()).toBe('{}');
    expectHandled(await get('/default?email=x@acme.com'), 404, 'UserNotFound', unknown);
    expectUnbound(await get('/default'), `${path}/default`, 'email', 'Required QueryValue [email] not specified');
  });

  test('can be set, and is then the only default', async () => {
    await addOrganization(lk, 'org-b');
    await send('post', { orgId: 'org-b', email, role: 'VIEWER' }).expect(200);
    expectAcknowledged(await setDefault('org-b', 'user-123'));
    const { body } = await get('/user/user-123').expect(200);
    expect(body.memberships).toMatchObject([
      { orgId: 'org-123', default: false },
      { orgId: 'org-b', default: true },
    ]);
  });

  test('cannot be set to an unknown organisation, or to one that the user does not belong to', async () => {
    await addOrganization(lk, 'org-b');
    expectHandled(await setDefault('org-x', 'user-123'), 404, 'ResourceNotFound', orgNotFound('org-x'));
    for (const userId of ['user-123', 'user-x']) {
      const none = `Resource Membership with ID ${userId}/org-b not found.`;
      expectHandled(await setDefault('org-b', userId), 404, 'MembershipNotFound', none);
    }
  });
});
