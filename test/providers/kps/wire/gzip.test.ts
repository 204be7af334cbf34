import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, alice, logIn, malformedBody, tokensPath, unauthorized } from '../kps.ts';

const lk = emulatorForTests();

describe('gzip', () => {
  const all = (encoding: string) => raw('/v1.0/userapitokensall', { authorization: admin, 'accept-encoding': encoding });
  test.each(['gzip', 'gzip, deflate', 'GZIP;q=0.5', '*', 'identity;q=0.5, gzip', '*;q=0, gzip'])(
    'a list is compressed for "%s"',
    async (encoding) => {
      const plain = await all('identity');
      const zipped = await all(encoding);
      expect(zipped.headers).toMatchObject({
        'content-encoding': 'gzip',
        vary: 'Accept-Encoding',
        'content-type': 'application/json',
      });
      expect(zipped.headers['content-length']).toBe(String(zipped.body.length));
      expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
    },
  );

  test.each(['', 'identity', 'deflate, br', 'gzip;q=0', 'gzip;q=0.2, identity;q=0.8', 'x-gzip'])(
    'a list is not compressed for "%s"',
    async (encoding) => {
      const { status, headers, body } = await all(encoding);
      expect(status).toBe(200);
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers['vary']).toBe('Accept-Encoding');
      expect(JSON.parse(body.toString())).toHaveLength(2);
    },
  );

  test('the empty list is compressed too', async () => {
    const empty = await raw(tokensPath, { authorization: await logIn(lk.request, 'bob'), 'accept-encoding': 'gzip' });
    expect(empty.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(empty.body).toString()).toBe('[]');
  });

  test.each(['identity;q=0', '*;q=0', 'gzip, *;q=0'])(
    'a client that accepts neither encoding gets a 406 without a body: "%s"',
    async (encoding) => {
      const { status, headers, body } = await all(encoding);
      expect([status, headers['vary'], body.length]).toEqual([406, 'Accept-Encoding', 0]);
    },
  );

  test('a 401 is not compressed, and neither is the answer to a POST', async () => {
    const refused = await raw(tokensPath, { 'accept-encoding': 'gzip, identity;q=0' });
    expect([refused.status, refused.body.toString()]).toEqual([401, unauthorized]);
    expect(refused.headers).not.toHaveProperty('vary');
    const bad = await raw(tokensPath, { authorization: alice, 'accept-encoding': 'gzip, identity;q=0' }, 'POST');
    expect([bad.status, bad.body.toString()]).toEqual([400, malformedBody]);
    expect(bad.headers).not.toHaveProperty('content-encoding');
  });
});

interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Sends a request and returns the answer without decompressing it. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<RawAnswer> {
  const { port } = new URL(lk.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    request.on('error', reject).end();
  });
}
