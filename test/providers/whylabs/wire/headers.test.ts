import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { keysOf, keysPath, system, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** One of each kind of answer, with the status that it has for a system key. */
const answers = [
  ['a success', 200, 'get', keysPath],
  ['a handled error', 404, 'post', `${keysOf('org-x')}?user_id=u`],
  ['an error of the framework', 400, 'post', keysPath],
  ['an unmatched path', 404, 'get', '/v0/nowhere'],
  ['an unmatched method', 404, 'put', keysPath],
  ['a HEAD', 200, 'head', keysPath],
] as const;

describe('every answer', () => {
  test.each(answers)('%s (%i) has the same three headers, and no Server header', async (_kind, status, method, path) => {
    const { headers } = await lk.request[method](path).set('X-API-Key', system).expect(status);
    expect(headers['x-request-id']).toMatch(uuid);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains; preload');
    expect(headers).not.toHaveProperty('server');
  });

  test.each([
    ['without a key', 401, {}],
    ['with a bad key', 403, { 'X-API-Key': 'bad' }],
  ])('%s (%i) has them too', async (_kind, status, headers) => {
    const answer = await lk.request.get(keysPath).set(headers).expect(status);
    expect(answer.headers['x-request-id']).toMatch(uuid);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains; preload');
  });

  // WhyLabs 13.1.
  test.each(answers)('%s (%i) has two more for a request with an Origin, and without one has neither', async (...answer) => {
    const [, status, method, path] = answer;
    const sent = { 'X-API-Key': system, Origin: 'https://app.example' };
    const { headers } = await lk.request[method](path).set(sent).expect(status);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    const plain = await lk.request[method](path).set('X-API-Key', system).expect(status);
    expect(plain.headers).not.toHaveProperty('vary');
    expect(plain.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('X-Request-Id is the one that the client sent, on errors too', async () => {
    for (const [, , method, path] of answers) {
      const answer = await lk.request[method](path).set({ 'X-API-Key': system, 'X-Request-Id': 'my id' });
      expect(answer.headers['x-request-id']).toBe('my id');
    }
    const refused = await lk.request.get(keysPath).set('X-Request-Id', 'my id').expect(401);
    expect(refused.headers['x-request-id']).toBe('my id');
  });

  test('two requests do not get the same id', async () => {
    const [one, other] = [await lk.request.get(validatePath), await lk.request.get(validatePath)];
    expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
  });
});

describe('requestId', () => {
  test('of a handled error is the id in the header, whether or not the client sent it', async () => {
    const path = `${keysOf('org-x')}?user_id=u`;
    const own = await lk.request.post(path).set('X-API-Key', system).expect(404);
    expect(own.body.requestId).toBe(own.headers['x-request-id']);
    const given = await lk.request.post(path).set({ 'X-API-Key': system, 'X-Request-Id': 'mine' }).expect(404);
    expect(given.body.requestId).toBe('mine');
  });

  test('is the only field in the answer to a validation', async () => {
    const answer = await lk.request.get(validatePath).set('X-API-Key', system).expect(200);
    expect(answer.text).toBe(`{"requestId":"${answer.headers['x-request-id']}"}`);
  });
});
