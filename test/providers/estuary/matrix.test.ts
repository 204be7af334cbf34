import { describe, expect, test } from 'vitest';
import { generateDocuments } from '../../../scripts/documents.ts';
import { operationsOf } from '../../../scripts/supported.ts';
import { users } from '../../../src/providers/estuary/accounts/users/users.ts';
import { emulatorForTests, type TestEmulator } from '../emulator.ts';
import { carol } from './accounts.ts';
import { operations } from './contract.ts';
import { admin, alice, aliceToken, bearer, bob, createKey, listKeys } from './estuary.ts';

/** The status that each operation (row) answers each caller (column) with. `upload` stands for upload-only keys. */
const table = `
  operation             anonymous  unknown  expired  revoked  upload  level-0  level-1  user  admin-upload  admin
  healthGet             200        200      200      200      200     200      200      200   200           200
  registerPost          200        200      200      200      200     200      200      200   200           200
  loginPost             200        200      200      200      200     200      200      200   200           200
  checkApiKeyPost       200        200      200      200      200     200      200      200   200           200
  registerNewTokenGet   200        200      200      200      200     200      200      200   200           200
  viewerGet             401        401      401      401      200     403      200      200   200           200
  userApiKeysGet        401        401      401      401      403     403      403      200   403           200
  userApiKeysPost       401        401      401      401      403     403      403      200   403           200
  userApiKeysKeyDelete  401        401      401      401      403     403      403      200   403           200
  userExportGet         401        401      401      401      403     403      403      200   403           200
  userStatsGet          401        401      401      401      403     403      403      200   403           200
  userPasswordPut       401        401      401      401      403     403      403      200   403           200
  adminUsersGet         401        401      401      401      403     403      403      403   403           200
  adminInvitesGet       401        401      401      401      403     403      403      403   403           200
  adminInvitesCodePost  401        401      401      401      403     403      403      403   403           200
`;
const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/));
const [, ...columns] = head;

/** The header that each caller sends. */
const callers: Readonly<Record<string, (lk: TestEmulator) => Promise<string>>> = {
  anonymous: async () => '',
  unknown: async () => bearer('EST00000000-0000-4000-8000-0000000000ffARY'),
  expired: async (lk) => bearer((await createKey(lk, '?expiry=-1h')).token),
  revoked: async (lk) => {
    const { token } = await createKey(lk);
    await lk.request.delete(`/user/api-keys/${token}`).set('Authorization', alice).expect(200);
    return bearer(token);
  },
  upload: async (lk) => bearer((await createKey(lk, '?perms=upload')).token),
  'level-0': (lk) => atLevel(lk, 0),
  'level-1': (lk) => atLevel(lk, 1),
  user: async () => alice,
  'admin-upload': async (lk) => bearer((await createKey(lk, '?perms=upload', admin)).token),
  admin: async () => admin,
};

async function atLevel({ world }: TestEmulator, level: number): Promise<string> {
  await world.resources('estuary').change(users, '2', (user) => ({ ...user, level }));
  return alice;
}

/** The bodies of the operations that answer 400 without one. */
const bodies: Readonly<Record<string, object>> = {
  registerPost: carol,
  loginPost: { username: 'bob', passwordHash: 'bob-password-hash' },
  checkApiKeyPost: { token: aliceToken },
  userPasswordPut: { newPasswordHash: 'new-hash' },
};

const methods = { DELETE: 'delete', GET: 'get', POST: 'post', PUT: 'put' } as const;
const cells = rows.flatMap(([id = '', ...statuses]) =>
  columns.map((caller, column): [string, string, number] => [id, caller, Number(statuses[column])]),
);

test('the table has every operation of the document, and a status for every caller', async () => {
  const documented = operationsOf((await generateDocuments()).get('estuary')).map(([, , { operationId }]) => operationId);
  expect(rows.map(([id]) => id).toSorted()).toEqual(documented.toSorted());
  expect(columns).toEqual(Object.keys(callers));
  for (const row of rows) expect(row).toHaveLength(head.length);
});

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('who may call what in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });

  test.each(cells)('%s as %s: %i', async (id, caller, status) => {
    const operation = operations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`the contract has no ${id}`);
    const authorization = (await callers[caller]?.(lk)) ?? '';
    const call = lk.request[methods[operation.method]](operation.path.replace(/\{\w+\}/, 'x'));
    const answer = await call.set('Authorization', authorization).send(bodies[id]);
    expect(answer.status).toBe(status);
  });
});

describe("another user's records", () => {
  const lk = emulatorForTests();

  test('are neither shown nor changed, not even for an administrator', async () => {
    const { token } = await createKey(lk, '?label=mine');
    for (const stranger of [bob, admin]) {
      expect((await listKeys(lk, stranger)).map((key) => key.token)).not.toContain(token);
      await lk.request.delete(`/user/api-keys/${token}`).set('Authorization', stranger).expect(200);
      await lk.request.put('/user/password').set('Authorization', stranger).send({ newPasswordHash: 'x' }).expect(200);
    }
    await lk.request.get('/viewer').set('Authorization', bearer(token)).expect(200);
    await lk.request.post('/login').send({ username: 'alice', passwordHash: 'alice-password-hash' }).expect(200);
  });
});
