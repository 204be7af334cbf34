import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../emulator.ts';
import { addUserWithToken, admin, aliceId, aliceTokenId, bearer, bobId, carol, logIn, tokensPath, usersPath } from './kps.ts';

const lk = emulatorForTests();
const owner = 'bob@example.com';
const tokenOf = async (life: object = {}) => (await lk.world.addKey('kps', { owner, ...life })).credential.header?.value ?? '';
const exchanged = async (path: string, by: string) => {
  const { body } = await lk.request.post(`/v1.0/login/${path}`).set('Authorization', by).expect(200);
  return bearer(body.token);
};

/** The callers. `inactive`, `user`, `login`, `short` and `long` are credentials of bob, who has no rights on alice or her token. */
const callers = {
  /** No credential at all. */
  nobody: async () => undefined,
  /** A token that was never issued. */
  rubbish: async () => 'Bearer rubbish',
  /** An API token that was disabled. */
  inactive: () => tokenOf({ state: 'suspended' }),
  /** An API token of a USER. */
  user: () => tokenOf(),
  /** The token of a log-in. */
  login: () => logIn(lk.request, 'bob'),
  /** A short token, exchanged for that of a log-in. */
  short: async () => exchanged('shortlogintoken', await logIn(lk.request, 'bob')),
  /** A long token, exchanged for a short one. */
  long: async () => exchanged('logintoken', await callers.short()),
  /** An API token of an INFRA_ADMIN. */
  admin: async () => admin,
  /** An API token of an INFRA_ADMIN of another tenant. */
  foreign: () => addUserWithToken(lk.world, 'tid-other', 'eve@example.net'),
  /** An API token of a user with a hidden role. */
  operator: () => addUserWithToken(lk.world, 'tid-demo', 'op@example.com', 'OPERATOR'),
};
type Caller = keyof typeof callers;

/** One call of each operation; those that concern a user or a token concern alice or hers. */
const calls: Readonly<Record<string, readonly [method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object]>> = {
  UserApiTokenCreate: ['post', tokensPath, { active: true }],
  UserApiTokenGet: ['get', tokensPath],
  UserApiTokenList: ['get', '/v1.0/userapitokensall'],
  UserApiTokenUpdate: ['put', `${tokensPath}/${aliceTokenId}`, { userId: aliceId, active: false }],
  UserApiTokenDelete: ['delete', `${tokensPath}/${aliceTokenId}`],
  LoginCallV2: ['post', '/v1.0/login', { email: 'alice@example.com', password: 'alice-password' }],
  LoginCall: ['post', '/v1/login', { email: 'alice@example.com', password: 'alice-password' }],
  ShortLoginTokenV1: ['post', '/v1.0/login/shortlogintoken'],
  LoginTokenV1: ['post', '/v1.0/login/logintoken'],
  UserListV2: ['get', usersPath],
  UserGetV2: ['get', `${usersPath}/${aliceId}`],
  UserCreateV2: ['post', usersPath, carol],
  UserUpdateV3: ['put', `${usersPath}/${aliceId}`, { ...carol, email: 'alice@example.com' }],
  UserDeleteV2: ['delete', `${usersPath}/${aliceId}`],
  IsEmailAvailable: ['get', '/v1.0/isemailavailable?email=carol@example.com'],
};

/** The status of each call; `=` marks a success of a changing operation that changes nothing. */
const table = `
                    nobody rubbish inactive user  login short long  admin foreign operator
UserApiTokenCreate  401    401     401      200   200   401   200   200   200     200
UserApiTokenGet     401    401     401      200   200   401   200   200   200     200
UserApiTokenList    401    401     401      403   403   401   403   200   200     403
UserApiTokenUpdate  401    401     401      400   400   401   400   200   200=    400
UserApiTokenDelete  401    401     401      200=  200=  401   200=  200=  200=    200=
LoginCallV2         200    200     200      200   200   200   200   200   200     200
LoginCall           200    200     200      200   200   200   200   200   200     200
ShortLoginTokenV1   401    401     401      403   200   403   403   403   403     403
LoginTokenV1        401    401     401      403   403   200   403   403   403     403
UserListV2          401    401     401      200   200   401   200   200   200     200
UserGetV2           401    401     401      404   404   401   404   200   404     404
UserCreateV2        401    401     401      403   403   401   403   200   200     403
UserUpdateV3        401    401     401      403   403   401   403   200   200=    403
UserDeleteV2        401    401     401      403   403   401   403   200   200=    403
IsEmailAvailable    401    401     401      403   403   401   403   200   200     403
`;
const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([operation = '', ...outcomes]) =>
  outcomes.map((outcome, column) => ({ operation, caller: callerOf(head[column]), outcome })),
);

function callerOf(name = ''): Caller {
  if (!isCaller(name)) throw new Error(`there is no caller ${name}`);
  return name;
}

function isCaller(name: string): name is Caller {
  return Object.hasOwn(callers, name);
}

/** All keys without the times of their use, and all resources. */
async function stateOf(): Promise<string> {
  const keys = await lk.world.keys('kps').find({});
  return JSON.stringify([keys.map((key) => ({ ...key, lastUsedAt: null })), await lk.world.resources('kps').listAll()]);
}

describe('who may do what', () => {
  test.each(cells)('$operation by $caller: $outcome', async ({ operation, caller, outcome }) => {
    const [method, path, body] = calls[operation] ?? [];
    if (method === undefined || path === undefined) throw new Error(`no call is defined for ${operation}`);
    const by = await callers[caller]();
    // So that a log-in gets another token than the caller has.
    lk.world.clock.advance(1000);
    const before = await stateOf();
    const call = lk.request[method](path);
    const { status } = await (by === undefined ? call : call.set('Authorization', by)).send(body);
    const isIdle = status === 200 && method !== 'get' && (await stateOf()) === before;
    expect(`${status}${isIdle ? '=' : ''}`).toBe(outcome);
    if (status >= 400) expect(await stateOf()).toBe(before);
  });

  test('the table has a row for every operation', async () => {
    const { body } = await lk.request.get('/_latchkey/providers').expect(200);
    const found: { operations: { id: string }[] } = body.providers.find(({ name }: { name: string }) => name === 'kps');
    expect(rows.map(([operation]) => operation).toSorted()).toEqual(found.operations.map(({ id }) => id).toSorted());
  });
});

describe('a caller’s own', () => {
  test.each([
    ['token may be disabled', 'put', async (id: string) => `${tokensPath}/${id}`, { userId: bobId, active: false }],
    ['token may be deleted', 'delete', async (id: string) => `${tokensPath}/${id}`, undefined],
    ['user may be read', 'get', async () => `${usersPath}/${bobId}`, undefined],
    ['user may be changed', 'put', async () => `${usersPath}/${bobId}`, { email: owner, name: 'Robert' }],
  ] as const)('%s', async (_what, method, pathOf, body) => {
    const { key, credential } = await lk.world.addKey('kps', { owner });
    const by = credential.header?.value ?? '';
    const before = await stateOf();
    await lk.request[method](await pathOf(key.id))
      .set('Authorization', by)
      .send(body)
      .expect(200);
    if (method !== 'get') expect(await stateOf()).not.toBe(before);
  });
});
