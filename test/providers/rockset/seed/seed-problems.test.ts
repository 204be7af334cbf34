import { describe, expect, test } from 'vitest';
import { SeedError } from '../../../../src/provider/seed/error.ts';
import rockset from '../../../../src/providers/rockset/index.ts';
import { readReporting } from '../../../../src/worlds/seeds.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';

const { seeds } = rockset.emulate('2022');

/** The problems of a section, each with its path. */
async function problemsOf(section: object): Promise<readonly string[]> {
  const thrown: unknown = await readReporting('rockset', epoch, (context) => seeds.readFile(section, context)).catch(
    (error: unknown) => error,
  );
  if (!(thrown instanceof SeedError)) return [];
  return thrown.problems.map(({ path, problem }) => `/${path.join('/')} ${problem}`);
}

const key = { owner: 'admin@me.com', name: 'k' };
const secret = 'x'.repeat(64);

describe('a section with unknown references or contradictions is reported with the path', () => {
  test.each<[string, object, string[]]>([
    [
      'an organization of a user',
      { users: [{ email: 'a@b', organization: 'x' }] },
      ['/users/0/organization there is no organization "x"'],
    ],
    [
      'an organization of a role',
      { roles: [{ name: 'r', organization: 'x', privileges: [] }] },
      ['/roles/0/organization there is no organization "x"'],
    ],
    ['a role of a user', { users: [{ email: 'a@b', roles: ['member', 'x'] }] }, ['/users/0/roles/1 there is no role "x"']],
    [
      'a role of another organization',
      {
        organizations: [{ id: 'other' }],
        roles: [{ name: 'r', organization: 'other', privileges: [] }],
        users: [{ email: 'a@b', roles: ['r'] }],
        keys: [{ ...key, role: 'r' }],
      },
      ['/users/0/roles/0 there is no role "r"', '/keys/0/role there is no role "r"'],
    ],
    ['a role of a key', { keys: [{ ...key, role: 'x' }] }, ['/keys/0/role there is no role "x"']],
    ['an owner', { keys: [{ ...key, owner: 'x@me.com' }] }, ['/keys/0/owner there is no user "x@me.com"']],
    [
      'an owner in an organization',
      { organizations: [{ id: 'other' }], keys: [{ ...key, organization: 'other' }] },
      ['/keys/0/owner there is no user "admin@me.com" in the organization "other"'],
    ],
    ['an organization twice', { organizations: [{ id: 'a' }, { id: 'a' }] }, ['/organizations/1/id "a" is there already']],
    [
      'a role twice',
      {
        roles: [
          { name: 'r', privileges: [] },
          { name: 'r', organization: 'acme', privileges: [] },
        ],
      },
      ['/roles/1/name "r" already exists'],
    ],
    ['a built-in role', { roles: [{ name: 'admin', privileges: [] }] }, ['/roles/0/name "admin" already exists']],
    ['a user twice, in any case', { users: [{ email: 'a@b' }, { email: 'A@B' }] }, ['/users/1/email "A@B" already exists']],
    ['a name twice', { keys: [key, { ...key, owner: 'Admin@me.com' }] }, ['/keys/1/name "k" already exists']],
    [
      'a secret twice',
      {
        keys: [
          { ...key, secret },
          { ...key, name: 'l', secret },
        ],
      },
      [`/keys/1/secret "${secret}" is there already`],
    ],
    ['a secret of another shape', { keys: [{ ...key, secret: 'short' }] }, ['/keys/0/secret must be 64 letters and digits']],
    ['a key without a name', { keys: [{ owner: 'admin@me.com' }] }, ['/keys/0/name is missing']],
    [
      'an id token with fields that it cannot have',
      { keys: [{ ...key, idToken: true, role: 'admin', createdByKey: 'x', secret }] },
      [
        '/keys/0/name must be left out for an id token',
        '/keys/0/role must be left out for an id token',
        '/keys/0/createdByKey must be left out for an id token',
        '/keys/0/secret must be three parts separated by dots',
      ],
    ],
    [
      'an expired key with a future expiry',
      { keys: [{ ...key, state: 'expired', expiresIn: '1h' }] },
      ['/keys/0/state is expired, but the expiry is in the future'],
    ],
    [
      'malformed instants',
      {
        organizations: [{ id: 'a', createdAt: 'x' }],
        roles: [{ name: 'r', privileges: [], createdAt: 'x' }],
        users: [{ email: 'a@b', createdAt: 'x' }],
      },
      ['organizations', 'roles', 'users'].map(
        (list) => `/${list}/0/createdAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "x"`,
      ),
    ],
    [
      'an unknown action and an unknown field',
      { roles: [{ name: 'r', privileges: [{ action: 'FLY', wings: 2 }] }] },
      [
        '/roles/0/privileges/0/wings is an unknown field: expected action, resourceName, cluster',
        expect.stringMatching(/^\/roles\/0\/privileges\/0\/action must be one of ALL_GLOBAL_ACTIONS, /),
      ],
    ],
  ])('%s', async (_, section, problems) => {
    expect(await problemsOf(section)).toEqual(problems);
  });

  test('the name of a revoked key is free, and two organizations may have roles of one name', async () => {
    const section = {
      organizations: [{ id: 'other' }],
      roles: ['acme', 'other'].map((organization) => ({ name: 'r', organization, privileges: [] })),
      keys: [{ ...key, state: 'revoked', secret }, key],
    };
    expect(await problemsOf(section)).toEqual([]);
  });
});

describe('a key that is added to a running world', () => {
  const lk = emulatorForTests();
  const add = (description: object) => lk.world.addKey('rockset', description);

  test('may refer to records that were made after the start', async () => {
    await expect(add({ owner: 'late@me.com', name: 'k' })).rejects.toThrow('there is no user "late@me.com"');
    const post = (path: string, body: object) =>
      lk.request
        .post(`/v1/orgs/self/${path}`)
        .set('Authorization', `ApiKey ${'admin0LatchkeySeed'.padEnd(64, '0')}`)
        .send(body);
    await post('roles', { role_name: 'late' }).expect(200);
    await post('users', { email: 'late@me.com', roles: ['late'] }).expect(200);
    const { key: added, credential } = await add({ owner: 'Late@me.com', name: 'k', role: 'late', expiresIn: '5m' });
    expect(added).toMatchObject({
      tenant: 'acme',
      owner: 'late@me.com',
      grants: { roles: ['late'] },
      expiresAt: epoch + 300_000,
    });
    expect(credential.description).toBe('late@me.com of acme, role late');
  });

  test('gets a new secret every time', async () => {
    const secrets = await Promise.all(
      [1, 2].map(async () => (await add({ owner: 'admin@me.com', idToken: true })).credential.secret),
    );
    expect(new Set(secrets).size).toBe(2);
  });
});
