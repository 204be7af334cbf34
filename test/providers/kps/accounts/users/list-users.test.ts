import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import {
  addUserWithToken,
  admin,
  adminId,
  alice,
  aliceId,
  apiError,
  bobId,
  createUser,
  expectUnauthorized,
  shownAdmin,
  shownAlice,
  shownBob,
  usersPath,
} from '../../kps.ts';

const lk = emulatorForTests();
const list = (by: string, query: object = {}) => lk.request.get(usersPath).set('Authorization', by).query(query);
const orderByKeys = ['id', 'version', 'created_at', 'updated_at', 'name', 'email', 'role'];
const idsOf = (body: { readonly result: readonly { readonly id: string }[] }) => body.result.map(({ id }) => id);

describe('GET /v1.0/users 200', () => {
  test('gives an infra admin all users of the tenant, by id, on one line', async () => {
    const answer = await list(admin).expect(200);
    const paging = { pageIndex: 0, pageSize: 200_000, totalCount: 3, orderByKeys };
    expect(answer.text).toBe(`${JSON.stringify({ ...paging, result: [shownAdmin, shownAlice, shownBob] })}\n`);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('gives other callers only themselves, and still counts all', async () => {
    expect((await list(alice).expect(200)).body).toMatchObject({ totalCount: 3, result: [shownAlice] });
  });

  test('is the same with a slash at the end, which is not redirected', async () => {
    const answer = await lk.request.get(`${usersPath}/`).set('Authorization', alice).redirects(0);
    expect([answer.status, answer.text]).toEqual([200, (await list(alice)).text]);
  });

  test('shows neither a password nor its hash', async () => {
    await createUser(lk.request);
    const { text } = await list(admin);
    expect(text).not.toContain('P@ssw0rd');
    expect(text.match(/\*{56}[0-9a-f]{4}"/g)).toHaveLength(4);
  });

  test('stops at the tenant', async () => {
    const eve = await addUserWithToken(lk.world, 'tid-other', 'eve@example.net');
    expect((await list(eve)).body).toMatchObject({ totalCount: 1, result: [{ id: 'id-of-eve@example.net' }] });
    expect((await list(admin)).body).toMatchObject({ totalCount: 3, result: [shownAdmin, shownAlice, shownBob] });
  });

  test.each([
    [{ pageSize: 2 }, { pageIndex: 0, pageSize: 2 }, [adminId, aliceId]],
    [{ pageSize: 2, pageIndex: 1 }, { pageIndex: 1, pageSize: 2 }, [bobId]],
    [{ pageSize: 2, pageIndex: 2 }, { pageIndex: 2, pageSize: 2 }, []],
    [{ pageSize: 'two', pageIndex: '1x' }, { pageIndex: 0, pageSize: 200_000 }, [adminId, aliceId, bobId]],
    [{ pageSize: ['1', '2'] }, { pageIndex: 0, pageSize: 200_000 }, [adminId, aliceId, bobId]],
    [{ pageSize: 0, pageIndex: -1 }, { pageIndex: -1, pageSize: 0 }, [adminId, aliceId, bobId]],
  ])('returns the page for %j', async (query, paging, ids) => {
    const { body } = await list(admin, query).expect(200);
    expect(body).toMatchObject({ ...paging, totalCount: 3 });
    expect(idsOf(body)).toEqual(ids);
  });

  test.each([
    ['name', 'name'],
    [['NAME desc', 'id'], 'NAME desc, id'],
    [' created_at', ' created_at'],
  ])('repeats orderBy in the answer, but sorts by id: %j', async (orderBy, echoed) => {
    const { body } = await list(admin, { orderBy }).expect(200);
    expect(body.orderBy).toBe(echoed);
    expect(Object.keys(body)).toEqual(['pageIndex', 'pageSize', 'totalCount', 'orderBy', 'orderByKeys', 'result']);
    expect(idsOf(body)).toEqual([adminId, aliceId, bobId]);
  });

  test('ignores a filter', async () => {
    expect(idsOf((await list(admin, { filter: "name = 'Bob'" }).expect(200)).body)).toHaveLength(3);
  });

  test('is compressed for a client that accepts it', async () => {
    const answer = await list(admin).set('Accept-Encoding', 'gzip').expect(200);
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  });
});

describe('GET /v1.0/users 400', () => {
  test('for an unknown orderBy key', async () => {
    const answer = await list(admin, { orderBy: ['id', 'Password desc'] });
    expect([answer.status, answer.text]).toEqual([400, apiError(400, 20496, 'Unsupported orderBy key: Password')]);
  });
});

describe('GET /v1.0/users 401', () => {
  test('without a token', async () => {
    expectUnauthorized(await lk.request.get(usersPath));
  });
});
