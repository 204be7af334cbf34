import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { addKey, expectHandled, expectSilent, system, user } from '../whylabs.ts';

describe.each(['documented', 'strict'])('profile %s', (profile) => {
  const lk = emulatorForTests({ profiles: { whylabs: profile } });

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

    test('an organisation that never existed is not found, which a caller without permission cannot learn', async () => {
      expectHandled(await list(system, 'org-x'), 404, 'ResourceNotFound', 'Resource Organization with ID org-x not found.');
      expectSilent(await list(user, 'org-x'), 403);
    });

    test('super administrators may list the models of any organisation, and need no other scope', async () => {
      await list(system).expect(200);
      await list(await addKey(lk, '0', 'u', [':whylabs_administrator'])).expect(200);
      await list(await addKey(lk, '0', 'u'), '0').expect(200);
    });
  });
});
