import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import {
  adminId,
  alice,
  aliceId,
  aliceToken,
  aliceTokenId,
  create,
  line,
  listed,
  logIn,
  tokensPath,
  unauthorized,
} from '../kps.ts';
import { send } from './socket-client.ts';

/** The requests of the vendor's generated Python client (kps_api 1.0.1262), recorded on loopback. It has no counterpart on npm. */
const lk = emulatorForTests();
const always = {
  'Accept-Encoding': 'identity',
  'User-Agent': 'Swagger-Codegen/1.0.0/python',
  'Content-Type': 'application/json',
};
const authorized = (authorization: string) => ({ ...always, Authorization: authorization, Accept: 'application/json' });
const withBody = (headers: Record<string, string>, body: string) => ({
  headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
  body,
});
const call = (method: string, path: string, headers: Record<string, string>, body?: string) =>
  send(lk.url, { method, path, ...(body === undefined ? { headers } : withBody(headers, body)) });

describe('kps_api', () => {
  test('logs in without an Authorization header', async () => {
    const answer = await call('POST', '/v1.0/login', always, '{"email": "alice@example.com", "password": "alice-password"}');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      token: expect.any(String),
      _id: aliceId,
      name: 'Alice',
      email: 'alice@example.com',
    });
  });

  test('creates a token', async () => {
    const answer = await call('POST', tokensPath, authorized(alice), '{"active": true}');
    expect(answer.status).toBe(200);
    const { id, token } = JSON.parse(answer.text);
    expect(answer.text).toBe(`{"id":"${id}","tenantId":"tid-demo","userId":"${aliceId}","token":"${token}"}\n`);
  });

  test('lists with a content type, but no body', async () => {
    const answer = await call('GET', tokensPath, authorized(alice));
    expect(answer).toEqual({
      status: 200,
      text: `[${line({ id: aliceTokenId, userId: aliceId, usedAt: '2030-01-01T00:00:00Z' })}]`,
    });
    expect((await call('GET', '/v1.0/userapitokensall', authorized(alice))).status).toBe(403);
  });

  test('lists at //v1.0/… when its host ends in a slash', async () => {
    expect((await call('GET', `/${tokensPath}`, authorized(alice))).status).toBe(200);
    expect((await call('POST', `/${tokensPath}`, authorized(alice), '{"active": true}')).status).toBe(200);
  });

  test('sends back a token that it received: year-1 usedAt, offsets instead of Z', async () => {
    const { id } = await create(lk.request, alice);
    const at = '2030-01-01T00:00:00+00:00';
    const body = `{"active": false, "createdAt": "${at}", "id": "${id}", "updatedAt": "${at}", "usedAt": "0001-01-01T00:00:00+00:00", "userId": "${aliceId}"}`;
    const answer = await call('PUT', `${tokensPath}/${id}`, authorized(alice), body);
    expect(answer).toEqual({ status: 200, text: `{"id":"${id}"}\n` });
    expect((await listed(lk.request, alice)).find((token) => token.id === id)?.active).toBe(false);
  });

  test('sends back microseconds', async () => {
    const body = `{"active": true, "createdAt": "2021-02-18T19:32:49.123456+00:00", "userId": "${aliceId}"}`;
    expect((await call('PUT', `${tokensPath}/a1`, authorized(alice), body)).text).toBe('{"id":"a1"}\n');
  });

  test('deletes with a JSON content type, without a body and without a Content-Length', async () => {
    const { id } = await create(lk.request, alice);
    const answer = await call('DELETE', `${tokensPath}/${id}`, authorized(alice));
    expect(answer).toEqual({ status: 200, text: `{"id":"${id}"}\n` });
  });

  test('encodes ids in the path', async () => {
    expect((await call('DELETE', `${tokensPath}/a%20b`, authorized(alice))).text).toBe('{"id":""}\n');
  });

  test('configured with a key but no prefix sends the bare token, and is refused', async () => {
    expect(await call('GET', tokensPath, authorized(aliceToken))).toEqual({ status: 401, text: unauthorized });
  });
});

test('an administrator logs in, finds the token of another user and disables it', async () => {
  const admin = authorized(await logIn(lk.request, 'admin'));
  const all = JSON.parse((await call('GET', '/v1.0/userapitokensall', admin)).text);
  expect(all.map(({ userId }: { userId: string }) => userId)).toEqual([adminId, aliceId]);
  const body = JSON.stringify({ ...all[1], active: false });
  expect((await call('PUT', `${tokensPath}/${all[1].id}`, admin, body)).status).toBe(200);
  expect((await call('GET', tokensPath, authorized(alice))).status).toBe(401);
});
