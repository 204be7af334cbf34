import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../../../src/package.ts';
import { loadProviders } from '../../../../src/providers/index.ts';
import { loadSeeds } from '../../../../src/server/seed-file.ts';
import { SeedFileError } from '../../../../src/worlds/seeds.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import {
  aliceToken,
  bearer,
  carol,
  createUser,
  listed,
  locked,
  maxReached,
  tokensPath,
  usersPath,
  wrongPassword,
} from '../kps.ts';

const providers = await loadProviders();
const load = (name: string, folder: string) => loadSeeds({ name, folder, modules: providers, providers: [], now: epoch });
const example = await load('kps.yaml', join(root, 'examples', 'seeds'));
const scratch = mkdtempSync(join(tmpdir(), 'latchkey-kps-seed-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the example', () => {
  const lk = emulatorForTests({ seeds: example });
  const tokenOf = async (name: string) => {
    const found = (await lk.world.credentials()).get('kps')?.find((one) => one.name === name);
    return bearer(found?.secret ?? '');
  };
  const get = async (path: string, name: string) => lk.request.get(path).set('Authorization', await tokenOf(name));
  const logIn = (email: string, password: string) => lk.request.post('/v1.0/login').send({ email, password });

  test('has users of two tenants besides the first administrator, and each sees only its own', async () => {
    const { body } = await get(usersPath, 'anna');
    const shown = body.result.map(({ email, name, role }: Record<string, string>) => [email, name, role]);
    expect(new Map(shown.map((user: string[]) => [user[0], user.slice(1)]))).toEqual(
      new Map([
        ['anna@factory.example', ['Anna Admin', 'INFRA_ADMIN']],
        ['otto@factory.example', ['Otto Operator', 'USER']],
        ['lea@factory.example', ['Lea', 'USER']],
        ['finn@factory.example', ['finn@factory.example', 'USER']],
      ]),
    );
    expect((await get(usersPath, 'browser')).body).toMatchObject({ totalCount: 1, result: [{ tenantId: 'tid-clinic' }] });
    expect((await get(usersPath, 'admin')).body).toMatchObject({ totalCount: 1, result: [{ email: 'admin@example.com' }] });
    const { body: otto } = await get(`${usersPath}/7d3f5c1e-2b60-4b57-9a54-6f1f0c9d2e02`, 'pipeline');
    expect(otto).toMatchObject({ createdAt: '2028-05-01T08:00:00Z', updatedAt: '2028-05-01T08:00:00Z' });
  });

  test('has passwords, given or made of the e-mail', async () => {
    expect((await logIn('anna@factory.example', 'F@ctory-admin-1')).status).toBe(200);
    expect((await logIn('finn@factory.example', 'finn-password')).status).toBe(200);
    expect((await logIn('anna@factory.example', 'anna-password')).text).toBe(wrongPassword);
  });

  test('locks log-ins for a minute, and allows two tokens per user', async () => {
    for (let time = 0; time < 3; time++) await logIn('finn@factory.example', 'x').expect(401);
    expect((await logIn('finn@factory.example', 'finn-password')).text).toBe(locked);
    lk.world.clock.advance(60_001);
    expect((await logIn('finn@factory.example', 'finn-password')).status).toBe(200);
    const otto = await tokenOf('pipeline');
    expect((await lk.request.post(tokensPath).set('Authorization', otto).send({})).text).toBe(maxReached);
  });

  test('has tokens in every state, each with the answer of that state', async () => {
    const expected = { anna: 200, pipeline: 200, paused: 401, leaked: 401, 'five-minutes': 200, bygone: 401 };
    const sessions = { browser: 200, 'qr-code': 401, tablet: 401 };
    for (const [name, status] of Object.entries({ ...expected, ...sessions })) {
      expect([name, (await get(tokensPath, name)).status]).toEqual([name, status]);
    }
    const short = await lk.request.post('/v1.0/login/logintoken').set('Authorization', await tokenOf('qr-code'));
    expect(decodeJwt(short.body.token)).toMatchObject({ email: 'zoe@clinic.example', type: 'long' });
  });

  test('lists tokens with their dates and uses, suspended and expired ones as inactive', async () => {
    const { body } = await lk.request.get('/v1.0/userapitokensall').set('Authorization', await tokenOf('anna'));
    const shown = body.map(({ id, active }: { id: string; active: boolean }) => [id, active]);
    expect(shown).toContainEqual(['00000000-0000-4000-a000-0000000000f1', false]);
    expect(body).toContainEqual({
      id: 'c0ffee00-0000-4000-a000-000000000002',
      tenantId: 'tid-factory',
      userId: '7d3f5c1e-2b60-4b57-9a54-6f1f0c9d2e02',
      active: true,
      createdAt: '2029-06-01T12:00:00Z',
      updatedAt: '2029-06-01T12:00:00Z',
      usedAt: '2029-12-31T23:59:59.25Z',
    });
    const lea = await listed(lk.request, await tokenOf('five-minutes'));
    expect(lea.map(({ createdAt, active }) => [createdAt, active])).toEqual([
      ['2029-12-31T23:59:59Z', false],
      ['2030-01-01T00:00:00Z', true],
    ]);
  });

  test('has tokens that expire at their instant', async () => {
    lk.world.clock.advance(300_000);
    expect((await get(tokensPath, 'five-minutes')).status).toBe(200);
    lk.world.clock.advance(1);
    expect((await get(tokensPath, 'five-minutes')).status).toBe(401);
    lk.world.clock.set(Date.UTC(2100, 0, 1));
    expect((await get(tokensPath, 'browser')).status).toBe(200);
    lk.world.clock.advance(1);
    expect((await get(tokensPath, 'browser')).status).toBe(401);
  });

  test('has sessions with a fixed expiry, whose tokens stay the same', async () => {
    const before = await tokenOf('browser');
    lk.world.clock.advance(86_400_000);
    expect(await tokenOf('browser')).toBe(before);
    expect(decodeJwt(before)).toMatchObject({ email: 'zoe@clinic.example', exp: Date.UTC(2100, 0, 1) / 1000 });
  });
});

describe('a problem in a seed file is reported with its path', () => {
  const problemsOf = async (section: object) => {
    writeFileSync(join(scratch, 'seed.json'), JSON.stringify({ kps: section }));
    const error: unknown = await load('seed.json', scratch).catch((thrown: unknown) => thrown);
    if (!(error instanceof SeedFileError)) throw new Error('this seed was accepted');
    return error.problems.map((problem) => problem.replace(/^seed\.json:\d+: \/kps/, ''));
  };
  const sign = (claims: object, secret = 'latchkey-signing-secret-that-is-no-secret') => {
    const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    return `${parts.join('.')}.${createHmac('sha256', secret).update(parts.join('.')).digest('base64url')}`;
  };
  const owner = 'admin@example.com';
  const claims = { email: owner, id: '00000000-0000-4000-8000-000000000001', tenantId: 'tid-demo', tokenId: 'x', type: 'api' };
  const notAnApiToken = '/keys/0/secret must be an API token: of type "api", with a tokenId of at most 36 characters';
  const dora = { email: 'dora@example.com' };

  test.each<[what: string, section: object, problems: readonly string[]]>([
    ['an unknown owner of a key', { keys: [{ owner: 'nobody@x' }] }, ['/keys/0/owner there is no user "nobody@x"']],
    [
      'two users with one e-mail, in any case, and with one id',
      {
        users: [
          { ...dora, id: 'a' },
          { email: 'DORA@example.com', id: 'a' },
        ],
      },
      ['/users/1/email "dora@example.com" is there already', '/users/1/id "a" is there already'],
    ],
    [
      'two keys with one id, and with one secret',
      {
        keys: [
          { owner, id: 'a', name: 'a' },
          { owner, id: 'a', name: 'b' },
          { owner, name: 'c', secret: sign(claims) },
          { owner, name: 'd', secret: sign(claims) },
        ],
      },
      ['/keys/1/id "a" is there already', `/keys/3/secret "${sign(claims)}" is there already`],
    ],
    [
      'a secret with another signature',
      { keys: [{ owner, secret: aliceToken.replace(/.{4}$/, 'AAAA') }] },
      ['/keys/0/secret must be signed with the signing secret, by HS256'],
    ],
    [
      'a secret signed with another signing secret',
      { signingSecret: 'mine', keys: [{ owner, secret: sign(claims, 'yours') }] },
      ['/keys/0/secret must be signed with the signing secret, by HS256'],
    ],
    ['a secret that is not an API token', { keys: [{ owner, secret: sign({ ...claims, type: 'long' }) }] }, [notAnApiToken]],
    ['a secret without claims', { keys: [{ owner, secret: sign([]) }] }, [notAnApiToken]],
    [
      'a secret of another tenant',
      { keys: [{ owner, secret: sign({ ...claims, tenantId: 'x' }) }] },
      ['/keys/0/secret must have the email, id and tenantId of its owner'],
    ],
    [
      'a secret with another id',
      { keys: [{ owner, id: 'y', secret: sign(claims) }] },
      ['/keys/0/id must be the tokenId of the secret'],
    ],
    [
      'a session with a secret',
      { keys: [{ owner, session: 'long', secret: sign(claims) }] },
      ['/keys/0/secret must be left out when there is a session', '/keys/0/session needs expiresAt in a seed'],
    ],
    [
      'contradictions and bad times in the life of a key',
      { users: [{ ...dora, createdAt: 'once' }], keys: [{ owner, state: 'expired', expiresIn: '1h' }] },
      [
        '/keys/0/state is expired, but the expiry is in the future',
        '/users/0/createdAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "once"',
      ],
    ],
    [
      'unknown fields and wrong values',
      {
        lockMs: -1,
        tenants: [],
        users: [{ email: 'dora', role: 'KING' }],
        keys: [{ name: 'x', scopes: [], session: 'eternal', secret: 'no JWT' }],
      },
      [
        '/lockMs must be at least 0, not -1',
        '/tenants is an unknown field: expected signingSecret, tokensPerUser, loginFailures, lockMs, users, keys',
        '/users/0/email must match ^[^@]+@[^@]+$',
        '/users/0/role must be one of INFRA_ADMIN, USER, OPERATOR, OPERATOR_TENANT, not "KING"',
        '/keys/0/owner is missing',
        '/keys/0/scopes is an unknown field: expected owner, id, name, session, secret, state, createdAt, expiresAt, expiresIn, lastUsedAt',
        '/keys/0/session must be one of default, short, long, not "eternal"',
        '/keys/0/secret must match ^[\\w-]+\\.[\\w-]+\\.[\\w-]+$',
      ],
    ],
  ])('%s', async (_what, section, problems) => {
    expect((await problemsOf(section)).toSorted()).toEqual(problems.toSorted());
  });
});

describe('a key that is added to a running world', () => {
  const lk = emulatorForTests();

  test('may belong to a user who was created there, and is signed with the secret of that world', async () => {
    const id = await createUser(lk.request);
    const { key, credential } = await lk.world.addKey('kps', { owner: 'Carol@example.com', name: 'ci' });
    expect(key).toMatchObject({ owner: id, tenant: 'tid-demo', kind: 'key', state: 'active', expiresAt: null });
    expect(credential.description).toBe(`${carol.email}, USER`);
    expect(await listed(lk.request, credential.header?.value ?? '')).toMatchObject([{ id: key.id, userId: id }]);
  });

  test('is a new one each time, may be a session, and may exceed the limit', async () => {
    const owner = 'bob@example.com';
    const added = [
      await lk.world.addKey('kps', { owner }),
      await lk.world.addKey('kps', { owner }),
      await lk.world.addKey('kps', { owner }),
      await lk.world.addKey('kps', { owner, session: 'default' }),
    ];
    expect(new Set(added.map(({ key }) => key.id)).size).toBe(4);
    const by = added[3]?.credential.header?.value ?? '';
    expect(await listed(lk.request, by)).toHaveLength(3);
    expect((await lk.request.post(tokensPath).set('Authorization', by).send({})).text).toBe(maxReached);
  });

  test('is refused when its owner does not exist', async () => {
    await expect(lk.world.addKey('kps', { owner: 'nobody@example.com' })).rejects.toThrow('/keys/0/owner there is no user');
  });
});
