import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import { expectHandled, expectUnbound, system } from '../../whylabs.ts';

const lk = emulatorForTests();
const path = '/v0/organizations';
const post = (query: string) => lk.request.post(`${path}${query}`).set('X-API-Key', system);
const get = (id: string) => lk.request.get(`${path}/${id}`).set('X-API-Key', system);

describe('POST /v0/organizations 200', () => {
  test('a name is enough: the id has six letters and digits that do not look alike, and the other fields are empty or absent', async () => {
    const answer = await post('?name=ACME,+Inc').expect(200);
    expect(answer.body.id).toMatch(/^org-[2-9a-hjkmnp-zA-HJ-NP-Z]{6}$/);
    expect(answer.text).toBe(`{"id":"${answer.body.id}","name":"ACME, Inc","emailDomains":"","observatoryUrl":""}`);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('the answer has every field that was sent, in wire order, except how memberships are managed', async () => {
    const query =
      '?use_cloud_front=false&allow_managed_membership_updates_only=true&parent_org_id=org-123&observatory_url=https://hub.example' +
      '&override_id=org-New1&email_domains=a.com,+b.com&subscription_tier=PAID&name=New';
    expect((await post(query).expect(200)).text).toBe(
      '{"id":"org-New1","name":"New","subscriptionTier":"PAID","emailDomains":"a.com, b.com",' +
        '"observatoryUrl":"https://hub.example","parentOrgId":"org-123"}',
    );
    expect((await get('org-New1').expect(200)).text).toBe(
      '{"id":"org-New1","name":"New","subscriptionTier":"PAID","emailDomains":"a.com, b.com",' +
        `"observatoryUrl":"https://hub.example","creationTime":${epoch},"deleted":false,"useCloudFront":false,` +
        '"parentOrgId":"org-123","allowManagedMembershipUpdatesOnly":true,"paidTier":true}',
    );
  });

  test('if the server chooses the id, it also chooses CloudFront; otherwise CloudFront is as it was sent, or absent', async () => {
    const { id } = (await post('?name=x&use_cloud_front=false').expect(200)).body;
    expect((await get(id).expect(200)).body).toMatchObject({ useCloudFront: true, paidTier: false });
    await post('?name=x&override_id=org-1').expect(200);
    expect((await get('org-1').expect(200)).body).not.toHaveProperty('useCloudFront');
  });

  test.each([
    ['paid', 'PAID'],
    ['aws-marketplace', 'AWS_MARKETPLACE'],
    ['Subscription', 'SUBSCRIPTION'],
    ['', undefined],
  ])('a tier of %j is read as %s', async (sent, tier) => {
    expect((await post(`?name=x&subscription_tier=${sent}`).expect(200)).body.subscriptionTier).toBe(tier);
  });

  test.each(['true', 'YES', 'on', 'y'])('a flag of %s is true', async (sent) => {
    const { id } = (await post(`?name=x&allow_managed_membership_updates_only=${sent}`).expect(200)).body;
    expect((await get(id).expect(200)).body.allowManagedMembershipUpdatesOnly).toBe(true);
  });

  test('any other flag is false', async () => {
    const { id } = (await post('?name=x&allow_managed_membership_updates_only=1').expect(200)).body;
    expect((await get(id).expect(200)).body.allowManagedMembershipUpdatesOnly).toBe(false);
  });

  test('the parent need not exist, and names may be empty and need not be unique', async () => {
    await post('?name=&parent_org_id=org-nowhere').expect(200);
    await post('?name=&parent_org_id=org-nowhere').expect(200);
  });
});

describe('POST /v0/organizations 400', () => {
  test('without a name the framework names the missing parameter', async () => {
    const message = 'Required QueryValue [name] not specified';
    expectUnbound(await post('?override_id=bad'), `${path}?override_id=bad`, 'name', message);
  });

  test('an unknown tier is refused as an unknown constant', async () => {
    const message =
      'Failed to convert argument [subscription_tier] for value [GOLD] due to: ' +
      'No enum constant ai.whylabs.songbird.v0.ddb.SubscriptionTier.GOLD';
    expectUnbound(
      await post('?name=x&subscription_tier=GOLD'),
      `${path}?name=x&subscription_tier=GOLD`,
      'subscription_tier',
      message,
    );
  });

  test.each(['org', 'org-', 'org-a_b', 'acme', 'org-1%20', 'ORG-1', ''])(
    'an id of %j does not have the form of an organisation id',
    async (id) => {
      const answer = await post(`?name=x&override_id=${id}`);
      expectHandled(answer, 400, 'IllegalArgument', `Invalid ID format: ${decodeURIComponent(id)}`);
    },
  );
});

describe('POST /v0/organizations 500', () => {
  const failure = 'Internal error. Unable to process request';

  test('an id that is taken is a failure of the store, and the organisation does not change', async () => {
    const before = (await get('org-123').expect(200)).text;
    expectHandled(await post('?name=x&override_id=org-123'), 500, 'Internal', failure);
    expect((await get('org-123').expect(200)).text).toBe(before);
  });

  test('the id of a deleted organisation is still taken', async () => {
    await lk.request.delete(`${path}/org-123`).set('X-API-Key', system).expect(200);
    expectHandled(await post('?name=x&override_id=org-123'), 500, 'Internal', failure);
  });

  test('of ten concurrent creations with one id, one succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('?name=x&override_id=org-once')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(9);
  });
});
