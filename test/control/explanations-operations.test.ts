import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import * as kps from '../providers/kps/kps.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { explainedLast, explanation, inHeader, keys, used } from './explained.ts';

const lk = emulatorForTests({ ownPorts: ['rockset'] });
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => lk.request.get(path).set(headers);
const control = (path: string, body: object = {}) => lk.request.post(`/_latchkey${path}`).send(body).expect(200);
const inject = async (fault: object): Promise<string> => (await control('/faults', fault)).body.id;
const idOf = async (owner: string) => (await lk.world.store.keys.find({ owner }))[0]?.id ?? '';

interface Case {
  readonly cause: string;
  send(): PromiseLike<unknown>;
  readonly explained: object;
}

const alice = { credential: inHeader('authorization', 'EST00000000'), key: used(keys.alice) };
const kpsAlice = { credential: inHeader('authorization', 'cTIW3Y'), key: used(keys.kpsAlice) };
const user = { credential: inHeader('x-api-key', 'USER000000'), key: used(keys.user) };
const administrator = { credential: inHeader('x-api-key', 'ADMIN00000'), key: used(keys.administrator) };
const reader = { credential: inHeader('authorization', 'reader'), key: used(keys.reader) };
const rocksetAdmin = { credential: inHeader('authorization', 'admin0'), key: used(keys.rocksetAdmin) };
const refused = (required: string) => ({ permission: { required, granted: false }, status: 403, code: 'permission_denied' });
const permitted = (required: string) => ({ permission: { required, granted: true } });

const ofPermission: readonly Case[] = [
  {
    cause: 'a level too low',
    send: () => get('/admin/users', { Authorization: estuary.alice }),
    explained: explanation({
      ...{ provider: 'estuary', path: '/admin/users', operation: 'adminUsersGet', verdict: 'not permitted' },
      sentence: 'The key EST00000000… (alice) of 2 is active, but does not grant admin.',
      ...{ ...alice, ...refused('admin') },
    }),
  },
  {
    cause: 'a role too low',
    send: () => get('/v1.0/userapitokensall', { Authorization: kps.alice }),
    explained: explanation({
      ...{ provider: 'kps', path: '/v1.0/userapitokensall', operation: 'UserApiTokenList', verdict: 'not permitted' },
      sentence: `The key cTIW3Y… of ${kps.aliceId} is active, but does not grant infra admin.`,
      ...{ ...kpsAlice, ...refused('infra admin') },
    }),
  },
  {
    cause: "somebody else's keys, which the operation itself finds out",
    send: () => get('/v1/orgs/self/users/admin@me.com/apikeys', { Authorization: rockset.reader }),
    explained: explanation({
      ...{ provider: 'rockset', path: '/v1/orgs/self/users/admin@me.com/apikeys', operation: 'listApiKeys' },
      verdict: 'not permitted',
      sentence: 'The key reader… (reader) of reader@me.com is active, but does not grant ALL_GLOBAL_ACTIONS.',
      ...{ ...reader, ...refused('ALL_GLOBAL_ACTIONS') },
    }),
  },
  {
    cause: 'a missing scope',
    send: () => get(whylabs.keysPath, { 'X-API-Key': whylabs.user }),
    explained: explanation({
      ...{ provider: 'whylabs', path: whylabs.keysPath, operation: 'ListApiKeys', verdict: 'not permitted' },
      sentence: 'The key USER000000… (user) of user-123 is active, but does not grant keys of the user.',
      ...{ ...user, ...refused('keys of the user') },
    }),
  },
  {
    cause: 'a foreign organisation',
    send: () => get('/v0/organizations/0/models', { 'X-API-Key': whylabs.admin }),
    explained: explanation({
      ...{ provider: 'whylabs', path: '/v0/organizations/0/models', operation: 'ListModels', verdict: 'not permitted' },
      sentence: 'The key ADMIN00000… (admin) of user-admin is active, but does not grant resources.',
      ...{ ...administrator, ...refused('resources') },
    }),
  },
];

const ofOperations: readonly Case[] = [
  {
    cause: 'an operation that is not emulated',
    send: () => get('/v1/orgs/self/ws', { Authorization: rockset.admin }),
    explained: explanation({
      ...{ provider: 'rockset', path: '/v1/orgs/self/ws', operation: 'listWorkspaces', verdict: 'operation not emulated' },
      sentence: 'rockset has the operation listWorkspaces, but latchkey does not emulate it.',
      ...{ ...rocksetAdmin, ...permitted('LIST_WS_GLOBAL'), status: 501, code: 'not_implemented' },
    }),
  },
  {
    cause: 'an unknown path',
    send: () => get('/estuary/nowhere', { Authorization: estuary.alice }),
    explained: explanation({
      ...{ provider: 'estuary', path: '/nowhere', by: 'prefix', operation: null, verdict: 'no such operation' },
      sentence: 'estuary has no operation for this method at this path.',
      credential: inHeader('authorization', 'EST00000000', 'not read'),
      ...{ status: 404, code: 'route_not_found' },
    }),
  },
  {
    cause: 'an unknown method',
    send: () => lk.request.delete('/v1.0/users').set('Authorization', kps.admin),
    explained: explanation({
      ...{ provider: 'kps', path: '/v1.0/users', operation: null, verdict: 'no such operation' },
      sentence: 'kps has no operation for this method at this path.',
      credential: inHeader('authorization', 'kSDNuU', 'not read'),
      ...{ status: 405, code: 'method_not_allowed' },
    }),
  },
  {
    cause: 'a bad body',
    send: () => lk.request.post(rockset.ownKeys).set('Authorization', rockset.admin).type('json').send('{'),
    explained: explanation({
      ...{ provider: 'rockset', path: rockset.ownKeys, operation: 'createApiKey', verdict: 'refused by the operation' },
      sentence: 'The key admin0… (admin) of admin@me.com was accepted; the operation refused the request (request_malformed).',
      ...{ ...rocksetAdmin, ...permitted('CREATE_API_KEY_GLOBAL'), status: 400, code: 'request_malformed' },
    }),
  },
  {
    cause: "a bad parameter, in the provider's own words",
    send: () => lk.request.post('/user/api-keys?expiry=soon').set('Authorization', estuary.alice),
    explained: explanation({
      ...{ provider: 'estuary', path: '/user/api-keys?expiry=soon', operation: 'userApiKeysPost' },
      verdict: 'refused by the operation',
      sentence: 'The key EST00000000… (alice) of 2 was accepted; the operation refused the request (500).',
      ...{ ...alice, ...permitted('user'), status: 500 },
    }),
  },
  {
    cause: 'a wrong password, whatever key comes with it',
    send: () =>
      lk.request.post('/v1.0/login').set('Authorization', kps.alice).send({ email: 'alice@example.com', password: 'guessed' }),
    explained: explanation({
      ...{ provider: 'kps', path: '/v1.0/login', operation: 'LoginCallV2', verdict: 'refused by the operation' },
      sentence: 'kps requires no key here; the operation refused the request (401).',
      credential: inHeader('authorization', 'cTIW3Y', 'not read'),
      status: 401,
    }),
  },
  {
    cause: 'a call that needs no key',
    send: () => get('/health'),
    explained: explanation({
      ...{ provider: 'estuary', path: '/health', operation: 'healthGet', verdict: 'answered' },
      ...{ sentence: 'estuary requires no key here.', status: 200 },
    }),
  },
];

const organization = { provider: 'rockset', path: '/v1/orgs/self', operation: 'getOrganization' } as const;
const answered = {
  ...{ ...organization, verdict: 'answered', sentence: 'The key admin0… (admin) of admin@me.com is active and may do this.' },
  ...{ ...rocksetAdmin, ...permitted('GET_ORG_GLOBAL'), status: 200 },
};
const ofMounts: readonly Case[] = [
  {
    cause: 'an owned path',
    send: () => get('/v1/orgs/self', { Authorization: rockset.admin }),
    explained: explanation(answered),
  },
  {
    cause: 'a path prefix',
    send: () => get('/rockset/v1/orgs/self', { Authorization: rockset.admin }),
    explained: explanation({ ...answered, by: 'prefix' }),
  },
  {
    cause: 'a host name',
    send: () => get('/v1/orgs/self', { Authorization: rockset.admin, Host: 'api.use1a1.rockset.com' }),
    explained: explanation({ ...answered, by: 'host' }),
  },
  {
    cause: 'a port of its own',
    send: () =>
      supertest(lk.providerUrls.get('rockset') ?? '')
        .get('/v1/orgs/self')
        .set('Authorization', rockset.admin),
    explained: explanation({ ...answered, by: 'port' }),
  },
  {
    cause: 'a cookie',
    send: () => get(whylabs.validatePath, { Cookie: `theme=dark; X-API-Key=${whylabs.admin}` }),
    explained: explanation({
      ...{ provider: 'whylabs', path: whylabs.validatePath, operation: 'ValidateApiKey', verdict: 'answered' },
      sentence: 'The key ADMIN00000… (admin) of user-admin is active and may do this.',
      ...{ ...administrator, ...permitted('any key'), status: 200 },
      credential: { from: 'cookie', hint: 'ADMIN00000…', problem: null },
    }),
  },
];

test.each([...ofPermission, ...ofOperations])('$cause is explained', async ({ send, explained }) => {
  await send();
  expect(await explainedLast(lk)).toEqual(explained);
});

test.each(ofMounts)('what came by $cause is explained', async ({ send, explained }) => {
  await send();
  expect(await explainedLast(lk)).toEqual(explained);
});

test("what came by the prefix of a world is explained, in that world's own journal", async () => {
  const world = await lk.worlds.open('checkout');
  await world.reset('everything');
  world.clock.freeze();
  const at = '2030-06-01T12:00:00.000Z';
  await lk.request.put('/~checkout/_latchkey/clock').send({ now: at }).expect(200);
  await get('/~checkout/v1/orgs/self', { Authorization: rockset.admin }).expect(200);
  expect(await explainedLast(lk, '/~checkout')).toEqual(
    explanation({ ...answered, world: 'checkout', at, key: used(keys.rocksetAdmin, at) }),
  );
});

describe('faults', () => {
  const viewer = { provider: 'estuary', path: '/viewer', operation: 'viewerGet' } as const;

  test('an answer that a fault gave is explained by it', async () => {
    const id = await inject({ effect: { status: 429, retryAfter: 2 } });
    await get('/viewer', { Authorization: estuary.alice }).expect(429);
    const credential = inHeader('authorization', 'EST00000000', 'not read');
    const injected = { verdict: 'injected', sentence: `An injected fault decided the answer: ${id}.`, faults: [id], status: 429 };
    expect(await explainedLast(lk)).toEqual(explanation({ ...viewer, ...injected, credential }));
  });

  test('a connection that a fault broke is explained by it, with no status', async () => {
    const id = await inject({ effect: { reset: true } });
    await expect(fetch(`${lk.url}/viewer`)).rejects.toThrow('fetch failed');
    const injected = { verdict: 'injected', sentence: `An injected fault decided the answer: ${id}.`, faults: [id], status: 0 };
    expect(await explainedLast(lk)).toEqual(explanation({ ...viewer, ...injected }));
  });

  test('a fault that only takes its time does not hide why a request was refused', async () => {
    const id = await inject({ effect: { delay: '1ms' } });
    await get('/viewer').expect(401);
    const refusal = { verdict: 'no credential', sentence: 'The request carries no credential that estuary reads.' };
    const answer = { faults: [id], status: 401, code: 'credential_missing' };
    expect(await explainedLast(lk)).toEqual(explanation({ ...viewer, ...refusal, ...answer }));
  });

  test('a new key that a fault keeps from being seen is told from an unknown one', async () => {
    await inject({ effect: { propagation: { issue: '10s' } } });
    const { credential } = await lk.world.addKey('rockset', { owner: 'admin@me.com', name: 'late', secret: 'l'.repeat(64) });
    await get('/v1/orgs/self', { Authorization: credential.header?.value ?? '' }).expect(401);
    expect(await explainedLast(lk)).toEqual(
      explanation({
        ...{ ...organization, verdict: 'key not seen yet', credential: inHeader('authorization', 'llllll') },
        sentence: 'The key llllll… (late) of admin@me.com was issued, but a fault still hides it from rockset.',
        key: { ...keys.rocksetAdmin, name: 'late', hint: 'llllll' },
        ...{ status: 401, code: 'key_unknown' },
      }),
    );
  });

  test('a revoked key that is accepted for a while yet is told from an active one', async () => {
    await inject({ effect: { propagation: { revoke: '10s' } } });
    await control(`/keys/${await idOf('reader@me.com')}/revoke`);
    lk.world.clock.advance(5000);
    await get('/v1/orgs/self', { Authorization: rockset.reader }).expect(200);
    const at = '2030-01-01T00:00:05.000Z';
    expect(await explainedLast(lk)).toEqual(
      explanation({
        ...{ ...organization, ...reader, ...permitted('GET_ORG_GLOBAL'), verdict: 'answered', at, status: 200 },
        sentence:
          'The key reader… (reader) of reader@me.com was revoked 5 s earlier, at 2030-01-01T00:00:00.000Z, but a fault still hides this from rockset.',
        key: { ...used(keys.reader, at), state: 'revoked', revokedAt: '2030-01-01T00:00:00.000Z' },
      }),
    );
  });
});
