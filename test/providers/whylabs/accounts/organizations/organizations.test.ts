import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import {
  addKey,
  addOrganization,
  admin,
  expectAcknowledged,
  expectHandled,
  expectUnbound,
  keysOf,
  keysPath,
  system,
  user,
  validatePath,
} from '../../whylabs.ts';

const lk = emulatorForTests();
const path = '/v0/organizations';
const call = (method: 'get' | 'put' | 'delete', rest: string) => lk.request[method](`${path}${rest}`).set('X-API-Key', system);
const notFound = 'Resource Organization with ID org-x not found.';

describe('GET /v0/organizations', () => {
  test('lists every organisation that is not deleted, with `internal` set', async () => {
    await addOrganization(lk, 'org-b', { parentOrgId: 'org-123', allowManagedMembershipUpdatesOnly: false });
    await addOrganization(lk, 'org-gone', { deleted: true });
    expect((await call('get', '').expect(200)).text).toBe(
      '{"items":[{"id":"0","name":"WhyLabs","subscriptionTier":"PAID","emailDomains":"","observatoryUrl":""},' +
        '{"id":"org-123","name":"ACME, Inc","subscriptionTier":"FREE","emailDomains":"","observatoryUrl":""},' +
        '{"id":"org-b","name":"org-b","subscriptionTier":"PAID","emailDomains":"","observatoryUrl":"",' +
        '"parentOrgId":"org-123","allowManagedMembershipUpdatesOnly":false}],"internal":true}',
    );
  });
});

describe('GET /v0/organizations/{org_id}', () => {
  test('shows the time of creation as a number, and whether the organisation is on a paid tier', async () => {
    expect((await call('get', '/org-123').expect(200)).text).toBe(
      '{"id":"org-123","name":"ACME, Inc","subscriptionTier":"FREE","emailDomains":"","observatoryUrl":"",' +
        `"creationTime":${epoch},"deleted":false,"paidTier":false}`,
    );
  });

  test.each(['PAID', 'AWS_MARKETPLACE', 'SUBSCRIPTION'] as const)(
    'an organisation on tier %s is on a paid tier',
    async (subscriptionTier) => {
      await addOrganization(lk, 'org-b', { subscriptionTier });
      expect((await call('get', '/org-b').expect(200)).body.paidTier).toBe(true);
    },
  );

  test('an unknown or deleted organisation is not found', async () => {
    await addOrganization(lk, 'org-gone', { deleted: true });
    expectHandled(await call('get', '/org-x'), 404, 'ResourceNotFound', notFound);
    expectHandled(await call('get', '/org-gone'), 404, 'ResourceNotFound', 'Resource Organization with ID org-gone not found.');
  });
});

describe('PUT /v0/organizations/partial/{org_id}', () => {
  test('changes what was sent and keeps the rest, except that the time of creation becomes now', async () => {
    lk.world.clock.advance(5000);
    const query = '?subscription_tier=PAID&email_domains=example.com&use_cloudfront=true';
    expect((await call('put', `/partial/org-123${query}`).expect(200)).text).toBe(
      '{"id":"org-123","name":"ACME, Inc","subscriptionTier":"PAID","emailDomains":"example.com","observatoryUrl":""}',
    );
    expect((await call('get', '/org-123').expect(200)).body).toEqual({
      id: 'org-123',
      name: 'ACME, Inc',
      subscriptionTier: 'PAID',
      emailDomains: 'example.com',
      observatoryUrl: '',
      creationTime: epoch + 5000,
      deleted: false,
      useCloudFront: true,
      paidTier: true,
    });
  });

  test('shows how memberships are managed', async () => {
    const answer = await call('put', '/partial/org-123?allow_managed_membership_updates_only=true&name=N&observatory_url=u');
    expect(answer.text).toBe(
      '{"id":"org-123","name":"N","subscriptionTier":"FREE","emailDomains":"","observatoryUrl":"u",' +
        '"allowManagedMembershipUpdatesOnly":true}',
    );
  });

  test('a paid tier lifts the key limit from the next creation on', async () => {
    for (let count = 2; count < 25; count++) await addKey(lk, 'org-123', `user-${count}`);
    const create = () => lk.request.post(`${keysPath}?user_id=u`).set('X-API-Key', system);
    expectHandled(await create(), 400, 'IllegalArgument', 'Key limit reached');
    await call('put', '/partial/org-123?subscription_tier=PAID').expect(200);
    await create().expect(200);
  });

  test('an unknown or deleted organisation is not found, once the arguments are bound', async () => {
    const href = `${path}/partial/org-x?subscription_tier=GOLD`;
    const message =
      'Failed to convert argument [subscription_tier] for value [GOLD] due to: ' +
      'No enum constant ai.whylabs.songbird.v0.ddb.SubscriptionTier.GOLD';
    expectUnbound(await call('put', '/partial/org-x?subscription_tier=GOLD'), href, 'subscription_tier', message);
    expectHandled(await call('put', '/partial/org-x'), 404, 'ResourceNotFound', notFound);
    await addOrganization(lk, 'org-x', { deleted: true });
    expectHandled(await call('put', '/partial/org-x?name=back'), 404, 'ResourceNotFound', notFound);
  });
});

describe('DELETE /v0/organizations/{org_id}', () => {
  test('the organisation is no longer found and its memberships end, but its keys still work', async () => {
    expectAcknowledged(await call('delete', '/org-123'));
    for (const method of ['get', 'delete'] as const) await call(method, '/org-123').expect(404);
    expect((await call('get', '').expect(200)).text).not.toContain('org-123');
    const { body } = await lk.request.get('/v0/membership/user/user-admin').set('X-API-Key', system).expect(200);
    expect(body).toEqual({ memberships: [] });
    for (const key of [admin, user]) await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
    expect((await lk.request.get(keysPath).set('X-API-Key', system).expect(200)).body.items).toHaveLength(2);
    const answer = await lk.request.post(`${keysOf('org-123')}?user_id=u`).set('X-API-Key', system);
    expectHandled(answer, 404, 'ResourceNotFound', 'Resource Organization with ID org-123 not found.');
  });

  test('the message for an organisation that never existed differs from the one for a deleted organisation', async () => {
    const never = "Resource Org doesn't exist with ID org-x not found.";
    expectHandled(await call('delete', '/org-x'), 404, 'ResourceNotFound', never);
    await addOrganization(lk, 'org-x', { deleted: true });
    expectHandled(await call('delete', '/org-x'), 404, 'ResourceNotFound', notFound);
  });
});
