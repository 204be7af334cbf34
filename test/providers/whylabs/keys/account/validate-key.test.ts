import { describe, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { addKey, addOrganization, admin, expectSilent, system, user, validatePath } from '../../whylabs.ts';

describe.each(['documented', 'strict'])('profile %s', (profile) => {
  const lk = emulatorForTests({ profiles: { whylabs: profile } });

  describe('GET /v1/api-key/validate', () => {
    test('accepts every valid key, with scopes or without', async () => {
      for (const key of [system, admin, user, await addKey(lk, 'org-x', 'u')]) {
        await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
      }
    });

    test('a key may name its own organisation or a child of it, and no other organisation', async () => {
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
});
