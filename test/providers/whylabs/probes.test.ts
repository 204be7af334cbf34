import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../support/emulator.ts';
import { addKey, addOrganization, admin, expectHandled, expectSilent, keysPath, system, user, validatePath } from './whylabs.ts';

describe.each(['documented', 'strict'])('profile %s', (profile) => {
  const lk = emulatorForTests({ profiles: { whylabs: profile } });

  describe('GET /v1/api-key/validate', () => {
    test('any key that is valid will do, with scopes or without', async () => {
      for (const key of [system, admin, user, await addKey(lk, 'org-x', 'u')]) {
        await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
      }
    });

    test('a key may name its own organisation or a child of it, and no other', async () => {
      await addOrganization(lk, 'org-child', { parentOrgId: 'org-123' });
      await addOrganization(lk, 'org-gone', { parentOrgId: 'org-123', deleted: true });
      await addOrganization(lk, 'org-other');
      const naming = (orgId: string, key = user) =>
        lk.request.get(validatePath).set({ 'X-API-Key': key, 'X-WHYLABS-ORGANIZATION': orgId });
      for (const orgId of ['org-123', 'org-child', '', ' ']) await naming(orgId).expect(200);
      for (const orgId of ['org-gone', 'org-other', 'org-x', '0']) expectSilent(await naming(orgId), 403);
      await naming('org-other', system).expect(200);
    });
  });

  describe('GET …/models', () => {
    const list = (key: string, orgId = 'org-123') => lk.request.get(`/v0/organizations/${orgId}/models`).set('X-API-Key', key);

    test.each([':user', ':administrator', ':read_resource', ':write_resource'])(
      'a key with %s sees an empty list',
      async (scope) => {
        const answer = await list(await addKey(lk, 'org-123', 'u', [scope])).expect(200);
        expect(answer.text).toBe('{"items":[]}');
        expect(answer.headers['content-type']).toBe('application/json');
      },
    );

    test.each([[], [':account_administrator'], [':write_data', ':read_notification'], [':whylabs_system']])(
      'a key with other scopes is refused: %s',
      async (...scopes) => {
        expectSilent(await list(await addKey(lk, 'org-123', 'u', scopes)), 403);
      },
    );

    test('a key of another organisation is refused', async () => {
      expectSilent(await list(user, 'org-456'), 403);
      expectSilent(await list(await addKey(lk, '0', 'u', [':user'])), 403);
    });

    test('an organisation that never was is not found, and whoever may not look is told nothing of it', async () => {
      expectHandled(await list(system, 'org-x'), 404, 'ResourceNotFound', 'Resource Organization with ID org-x not found.');
      expectSilent(await list(user, 'org-x'), 403);
    });

    test('super administrators may look at any organisation, and need no scope for it but theirs', async () => {
      await list(system).expect(200);
      await list(await addKey(lk, '0', 'u', [':whylabs_administrator'])).expect(200);
      await list(await addKey(lk, '0', 'u'), '0').expect(200);
    });
  });

  test('a key of an organisation that is deleted still works', async () => {
    await addOrganization(lk, 'org-123', { deleted: true });
    await lk.request.get(validatePath).set('X-API-Key', user).expect(200);
    await lk.request.get('/v0/organizations/org-123/models').set('X-API-Key', user).expect(200);
    const { body } = await lk.request.get(keysPath).set('X-API-Key', system).expect(200);
    expect(body.items).toHaveLength(2);
  });
});
