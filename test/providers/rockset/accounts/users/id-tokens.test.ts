import { beforeEach, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import { admin, apiKey, expectRefused, ownKeys, rolesPath, secrets, usersPath } from '../../rockset.ts';

const lk = emulatorForTests();
const hourMs = 3_600_000;
const tokens = { admin: '', reader: '' };

beforeEach(async () => {
  for (const name of ['admin', 'reader'] as const) {
    const { credential } = await lk.world.addKey('rockset', { owner: `${name}@me.com`, idToken: true });
    tokens[name] = credential.secret ?? '';
  }
});

const call = (authorization: string, organization?: string, path = ownKeys) => {
  const request = lk.request.get(path).set('Authorization', authorization);
  return organization === undefined ? request : request.set('organization', organization);
};

describe('an id token is accepted', () => {
  test.each(['Bearer', 'bearer', 'BEARER'])('as %s, with the header that names its organization', async (scheme) => {
    const { body } = await call(`${scheme} ${tokens.reader}`, 'acme', usersPath('self')).expect(200);
    expect(body.email).toBe('reader@me.com');
  });

  test('for a day, and not a millisecond longer', async () => {
    lk.world.clock.advance(24 * hourMs);
    await call(`Bearer ${tokens.admin}`, 'acme').expect(200);
    lk.world.clock.advance(1);
    expectRefused(await call(`Bearer ${tokens.admin}`, 'acme'));
  });

  test('with all the roles of its owner, and no others', async () => {
    await call(`Bearer ${tokens.admin}`, 'acme', '/v1/orgs/self/users/member@me.com/apikeys').expect(200);
    await call(`Bearer ${tokens.reader}`, 'acme', '/v1/orgs/self/users/member@me.com/apikeys').expect(403);
    const create = lk.request.post(rolesPath()).set('Authorization', `Bearer ${tokens.reader}`).set('organization', 'acme');
    await create.send({ role_name: 'r' }).expect(403);
  });

  test('and is not an API key: no list has it', async () => {
    const { body } = await call(`Bearer ${tokens.admin}`, 'acme').expect(200);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['admin']);
  });
});

describe('an id token is refused', () => {
  test('as an API key', async () => {
    expectRefused(await call(apiKey(tokens.admin)));
    expectRefused(await call(apiKey(tokens.admin), 'acme'));
  });

  test.each([undefined, '', 'other', 'ACME', 'acme, acme'])('with the organization %j', async (organization) => {
    expectRefused(await call(`Bearer ${tokens.admin}`, organization));
  });

  test('when it was never issued', async () => {
    for (const token of ['eyJhbGciOiJSUzI1NiJ9.e30.c2ln', `${tokens.admin}x`, 'x']) {
      expectRefused(await call(`Bearer ${token}`, 'acme'));
      expectRefused(await call(`Bearer ${token}`));
    }
  });

  test('when it was suspended or revoked', async () => {
    for (const state of ['suspended', 'revoked']) {
      const { credential } = await lk.world.addKey('rockset', { owner: 'admin@me.com', idToken: true, state });
      expectRefused(await call(`Bearer ${credential.secret}`, 'acme'));
    }
  });
});

test('an API key is refused as a bearer token, with and without an organization', async () => {
  expectRefused(await call(`Bearer ${secrets.admin}`));
  expectRefused(await call(`Bearer ${secrets.admin}`, 'acme'));
});

test('Bearer alone is malformed', async () => {
  expectRefused(await call('Bearer', 'acme'));
});

describe('a key that was created with an id token', () => {
  const later = emulatorForTests({ profiles: { rockset: '2023' } });

  test('was not created by a key, and works like any other', async () => {
    const { credential } = await later.world.addKey('rockset', { owner: 'admin@me.com', idToken: true });
    const create = (by: string, name: string) =>
      later.request.post(ownKeys).set('Authorization', by).set('organization', 'acme').send({ name }).expect(200);
    const { body } = await create(credential.header?.value ?? '', 'k');
    expect(body.data).toMatchObject({ name: 'k', created_by: 'admin@me.com', created_by_apikey_name: null });
    expect((await create(apiKey(body.data.key), 'l')).body.data.created_by_apikey_name).toBe('k');
    expect((await create(admin, 'm')).body.data.created_by_apikey_name).toBe('admin');
  });
});
