import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice, tokensPath, uuidV4 } from '../kps.ts';

const lk = emulatorForTests();

describe('X-Request-ID', () => {
  test.each([
    ['a list', 'get', tokensPath, 200],
    ['a 403', 'get', '/v1.0/userapitokensall', 403],
    ['a 400', 'post', tokensPath, 400],
    ['a deletion', 'delete', `${tokensPath}/x`, 200],
    ['a failed log-in', 'post', '/v1.0/login', 400],
    ['an unknown path', 'get', '/v1.0/nothing', 404],
    ['a wrong method', 'patch', tokensPath, 405],
  ] as const)('is echoed on %s, and made when there is none', async (_case, method, path, status) => {
    const given = await lk.request[method](path).set('Authorization', alice).set('X-Request-ID', 'req 42').expect(status);
    expect(given.headers['x-request-id']).toBe('req 42');
    const made = await lk.request[method](path).set('Authorization', alice).set('X-Request-ID', '').expect(status);
    expect(made.headers['x-request-id']).toMatch(uuidV4);
  });

  test('is echoed on a 401', async () => {
    const answer = await lk.request.get(tokensPath).set('X-Request-ID', 'req-43');
    expect([answer.status, answer.headers['x-request-id']]).toEqual([401, 'req-43']);
  });

  test('is the first when there are two', async () => {
    const { port } = new URL(lk.url);
    const headers = ['X-Request-ID', 'one', 'X-Request-ID', 'two', 'Host', 'localhost'];
    const shown = await new Promise((resolve) => {
      httpRequest({ port, path: tokensPath, headers }, (answer) => resolve(answer.resume().headers['x-request-id'])).end();
    });
    expect(shown).toBe('one');
  });
});

// KPS 12.3.
describe('after a body of more than 1 MiB', () => {
  const big = (length: number) =>
    lk.request
      .post(tokensPath)
      .set('Authorization', alice)
      .send(`{}${' '.repeat(length - 2)}`);

  test('the connection is closed', async () => {
    const answer = await big((1 << 20) + 1).expect(200);
    expect(answer.headers['connection']).toBe('close');
  });

  test('and not after one of exactly 1 MiB', async () => {
    const answer = await big(1 << 20)
      .set('Connection', 'keep-alive')
      .expect(200);
    expect(answer.headers['connection']).toBe('keep-alive');
  });
});
