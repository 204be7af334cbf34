import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import { expectHandled, system } from '../../whylabs.ts';

const lk = emulatorForTests();
const request = { email: 'New@example.com', orgName: 'New, Inc', modelName: 'first', subscriptionTier: 'SUBSCRIPTION' };
const provision = (more: object = {}) =>
  lk.request
    .post('/v0/provision/new-user')
    .set('X-API-Key', system)
    .send({ ...request, ...more });
const get = async (path: string) => (await lk.request.get(path).set('X-API-Key', system).expect(200)).text;

describe('POST /v0/provision/new-user', () => {
  test('makes a user, their organisation, their membership and a model', async () => {
    const answer = await provision().expect(200);
    const { userId, orgId } = answer.body;
    expect(answer.text).toBe(`{"userId":"${userId}","orgId":"${orgId}","modelId":"model-1"}`);
    expect(await get(`/v0/user/${userId}`)).toBe(`{"userId":"${userId}","email":"new@example.com"}`);
    expect(await get(`/v0/organizations/${orgId}`)).toBe(
      `{"id":"${orgId}","name":"New, Inc","subscriptionTier":"SUBSCRIPTION","emailDomains":"","observatoryUrl":"",` +
        `"creationTime":${epoch},"deleted":false,"useCloudFront":true,"paidTier":true}`,
    );
    expect(await get(`/v0/membership/org/${orgId}`)).toBe(
      `{"memberships":[{"orgId":"${orgId}","default":true,"role":"ADMIN","userId":"${userId}","email":"new@example.com"}]}`,
    );
    expect(await get(`/v0/organizations/${orgId}/models`)).toBe(
      `{"items":[{"id":"model-1","orgId":"${orgId}","name":"first","creationTime":${epoch},"timePeriod":"P1D",` +
        '"modelCategory":"MODEL","active":true,"tags":[]}]}',
    );
  });

  test('an address that a user has is refused, unless `expectExisting` is true or null', async () => {
    const taken = { email: 'USER@example.com' };
    expectHandled(await provision(taken), 400, 'IllegalArgument', 'Email already exists.');
    expectHandled(await provision({ ...taken, expectExisting: false }), 400, 'IllegalArgument', 'Email already exists.');
    expect((await provision({ ...taken, expectExisting: true }).expect(200)).body.userId).toBe('user-123');
    expect((await provision({ ...taken, expectExisting: null }).expect(200)).body.userId).toBe('user-123');
  });

  test('an address that no user has is refused if `expectExisting` is true', async () => {
    const message = 'Expected user to exist, but no matching users found.';
    expectHandled(await provision({ expectExisting: true }), 400, 'IllegalArgument', message);
    await provision({ expectExisting: null }).expect(200);
  });

  test('the form of the address is not checked', async () => {
    await provision({ email: 'nobody' }).expect(200);
  });

  test('a refused request creates nothing', async () => {
    const before = await lk.world.resources('whylabs').listAll();
    await provision({ email: 'user@example.com' }).expect(400);
    await provision({ subscriptionTier: 'GOLD' }).expect(400);
    expect(await lk.world.resources('whylabs').listAll()).toEqual(before);
  });
});
