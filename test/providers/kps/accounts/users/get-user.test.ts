import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../../emulator.ts';
import {
  addUserWithToken,
  admin,
  adminId,
  alice,
  aliceId,
  bobId,
  expectUnauthorized,
  noRecord,
  shownAlice,
  shownBob,
  usersPath,
} from '../../kps.ts';

const lk = emulatorForTests();
const get = (id: string, by: string) => lk.request.get(`${usersPath}/${id}`).set('Authorization', by);

describe('GET /v1.0/users/{id} 200', () => {
  test('shows all nine fields in wire order, and a newline', async () => {
    const answer = await get(bobId, admin).expect(200);
    expect(answer.text).toBe(`${JSON.stringify(shownBob)}\n`);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', vary: 'Accept-Encoding' });
  });

  test('shows users their own record', async () => {
    expect((await get(aliceId, alice).expect(200)).body).toEqual(shownAlice);
  });

  test('shows when the user last changed, in the version as nanoseconds', async () => {
    lk.world.clock.advance(250);
    const changes = { email: 'bob@example.com', name: 'Robert' };
    await lk.request.put(`${usersPath}/${bobId}`).set('Authorization', admin).send(changes).expect(200);
    const { text } = await get(bobId, admin);
    expect(text).toContain('"version":1893456000250000000,');
    expect(JSON.parse(text)).toMatchObject({ createdAt: '2030-01-01T00:00:00Z', updatedAt: '2030-01-01T00:00:00.25Z' });
  });
});

describe('GET /v1.0/users/{id} 404', () => {
  test.each([
    ['an unknown id', 'nobody', admin],
    ['another user, when the caller is not an infra admin', adminId, alice],
  ])('for %s', async (_case, id, by) => {
    const answer = await get(id, by);
    expect([answer.status, answer.text]).toEqual([404, noRecord(id)]);
  });

  test('for a user of another tenant', async () => {
    const eve = await addUserWithToken(lk.world, 'tid-other', 'eve@example.net');
    expect((await get(bobId, eve)).text).toBe(noRecord(bobId));
    expect((await get('id-of-eve@example.net', admin)).text).toBe(noRecord('id-of-eve@example.net'));
  });
});

test('GET /v1.0/users/{id} 401 without a token', async () => {
  expectUnauthorized(await lk.request.get(`${usersPath}/${aliceId}`));
});
