import { describe, expect, test } from 'vitest';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { addKey, addOrganization, expectHandled, keysOf, keysPath, minuteMs, system } from '../whylabs.ts';

const lk = emulatorForTests();
const post = (orgId: string, query = '') => lk.request.post(`${keysOf(orgId)}?user_id=user-1${query}`).set('X-API-Key', system);

/** Creates keys until an organisation has as many as given; the seed's organisation starts with two. */
async function fill(orgId = 'org-123', until = 25): Promise<string[]> {
  const keyIds: string[] = [];
  const present = (await lk.world.keys('whylabs').find({ tenant: orgId })).length;
  for (let count = present; count < until; count++) keyIds.push((await post(orgId).expect(200)).body.keyId);
  return keyIds;
}

describe('the limit of 25 keys', () => {
  test('an organisation on the free tier gets no 26th key until one is revoked', async () => {
    const [keyId] = await fill();
    expectHandled(await post('org-123'), 400, 'IllegalArgument', 'Key limit reached');
    await lk.request.delete(keysPath).query({ user_id: 'user-1', key_id: keyId }).set('X-API-Key', system).expect(200);
    await post('org-123').expect(200);
    await post('org-123').expect(400);
  });

  test('it counts the keys of all users of the organisation, expired ones too', async () => {
    for (let index = 0; index < 23; index++) await addKey(lk, 'org-123', `user-${index}`, [], epoch + minuteMs);
    lk.world.clock.advance(2 * minuteMs);
    expectHandled(await post('org-123'), 400, 'IllegalArgument', 'Key limit reached');
  });

  test('it applies to an organisation without a tier', async () => {
    await addOrganization(lk, 'org-none', { subscriptionTier: null });
    await fill('org-none');
    expectHandled(await post('org-none'), 400, 'IllegalArgument', 'Key limit reached');
  });

  test.each(['PAID', 'AWS_MARKETPLACE', 'SUBSCRIPTION'] as const)(
    'it does not apply to an organisation on tier %s',
    async (subscriptionTier) => {
      await addOrganization(lk, 'org-paid', { subscriptionTier });
      await fill('org-paid', 30);
    },
  );

  test('it is checked before the scopes, and after the expiry and the organisation', async () => {
    await fill();
    expectHandled(await post('org-123', '&scopes=:foo'), 400, 'IllegalArgument', 'Key limit reached');
    expectHandled(await post('org-123', '&expiration_time=1'), 400, 'IllegalArgument', 'Invalid expiration time');
  });

  test('forty concurrent creations cannot exceed it', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => post('org-123')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(23);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(17);
  });
});
