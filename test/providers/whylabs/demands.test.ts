import { describe, expect, test } from 'vitest';
import { modelResourceIdOf, models } from '../../../src/providers/whylabs/models/models.ts';
import { demandsOf, granting, kindsInTheWay, owner, role, tenant } from '../demands.ts';
import { emulatorForTests, epoch, type TestEmulator } from '../emulator.ts';
import { addKey, addOrganization, admin, keysOf, system, user, validatePath } from './whylabs.ts';

const documented = emulatorForTests({ profiles: { whylabs: 'documented' } });
const strict = emulatorForTests({ profiles: { whylabs: 'strict' } });

interface Call {
  readonly path: string;
  /** The header `X-WHYLABS-ORGANIZATION`. */
  readonly org?: string;
}

const calls = {
  'keys of its user': { path: `${keysOf('org-123')}?user_id=user-123` },
  'keys of another user': { path: `${keysOf('org-123')}?user_id=user-2` },
  'keys of all users': { path: keysOf('org-123') },
  'a key of the organisation': { path: `${keysOf('org-123')}/ADMIN00000` },
  models: { path: '/v0/organizations/org-123/models' },
  memberships: { path: '/v0/organizations/org-123/membership' },
  settings: { path: '/v0/notification-settings/org-123' },
  validation: { path: validatePath, org: 'org-123' },
  'keys of the account': { path: '/v1/api-key', org: 'org-123' },
  organisations: { path: '/v0/organizations' },
  'the organisation': { path: '/v0/organizations/org-123' },
} as const satisfies Record<string, Call>;

const callers = {
  system: () => system,
  administrator: () => admin,
  user: () => user,
  writer: (lk) => addKey(lk, 'org-123', 'user-123', [':write_data']),
  'other administrator': (lk) => addKey(lk, 'org-456', 'user-123', [':administrator']),
  'other writer': (lk) => addKey(lk, 'org-456', 'user-123', [':write_data']),
  'WhyLabs administrator': (lk) => addKey(lk, '0', 'user-x', [':whylabs_administrator']),
  'key of organisation 0': (lk) => addKey(lk, '0', 'user-x'),
} satisfies Record<string, (lk: TestEmulator) => string | Promise<string>>;

async function sending(lk: TestEmulator, caller: keyof typeof callers, call: keyof typeof calls) {
  await addOrganization(lk, 'org-456');
  const presented = await callers[caller](lk);
  const { path, org }: Call = calls[call];
  const headers = { 'X-API-Key': presented, ...(org === undefined ? {} : { 'X-WHYLABS-ORGANIZATION': org }) };
  return () => lk.request.get(path).set(headers);
}

describe('what is demanded, in this order', () => {
  test.each([
    ['administrator', 'models', [tenant('resources', true), role('resources', true)]],
    ['writer', 'models', [tenant('resources', true), role('resources', false)]],
    ['other administrator', 'models', [tenant('resources', false)]],
    ['user', 'memberships', [tenant('memberships', true), role('memberships', false)]],
    ['system', 'settings', [tenant('notifications', true), role('notifications', true)]],
    ['user', 'validation', [tenant('any key', true)]],
    ['other administrator', 'validation', [tenant('any key', false)]],
    ['administrator', 'keys of the account', [tenant('keys of the account', true), role('keys of the account', true)]],
    ['user', 'keys of the account', [tenant('keys of the account', true), role('keys of the account', false)]],
    ['WhyLabs administrator', 'organisations', [role('WhyLabs itself', true)]],
    ['administrator', 'organisations', [role('WhyLabs itself', false)]],
    ['system', 'the organisation', [tenant('WhyLabs itself', true), role('WhyLabs itself', true)]],
    ['administrator', 'the organisation', [tenant('WhyLabs itself', true), role('WhyLabs itself', false)]],
    [
      'administrator',
      'a key of the organisation',
      [tenant('keys of the organisation', true), role('keys of the organisation', true)],
    ],
    ['user', 'a key of the organisation', [tenant('keys of the organisation', true), role('keys of the organisation', false)]],
    [
      'user',
      'keys of its user',
      [tenant('keys of the user', true), role('keys of the user', true), owner('keys of the user', true)],
    ],
    [
      'user',
      'keys of another user',
      [tenant('keys of the user', true), role('keys of the user', true), owner('keys of the user', false)],
    ],
    ['WhyLabs administrator', 'keys of its user', [tenant('keys of the user', true), role('keys of the user', false)]],
  ] as const)('%s, %s', async (caller, call, demanded) => {
    expect(await demandsOf(await sending(documented, caller, call))).toEqual(demanded);
  });

  test('in the profile strict the scope alone grants, so no owner is demanded', async () => {
    const asUser = await sending(strict, 'user', 'keys of its user');
    expect(await demandsOf(asUser)).toEqual([tenant('keys of the user', true), role('keys of the user', false)]);
    const asSystem = await sending(strict, 'system', 'keys of another user');
    expect(await demandsOf(asSystem)).toEqual([tenant('keys of the user', true), role('keys of the user', true)]);
  });

  test('a child of its own organisation is within the reach of a key', async () => {
    await addOrganization(documented, 'org-child', { parentOrgId: 'org-123' });
    const send = () => documented.request.get(validatePath).set({ 'X-API-Key': user, 'X-WHYLABS-ORGANIZATION': 'org-child' });
    expect(await demandsOf(send)).toEqual([tenant('any key', true)]);
  });

  test('nothing is demanded of a key that is not accepted', async () => {
    expect(await demandsOf(() => documented.request.get(validatePath).set('X-API-Key', 'x'))).toEqual([]);
  });
});

describe('a key that lacks one thing fails demands of one kind, and one that lacks two is not let through by either', () => {
  test.each([
    ['other administrator', 'models', ['tenant']],
    ['writer', 'models', ['role']],
    ['other writer', 'models', []],
    ['key of organisation 0', 'models', ['tenant']],
    ['other administrator', 'memberships', ['tenant']],
    ['user', 'memberships', ['role']],
    ['other writer', 'memberships', []],
    ['writer', 'settings', ['role']],
    ['other administrator', 'settings', ['tenant']],
    ['other administrator', 'validation', ['tenant']],
    ['other administrator', 'keys of the account', ['tenant']],
    ['user', 'keys of the account', ['role']],
    ['other writer', 'keys of the account', []],
    ['administrator', 'organisations', ['role']],
    ['administrator', 'the organisation', ['role']],
    ['other administrator', 'the organisation', []],
    ['other administrator', 'a key of the organisation', ['tenant']],
    ['user', 'a key of the organisation', ['role']],
    ['other writer', 'a key of the organisation', []],
    ['WhyLabs administrator', 'a key of the organisation', ['role']],
    ['other administrator', 'keys of another user', ['tenant']],
    ['other writer', 'keys of its user', ['tenant']],
    ['other writer', 'keys of another user', []],
    ['user', 'keys of another user', ['owner']],
    ['user', 'keys of all users', ['owner']],
    ['WhyLabs administrator', 'keys of all users', ['role']],
  ] as const)('%s, %s', async (caller, call, kinds) => {
    expect(await kindsInTheWay(await sending(documented, caller, call))).toEqual(kinds);
  });

  test.each([
    ['user', 'keys of another user', ['role']],
    ['administrator', 'a key of the organisation', ['role']],
    ['other administrator', 'a key of the organisation', []],
    ['other administrator', 'keys of another user', []],
  ] as const)('%s, %s in the profile strict', async (caller, call, kinds) => {
    expect(await kindsInTheWay(await sending(strict, caller, call))).toEqual(kinds);
  });

  test.each(['models', 'memberships', 'a key of the organisation', 'keys of all users', 'keys of the account'] as const)(
    'who is let through to another organisation gets what that one has: %s',
    async (call) => {
      const data = { modelId: 'model-1', name: 'One', timePeriod: 'P1D', modelType: null, active: true } as const;
      const stored = { id: modelResourceIdOf('org-123', 'model-1'), tenant: 'org-123', name: null, createdAt: epoch, data };
      await documented.world.resources('whylabs').put(models, stored);
      const mine = await (await sending(documented, 'administrator', call))().expect(200);
      const theirs = await granting('tenant', await sending(documented, 'other administrator', call));
      expect(mine.text).toMatch(/model-|@|ADMIN00000/);
      expect(theirs.text).toBe(mine.text);
    },
  );
});
