import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice } from '../estuary.ts';

const origin = 'https://app.example';
const methods = 'GET,HEAD,PUT,PATCH,POST,DELETE';
const everywhere = [
  '/user/api-keys',
  '/user/api-keys/x',
  '/user/nothing',
  '/admin/nothing',
  '/viewer',
  '/user/password',
  '/admin/invites',
  '/content/add',
  '/login',
  '/register',
  '/check-api-key',
  '/health',
  '/nothing',
];
const atTheTop: Readonly<Record<string, string>> = {
  '/viewer': 'GET',
  '/login': 'POST',
  '/register': 'POST',
  '/check-api-key': 'POST',
  '/health': 'GET',
};

describe.each(['v0.1.11', 'v0.1.10', 'v0.4'])('CORS in %s', (profile) => {
  const lk = emulatorForTests({ profiles: { estuary: profile } });
  const allowOf = (path: string) => (profile === 'v0.4' && atTheTop[path] ? `OPTIONS, ${atTheTop[path]}` : undefined);

  test.each(everywhere)('a preflight of %s is answered without a key', async (path) => {
    const answer = await lk.request
      .options(`/estuary${path}`)
      .set({
        Origin: origin,
        'Access-Control-Request-Method': 'DELETE',
        'Access-Control-Request-Headers': 'authorization,x-mine',
      })
      .expect(204);
    expect(answer.text).toBe('');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'authorization,x-mine',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    });
    expect(answer.headers['allow']).toBe(allowOf(path));
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  test('a preflight that names no headers gets none back', async () => {
    for (const wanted of [undefined, '']) {
      const preflight = lk.request.options('/user/api-keys').set('Origin', origin);
      const answer = await (wanted === undefined ? preflight : preflight.set('Access-Control-Request-Headers', wanted)).expect(
        204,
      );
      expect(answer.headers['access-control-allow-methods']).toBe(methods);
      expect(answer.headers).not.toHaveProperty('access-control-allow-headers');
    }
  });

  test.each(everywhere)('OPTIONS of %s without an Origin is a 204 without CORS headers', async (path) => {
    const answer = await lk.request.options(`/estuary${path}`).expect(204);
    expect(answer.headers['vary']).toBe('Origin');
    expect(answer.headers['allow']).toBe(allowOf(path));
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('Vary comes in three lines, as the real server adds it', async () => {
    const lines = await new Promise<string[]>((resolve, reject) => {
      const sent = httpRequest(`${lk.url}/user/api-keys`, { method: 'OPTIONS', headers: { origin } }, (answer) => {
        answer.resume();
        resolve(answer.headersDistinct['vary'] ?? []);
      });
      sent.on('error', reject).end();
    });
    expect(lines).toEqual(['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers']);
  });

  test('any origin may read any answer, refusals and 404 too, but without credentials', async () => {
    const answers = await Promise.all([
      lk.request.get('/user/api-keys').set({ Origin: origin, Authorization: alice }),
      lk.request.get('/user/api-keys').set({ Origin: origin }),
      lk.request.delete('/user/api-keys/x').set({ Origin: origin, Authorization: alice }),
      lk.request.get('/estuary/nothing').set({ Origin: origin }),
      lk.request.post('/login').set({ Origin: 'null' }).send('{}'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 200, 404, 403]);
    for (const { headers } of answers) {
      const cors = Object.entries(headers).filter(([name]) => name.startsWith('access-control-'));
      expect(cors).toEqual([['access-control-allow-origin', '*']]);
      expect(headers['vary']).toBe('Origin');
    }
  });
});
