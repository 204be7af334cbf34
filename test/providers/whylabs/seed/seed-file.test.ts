import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../../../src/package.ts';
import { loadProviders } from '../../../../src/providers/index.ts';
import { userIdOf } from '../../../../src/providers/whylabs/accounts/users/users.ts';
import { loadSeeds } from '../../../../src/server/seed-file.ts';
import { SeedFileError } from '../../../../src/worlds/seeds.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { expectHandled, expectSilent, keysOf, system, user, validatePath } from '../whylabs.ts';

const providers = await loadProviders();
const folder = join(root, 'examples', 'seeds');
const example = await loadSeeds({ name: 'whylabs.yaml', folder, modules: providers, providers: [], now: epoch });
const scratch = mkdtempSync(join(tmpdir(), 'latchkey-whylabs-seed-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the example seed', () => {
  const lk = emulatorForTests({ seeds: example });
  const keyOf = async (name: string) => {
    const found = (await lk.world.credentials()).get('whylabs')?.find((one) => one.name === name);
    return found?.secret ?? '';
  };
  const get = (path: string, key = system) => lk.request.get(path).set('X-API-Key', key);

  test('has organisations with every field, and the organisation of WhyLabs', async () => {
    const { items } = (await get('/v0/organizations').expect(200)).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual(['org-globex', 'org-lab', 'org-hobby', '0']);
    expect((await get('/v0/organizations/org-globex').expect(200)).text).toBe(
      '{"id":"org-globex","name":"Globex","subscriptionTier":"PAID","emailDomains":"globex.com,globex.example",' +
        `"observatoryUrl":"https://hub.whylabsapp.com","creationTime":${epoch},"deleted":false,"paidTier":true}`,
    );
    await get('/v0/organizations/org-gone').expect(404);
    const lab = (await get('/v0/organizations/org-lab').expect(200)).body;
    expect(lab).toMatchObject({ parentOrgId: 'org-globex', allowManagedMembershipUpdatesOnly: true });
  });

  test('has users, with given ids or ids derived from the address', async () => {
    expect((await get('/v0/user/user-hank').expect(200)).body).toEqual({
      userId: 'user-hank',
      email: 'hank@globex.com',
      preferences: '{"theme":"dark"}',
    });
    expect((await get('/v0/user?email=lenny@globex.com').expect(200)).body.userId).toBe(userIdOf('lenny@globex.com'));
    await get('/v0/user/user-123').expect(404);
  });

  test('has memberships of users given by id and by address', async () => {
    const { memberships } = (await get('/v0/membership/org/org-globex').expect(200)).body;
    expect(memberships).toEqual([
      { orgId: 'org-globex', default: true, role: 'ADMIN', userId: 'user-hank', email: 'hank@globex.com' },
      {
        orgId: 'org-globex',
        default: false,
        role: 'VIEWER',
        userId: userIdOf('lenny@globex.com'),
        email: 'lenny@globex.com',
      },
    ]);
    expect((await get('/v0/membership/org/org-hobby').expect(200)).body.memberships).toMatchObject([{ role: 'MEMBER' }]);
  });

  test('has models, of which deleted ones are not listed', async () => {
    expect((await get('/v0/organizations/org-globex/models').expect(200)).text).toBe(
      `{"items":[{"id":"model-1","orgId":"org-globex","name":"Credit scores","creationTime":${epoch},"timePeriod":"P1D",` +
        '"modelType":"CLASSIFICATION","modelCategory":"MODEL","active":true,"tags":[]},' +
        `{"id":"model-2","orgId":"org-globex","name":"Orders","creationTime":${epoch},"timePeriod":"PT1H",` +
        '"modelType":"DATA_STREAM","modelCategory":"DATA","active":true,"tags":[]}]}',
    );
    const generate = lk.request.post('/v1/api-key?resource_id=model-3').set('X-API-Key', await keyOf('account'));
    expectHandled(await generate, 404, 'ResourceNotFound', 'Resource Model with ID model-3 not found.');
  });

  test('has keys in every state, with their instants, owners and scopes', async () => {
    const shown = (await get(`${keysOf('org-globex')}?user_id=user-hank`).expect(200)).body.items;
    const states = new Map(shown.map((key: { alias: string }) => [key.alias, key]));
    expect(states.get('hank')).toMatchObject({ keyId: 'HANK000000', creationTime: '2029-06-01T09:00:00' });
    expect(states.get('short')).toMatchObject({ expirationTime: '2030-01-01T00:05:00', scopes: [':user'] });
    expect(states.get('expired')).toMatchObject({ expirationTime: '2024-12-31T23:59:59', revoked: false });
    expect(states.get('revoked')).toMatchObject({ revoked: true });
    expect(states.get('suspended')).not.toHaveProperty('scopes');
    const { items } = (await get(keysOf('org-globex')).expect(200)).body;
    expect(items).toContainEqual(expect.objectContaining({ alias: 'writer', userId: 'ACCOUNT000', resourceId: 'model-1' }));
    expect(items).toContainEqual(expect.objectContaining({ alias: 'hank', lastUsedTime: '2029-12-31T23:59:59' }));
  });

  test('each key is accepted or refused by its state', async () => {
    for (const name of ['system', 'hank', 'account', 'writer', 'short', 'bare', 'orphan']) {
      await get(validatePath, await keyOf(name)).expect(200);
    }
    for (const name of ['expired', 'revoked', 'suspended']) expectSilent(await get(validatePath, await keyOf(name)), 403);
    expectSilent(await get(validatePath, user), 403);
    lk.world.clock.set(epoch + 5 * 60_000 + 1);
    expectSilent(await get(validatePath, await keyOf('short')), 403);
  });

  test('a key of the parent may act for the child', async () => {
    const named = { 'X-WHYLABS-ORGANIZATION': 'org-lab' };
    await get('/v1/api-key', await keyOf('account'))
      .set(named)
      .expect(200);
    expectSilent(await get('/v1/api-key', await keyOf('bare')).set(named), 403);
  });
});

describe('each problem of a seed file is reported with its path', () => {
  const problemsOf = async (section: object) => {
    writeFileSync(join(scratch, 'seed.json'), JSON.stringify({ whylabs: section }));
    const loading = loadSeeds({ name: 'seed.json', folder: scratch, modules: providers, providers: [], now: epoch });
    const error: unknown = await loading.catch((thrown: unknown) => thrown);
    if (!(error instanceof SeedFileError)) throw new Error('the seed was accepted');
    return error.problems.map((problem) => problem.replace(/^seed\.json:\d+: \/whylabs/, ''));
  };
  const org = { id: 'org-1' };
  const secret = `AAAAAAAAAA.${'x'.repeat(53)}`;
  const key = { organization: 'org-1', owner: 'u' };

  test.each<[what: string, section: object, problems: readonly string[]]>([
    ['the unknown organisation of a key', { keys: [key] }, ['/keys/0/organization there is no organisation "org-1"']],
    [
      'the unknown model of a key',
      {
        organizations: [org, { id: 'org-2' }],
        models: [{ organization: 'org-2', id: 'm' }],
        keys: [{ ...key, resourceId: 'm' }],
      },
      ['/keys/0/resourceId there is no model "m" in "org-1"'],
    ],
    [
      'the unknown parent of an organisation',
      { organizations: [{ ...org, parentOrgId: 'org-9' }] },
      ['/organizations/0/parentOrgId there is no organisation "org-9"'],
    ],
    [
      'an organisation that is its own parent',
      { organizations: [{ ...org, parentOrgId: 'org-1' }] },
      ['/organizations/0/parentOrgId must be another organisation, not "org-1" itself'],
    ],
    [
      'the unknown organisation and user of a membership',
      { memberships: [{ organization: 'org-1', user: 'x@example.com' }] },
      ['/memberships/0/organization there is no organisation "org-1"', '/memberships/0/user there is no user "x@example.com"'],
    ],
    [
      'the unknown organisation of a model',
      { models: [{ organization: 'org-1', id: 'm' }] },
      ['/models/0/organization there is no organisation "org-1"'],
    ],
    ['a repeated organisation', { organizations: [org, org] }, ['/organizations/1/id "org-1" is there already']],
    [
      'repeated users',
      { users: [{ email: 'a@b.c' }, { email: 'a@b.c', id: 'u' }, { email: 'd@b.c', id: 'u' }] },
      ['/users/1/email "a@b.c" is there already', '/users/2/id "u" is there already'],
    ],
    [
      'a repeated membership, the second one by address',
      {
        organizations: [org],
        users: [{ email: 'a@b.c', id: 'u' }],
        memberships: [
          { organization: 'org-1', user: 'u' },
          { organization: 'org-1', user: 'a@b.c' },
        ],
      },
      ['/memberships/1 repeats an earlier membership'],
    ],
    [
      'a repeated model',
      {
        organizations: [org],
        models: [
          { organization: 'org-1', id: 'm' },
          { organization: 'org-1', id: 'm' },
        ],
      },
      ['/models/1/id repeats an earlier model of the organisation'],
    ],
    [
      'a repeated secret',
      {
        organizations: [org],
        keys: [
          { ...key, secret },
          { ...key, secret },
        ],
      },
      [`/keys/1/secret "${secret}" is there already`],
    ],
    [
      'an expired key with a later expiry',
      { organizations: [org], keys: [{ ...key, state: 'expired', expiresIn: '5m' }] },
      ['/keys/0/state is expired, but the expiry is in the future'],
    ],
    [
      'an unknown scope',
      { keys: [{ ...key, scopes: [':foo'] }] },
      [expect.stringMatching(/^\/keys\/0\/scopes\/0 must be one of :acc/)],
    ],
    [
      'an unknown field',
      { users: [{ email: 'a@b.c', role: 'ADMIN' }] },
      ['/users/0/role is an unknown field: expected email, id, preferences'],
    ],
    [
      'an id that the real store cannot read',
      { organizations: [{ id: 'a#b' }] },
      [expect.stringMatching(/^\/organizations\/0\/id /)],
    ],
  ])('%s', async (_what, section, problems) => {
    expect(await problemsOf(section)).toEqual(problems);
  });
});

describe('a key added to a running world', () => {
  const lk = emulatorForTests();

  test('may refer only to what the world holds, from the seed or not', async () => {
    const request = { email: 'new@example.com', orgName: 'n', modelName: 'm', subscriptionTier: 'PAID' };
    const { body } = await lk.request.post('/v0/provision/new-user').set('X-API-Key', system).send(request).expect(200);
    const description = { organization: body.orgId, owner: body.userId, scopes: [':user'], resourceId: body.modelId };
    const { credential } = await lk.world.addKey('whylabs', description);
    await lk.request
      .get(`/v0/organizations/${body.orgId}/models`)
      .set('X-API-Key', credential.secret ?? '')
      .expect(200);
    await expect(lk.world.addKey('whylabs', { organization: 'org-x', owner: 'u' })).rejects.toThrow(
      'there is no organisation "org-x"',
    );
    await expect(lk.world.addKey('whylabs', { ...description, resourceId: 'model-2' })).rejects.toThrow(
      'there is no model "model-2"',
    );
  });
});
