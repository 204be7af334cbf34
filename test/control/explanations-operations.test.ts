import { expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import * as kps from '../providers/kps/kps.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { type Case, explainedLast, explanation, inHeader, permitted, presenting } from './explained.ts';

const lk = emulatorForTests();
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => lk.request.get(path).set(headers);
const refused = (required: string) => ({ permission: { required, granted: false }, status: 403, code: 'permission_denied' });

const ofPermission: readonly Case[] = [
  {
    cause: 'a level too low',
    send: () => get('/admin/users', { Authorization: estuary.alice }),
    explained: explanation({
      provider: 'estuary',
      path: '/admin/users',
      operation: 'adminUsersGet',
      verdict: 'not permitted',
      sentence:
        'The key EST00000000… (alice) of 2 is active, but does not grant admin. What grants it: a full key of a user of level 10.',
      ...presenting.alice,
      ...refused('admin'),
    }),
  },
  {
    cause: 'a role too low',
    send: () => get('/v1.0/userapitokensall', { Authorization: kps.alice }),
    explained: explanation({
      provider: 'kps',
      path: '/v1.0/userapitokensall',
      operation: 'UserApiTokenList',
      verdict: 'not permitted',
      sentence: `The key cTIW3Y… of ${kps.aliceId} is active, but does not grant infra admin. What grants it: a token of a user with the role INFRA_ADMIN.`,
      ...presenting.kpsAlice,
      ...refused('infra admin'),
    }),
  },
  {
    cause: "a request for another user's keys, which the operation itself refuses",
    send: () => get('/v1/orgs/self/users/admin@me.com/apikeys', { Authorization: rockset.reader }),
    explained: explanation({
      provider: 'rockset',
      path: '/v1/orgs/self/users/admin@me.com/apikeys',
      operation: 'listApiKeys',
      verdict: 'not permitted',
      sentence:
        'The key reader… (reader) of reader@me.com is active, but does not grant ALL_GLOBAL_ACTIONS. What grants it: a role with that action (built in: admin).',
      ...presenting.reader,
      ...refused('ALL_GLOBAL_ACTIONS'),
    }),
  },
  {
    cause: 'a missing scope',
    send: () => get(whylabs.keysPath, { 'X-API-Key': whylabs.user }),
    explained: explanation({
      provider: 'whylabs',
      path: whylabs.keysPath,
      operation: 'ListApiKeys',
      verdict: 'not permitted',
      sentence:
        'The key USER000000… (user) of user-123 is active, but does not grant keys of the user. What grants it: a key with :whylabs_system, or of the organisation with :administrator or :account_administrator, or of that user.',
      ...presenting.user,
      ...refused('keys of the user'),
    }),
  },
  {
    cause: 'a foreign organisation',
    send: () => get('/v0/organizations/0/models', { 'X-API-Key': whylabs.admin }),
    explained: explanation({
      provider: 'whylabs',
      path: '/v0/organizations/0/models',
      operation: 'ListModels',
      verdict: 'not permitted',
      sentence:
        'The key ADMIN00000… (admin) of user-admin is active, but does not grant resources. What grants it: a key of the organisation with :administrator, :user, :read_resource or :write_resource.',
      ...presenting.administrator,
      ...refused('resources'),
    }),
  },
];

const ofOperations: readonly Case[] = [
  {
    cause: 'an operation that is not emulated',
    send: () => get('/v1/orgs/self/ws', { Authorization: rockset.admin }),
    explained: explanation({
      provider: 'rockset',
      path: '/v1/orgs/self/ws',
      operation: 'listWorkspaces',
      verdict: 'operation not emulated',
      sentence: 'rockset has the operation listWorkspaces, but latchkey does not emulate it.',
      ...presenting.rocksetAdmin,
      ...permitted('LIST_WS_GLOBAL'),
      status: 501,
      code: 'not_implemented',
    }),
  },
  {
    cause: 'an unknown path',
    send: () => get('/estuary/nowhere', { Authorization: estuary.alice }),
    explained: explanation({
      provider: 'estuary',
      path: '/nowhere',
      by: 'prefix',
      operation: null,
      verdict: 'no such operation',
      sentence: 'estuary has no operation for this method at this path.',
      credential: inHeader('authorization', 'EST00000000', 'not read'),
      status: 404,
      code: 'route_not_found',
    }),
  },
  {
    cause: 'an unknown method',
    send: () => lk.request.delete('/v1.0/users').set('Authorization', kps.admin),
    explained: explanation({
      provider: 'kps',
      path: '/v1.0/users',
      operation: null,
      verdict: 'no such operation',
      sentence: 'kps has no operation for this method at this path.',
      credential: inHeader('authorization', 'kSDNuU', 'not read'),
      status: 405,
      code: 'method_not_allowed',
    }),
  },
  {
    cause: 'a bad body',
    send: () => lk.request.post(rockset.ownKeys).set('Authorization', rockset.admin).type('json').send('{'),
    explained: explanation({
      provider: 'rockset',
      path: rockset.ownKeys,
      operation: 'createApiKey',
      verdict: 'refused by the operation',
      sentence: 'The key admin0… (admin) of admin@me.com was accepted; the operation refused the request (request_malformed).',
      ...presenting.rocksetAdmin,
      ...permitted('CREATE_API_KEY_GLOBAL'),
      status: 400,
      code: 'request_malformed',
    }),
  },
  {
    cause: "a bad parameter, in the provider's own words",
    send: () => lk.request.post('/user/api-keys?expiry=soon').set('Authorization', estuary.alice),
    explained: explanation({
      provider: 'estuary',
      path: '/user/api-keys?expiry=soon',
      operation: 'userApiKeysPost',
      verdict: 'refused by the operation',
      sentence: 'The key EST00000000… (alice) of 2 was accepted; the operation refused the request (500).',
      ...presenting.alice,
      ...permitted('user'),
      status: 500,
    }),
  },
  {
    cause: 'a wrong password, whatever key comes with it,',
    send: () =>
      lk.request.post('/v1.0/login').set('Authorization', kps.alice).send({ email: 'alice@example.com', password: 'guessed' }),
    explained: explanation({
      provider: 'kps',
      path: '/v1.0/login',
      operation: 'LoginCallV2',
      verdict: 'refused by the operation',
      sentence: 'kps requires no key here; the operation refused the request (401).',
      credential: inHeader('authorization', 'cTIW3Y', 'not read'),
      status: 401,
    }),
  },
  {
    cause: 'a call that needs no key',
    send: () => get('/health'),
    explained: explanation({
      provider: 'estuary',
      path: '/health',
      operation: 'healthGet',
      verdict: 'answered',
      sentence: 'estuary requires no key here.',
      status: 200,
    }),
  },
];

test.each([...ofPermission, ...ofOperations])('$cause is explained', async ({ send, explained }) => {
  await send();
  expect(await explainedLast(lk)).toEqual(explained);
});
