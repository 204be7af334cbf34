import { describe, test } from 'vitest';
import { emulatorForTests } from '../emulator.ts';
import { addKey, addOrganization, admin, expectSilent, keysOf, system, user } from './whylabs.ts';

const lks = {
  documented: emulatorForTests({ profiles: { whylabs: 'documented' } }),
  strict: emulatorForTests({ profiles: { whylabs: 'strict' } }),
};
const modes = ['documented', 'strict'] as const;
type Mode = (typeof modes)[number];

const callers = {
  system: () => system,
  'an administrator': () => admin,
  'a user': () => user,
  'an account administrator': (lk) => addKey(lk, 'org-123', 'user-account', [':account_administrator']),
  'a user without scopes': (lk) => addKey(lk, 'org-123', 'user-123'),
  'a customer with internal scopes': (lk) => addKey(lk, 'org-123', 'user-x', [':whylabs_system', ':whylabs_administrator']),
  'an administrator of another organisation': (lk) => addKey(lk, 'org-456', 'user-123', [':administrator']),
  'a WhyLabs administrator': (lk) => addKey(lk, '0', 'user-123', [':whylabs_administrator']),
  'a key of organisation 0': (lk) => addKey(lk, '0', 'user-123', [':administrator', ':user']),
} satisfies Record<string, (lk: (typeof lks)[Mode]) => string | Promise<string>>;
const callerNames = Object.keys(callers) as readonly (keyof typeof callers)[];

/** The calls, by whose `user_id` they name: `user-123` has the seeded key USER000000. */
const calls = {
  'create for user-123': ['post', `${keysOf('org-123')}?user_id=user-123`],
  'create for another': ['post', `${keysOf('org-123')}?user_id=user-2`],
  'create for user-123 and another': ['post', `${keysOf('org-123')}?user_id=user-123&user_id=user-2`],
  'list for user-123': ['get', `${keysOf('org-123')}?user_id=user-123`],
  'list for another': ['get', `${keysOf('org-123')}?user_id=user-2`],
  'list the organisation': ['get', keysOf('org-123')],
  'get a key of user-123': ['get', `${keysOf('org-123')}/USER000000?user_id=user-123`],
  'get the key of another': ['get', `${keysOf('org-123')}/ADMIN00000`],
  'revoke for user-123': ['delete', `${keysOf('org-123')}?user_id=user-123&key_id=USER000000`],
  'revoke for another': ['delete', `${keysOf('org-123')}?user_id=user-admin&key_id=ADMIN00000`],
} as const;
const callNames = Object.keys(calls) as readonly (keyof typeof calls)[];

const everything = callNames;
const own: readonly string[] = ['create for user-123', 'list for user-123', 'revoke for user-123'];

/** The calls that each caller may make by the documentation; every other call is refused. */
const allowedByDocumentation: Partial<Record<keyof typeof callers, readonly string[]>> = {
  system: everything,
  'an administrator': everything,
  'an account administrator': everything,
  'a user': own,
  'a user without scopes': own,
};

function isAllowed(mode: Mode, caller: keyof typeof callers, call: string): boolean {
  if (mode === 'strict') return caller === 'system';
  return allowedByDocumentation[caller]?.includes(call) ?? false;
}

describe.each(modes)('profile %s', (mode) => {
  const lk = lks[mode];

  describe.each(callerNames)('%s', (caller) => {
    test.each(callNames)('%s is allowed or refused as the profile says', async (call) => {
      const [method, path] = calls[call];
      const presented = await callers[caller](lk);
      const answer = await lk.request[method](path).set('X-API-Key', presented);
      if (!isAllowed(mode, caller, call)) return expectSilent(answer, 403);
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    });
  });

  test('a system key may act on any organisation, including that of WhyLabs', async () => {
    await addOrganization(lk, 'org-456');
    for (const orgId of ['org-456', '0']) {
      await lk.request
        .post(`${keysOf(orgId)}?user_id=u`)
        .set('X-API-Key', system)
        .expect(200);
    }
  });

  test('a key of organisation 0 cannot give itself the system scope', async () => {
    const presented = await callers['a key of organisation 0'](lk);
    const answer = await lk.request.post(`${keysOf('0')}?user_id=user-123&scopes=:whylabs_system`).set('X-API-Key', presented);
    expectSilent(answer, 403);
  });

  test('403 comes before every other check, so that a refused caller learns nothing', async () => {
    const presented = await callers['a customer with internal scopes'](lk);
    for (const orgId of ['org-123', 'org-x']) {
      expectSilent(await lk.request.post(`${keysOf(orgId)}?expiration_time=abc`).set('X-API-Key', presented), 403);
      expectSilent(await lk.request.delete(keysOf(orgId)).set('X-API-Key', presented), 403);
    }
  });
});
