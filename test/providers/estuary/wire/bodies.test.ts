import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice, createKey, listKeys, unknownToken } from '../estuary.ts';

const lk = emulatorForTests();

/** Content types (undefined: none is sent) and bodies: those that clients send, and some that they should not. */
const bodies: readonly [contentType: string | undefined, body: string][] = [
  ['application/json', ''],
  ['application/json', '{}'],
  ['application/json', '{"expiry":"1h","perms":"upload","label":"x"}'],
  ['application/json', '{"expiry":'],
  ['application/json', '"http://localhost:3004"'],
  ['application/json; charset=utf-8', 'null'],
  ['application/x-www-form-urlencoded', ''],
  ['application/x-www-form-urlencoded', 'expiry=1h&perms=upload&label=x'],
  ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="expiry"\r\n\r\n1h\r\n--b--\r\n'],
  ['text/plain', 'expiry=1h'],
  ['application/octet-stream', '\u0000\u0001'],
  ['undefined', '{}'],
  ['json', '{}'],
  ['no type at all;;', 'x'],
  [undefined, 'x'],
];

describe('bodies are never read', () => {
  test.each(bodies)('POST /user/api-keys with %s and %j makes a plain key of 30 days', async (contentType, body) => {
    const answer = await fetch(`${lk.url}/user/api-keys`, {
      method: 'POST',
      headers: { authorization: alice, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
      body: contentType === undefined ? Buffer.from(body) : body,
    });
    expect(answer.status).toBe(200);
    const { label, expiry } = (await listKeys(lk)).at(-1) ?? {};
    expect({ label, expiry }).toEqual({ label: '', expiry: '2030-01-31T00:00:00Z' });
    expect(await listKeys(lk)).toHaveLength(2);
  });

  test.each(bodies)('DELETE /user/api-keys/{key} with %s and %j revokes the key', async (contentType, body) => {
    const { token } = await createKey(lk);
    const answer = await fetch(`${lk.url}/user/api-keys/${token}`, {
      method: 'DELETE',
      headers: { authorization: alice, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
      body: contentType === undefined ? Buffer.from(body) : body,
    });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await listKeys(lk)).toHaveLength(1);
  });

  test('a body of many megabytes does not change the answer, and the connection stays usable', async () => {
    const large = 'x'.repeat(8 << 20);
    const post = (path: string, authorization: string) =>
      fetch(lk.url + path, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: large });
    expect((await post('/user/api-keys', alice)).status).toBe(200);
    const refused = await post('/user/api-keys', 'Bearer x');
    expect([refused.status, await refused.text()]).toEqual([401, unknownToken]);
    expect((await post('/user/nothing', alice)).status).toBe(404);
    expect((await post('/health', alice)).status).toBe(405);
    expect(await listKeys(lk)).toHaveLength(2);
  });

  test('a chunked body is ignored too', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let chunk = 0; chunk < 100; chunk++) controller.enqueue(new TextEncoder().encode('{"expiry":'));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      headers: { authorization: alice, 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as const;
    expect((await fetch(`${lk.url}/user/api-keys`, init)).status).toBe(200);
  });

  test('a GET with a JSON content type, as generated clients send it, is answered', async () => {
    for (const path of ['/user/api-keys', '/user/export', '/user/stats', '/viewer', '/health']) {
      await lk.request.get(path).set({ Authorization: alice, 'Content-Type': 'application/json' }).expect(200);
    }
  });
});
