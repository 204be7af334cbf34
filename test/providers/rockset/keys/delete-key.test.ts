import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, expectRefused, keysOf, member, ownKeys } from '../rockset.ts';

const lk = emulatorForTests();
const remove = (user: string, name: string, by = admin) => lk.request.delete(keysOf(user, name)).set('Authorization', by);

async function create(name: string, by = admin): Promise<string> {
  const { body } = await lk.request.post(ownKeys).set('Authorization', by).send({ name }).expect(200);
  return body.data.key;
}

describe('DELETE …/apikeys/{name} 200', () => {
  test('the answer is the key, masked, and the key is refused from the next request on', async () => {
    const secret = await create('k');
    const answer = await remove('self', 'k').expect(200);
    expect(answer.text).toBe(
      `{"data":{"created_at":"2030-01-01T00:00:00Z","name":"k","key":"${secret.slice(0, 4)}${'*'.repeat(60)}",` +
        '"last_access_time":"2030-01-01T00:00:00Z","expiry_time":null,"role":null,"created_by":"admin@me.com","state":"ACTIVE"}}',
    );
    const refusal = await lk.request.get(ownKeys).set('Authorization', apiKey(secret));
    expectRefused(refusal);
  });

  test('the answer has the last state of the key', async () => {
    await create('k');
    await lk.request.post(keysOf('self', 'k')).set('Authorization', admin).send({ state: 'SUSPENDED' }).expect(200);
    expect((await remove('self', 'k').expect(200)).body.data.state).toBe('SUSPENDED');
  });

  test('a JSON content type without a body is accepted, as Java sends it', async () => {
    await create('k');
    await remove('self', 'k').set('Content-Type', 'application/json').expect(200);
  });

  test('the key in use may delete itself: its next request is refused', async () => {
    await remove('self', 'member', member).expect(200);
    const answer = await lk.request.get(ownKeys).set('Authorization', member);
    expectRefused(answer);
  });

  test("an administrator's key deletes another user's key", async () => {
    const secret = await create('k', member);
    await remove('member@me.com', 'k').expect(200);
    await lk.request.get(ownKeys).set('Authorization', apiKey(secret)).expect(401);
  });

  test('exactly one of 50 concurrent deletions of one key succeeds', async () => {
    await create('k');
    const answers = await Promise.all(Array.from({ length: 50 }, () => remove('self', 'k')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 404)]);
  });

  test('a later key of the same name is another key: the old secret stays refused', async () => {
    const old = await create('k');
    await remove('self', 'k').expect(200);
    const renewed = await create('k');
    expect(renewed).not.toBe(old);
    await lk.request.get(ownKeys).set('Authorization', apiKey(old)).expect(401);
    await lk.request.get(ownKeys).set('Authorization', apiKey(renewed)).expect(200);
  });
});

describe('DELETE …/apikeys/{name} 403 and 404', () => {
  test('a deleted key is unknown to every operation', async () => {
    await create('k');
    await remove('self', 'k').expect(200);
    const path = keysOf('self', 'k');
    const answers = [
      await remove('self', 'k'),
      await lk.request.get(path).set('Authorization', admin),
      await lk.request.post(path).set('Authorization', admin).send({ state: 'ACTIVE' }),
    ];
    for (const answer of answers) expectError(answer, 404, 'NOTFOUND', 'API key "k" not found', 'API_KEY_NOT_FOUND');
  });

  test("only an administrator may delete another user's key", async () => {
    expectError(await remove('admin@me.com', 'admin', member), 403, 'FORBIDDEN', 'Not authorized to perform this action');
    const own = await remove('self', 'admin', member);
    expectError(own, 404, 'NOTFOUND', 'API key "admin" not found', 'API_KEY_NOT_FOUND');
    await lk.request.get(ownKeys).set('Authorization', admin).expect(200);
  });

  test('an empty name and an unknown user are not found', async () => {
    expectError(await remove('self', ''), 404, 'NOTFOUND', 'API key "" not found', 'API_KEY_NOT_FOUND');
    expectError(await remove('nobody@me.com', 'k'), 404, 'NOTFOUND', 'User "nobody@me.com" not found');
  });
});
