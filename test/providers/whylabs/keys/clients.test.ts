import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { keysPath, system, user } from '../whylabs.ts';

/**
 * The requests of the published clients, header by header, and what those clients require of the answers. The requests of
 * the Python and Go clients were captured, those of the others follow from their sources.
 */
const lk = emulatorForTests();

interface Answer {
  readonly status: number;
  readonly mediaType: string | undefined;
  readonly text: string;
}

/** Sends exactly these headers (and Host), which supertest would add to. */
function send(method: string, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${lk.url}${path}`, { method, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
      });
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, mediaType: incoming.headers['content-type'], text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Expects 200, JSON and no null, which all clients accept. The strictest (Speakeasy's) accepts no other 2xx. */
function expectAcceptable({ status, mediaType, text }: Answer): unknown {
  expect(status).toBe(200);
  expect(mediaType).toBe('application/json');
  const body: unknown = JSON.parse(text, (_name, value) => {
    expect(value).not.toBeNull();
    return value;
  });
  return body;
}

/** Expects the strings that the Python client requires; it keeps times without a zone as strings. */
function expectKeyModel(model: unknown): asserts model is Record<string, unknown> {
  expect(model).toMatchObject({
    keyId: expect.any(String),
    orgId: expect.any(String),
    userId: expect.any(String),
    creationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?$/),
    revoked: expect.any(Boolean),
  });
}

const clients = {
  'whylabs-client 0.4.4 to 0.5.6 (Python)': {
    agent: { Accept: 'application/json', 'User-Agent': 'whylabs-client/1.0/python' },
    post: { 'Content-Type': 'application/json', 'Content-Length': '0' },
    createQuery: 'expiration_time=1924992000000&scopes=%3Auser&scopes=%3Aadministrator&alias=My+App&user_id=user-1',
    revokeQuery: (keyId: string) => `user_id=user-1&key_id=${keyId}`,
  },
  'whylabs-client-golang (Go)': {
    agent: { Accept: 'application/json', 'User-Agent': 'OpenAPI-Generator/1.0.0/go' },
    post: { 'Content-Length': '0' },
    createQuery: 'alias=My+App&expiration_time=1924992000000&scopes=%3Auser&scopes=%3Aadministrator&user_id=user-1',
    revokeQuery: (keyId: string) => `key_id=${keyId}&user_id=user-1`,
  },
  '@whylabs/songbird-node-client (TypeScript)': {
    agent: { Accept: 'application/json, text/plain, */*', 'User-Agent': 'axios/0.27.2', 'Content-Type': 'application/json' },
    post: { 'Content-Length': '0' },
    createQuery: 'user_id=user-1&expiration_time=1924992000000&scopes=:user&scopes=:administrator&alias=My+App',
    revokeQuery: (keyId: string) => `user_id=user-1&key_id=${keyId}`,
  },
  'Speakeasy SDKs (Python)': {
    agent: { Accept: 'application/json', 'User-Agent': 'speakeasy-sdk/python' },
    post: { 'Content-Length': '0' },
    createQuery: 'user_id=user-1&alias=My%20App&expiration_time=1924992000000&scopes=%3Auser&scopes=%3Aadministrator',
    revokeQuery: (keyId: string) => `user_id=user-1&key_id=${keyId}`,
  },
};

describe.each(Object.entries(clients))('%s', (_name, { agent, post, createQuery, revokeQuery }) => {
  const call = (method: string, path: string, key = system) =>
    send(method, path, { ...agent, ...(method === 'POST' && post), 'X-API-Key': key });

  test('creates, lists, gets and revokes a key', async () => {
    const created = expectAcceptable(await call('POST', `${keysPath}?${createQuery}`));
    expectKeyModel(created);
    expect(created).toMatchObject({
      alias: 'My App',
      scopes: [':user', ':administrator'],
      expirationTime: '2031-01-01T00:00:00',
    });
    const { key, keyId } = created;
    expect(key).toMatch(/^.{10}\..{53}:org-123$/);

    for (const path of [keysPath, `${keysPath}?user_id=user-1`]) {
      const listed = expectAcceptable(await call('GET', path));
      expect(listed).toEqual({ items: expect.arrayContaining([expect.objectContaining({ keyId })]) });
    }
    const got = expectAcceptable(await call('GET', `${keysPath}/${keyId}`));
    expect(got).toEqual({ key: expect.objectContaining({ keyId, revoked: false }) });

    const revoked = expectAcceptable(await call('DELETE', `${keysPath}?${revokeQuery(String(keyId))}`));
    expectKeyModel(revoked);
    expect(revoked).toMatchObject({ keyId, revoked: true });
    expect(expectAcceptable(await call('GET', `${keysPath}/${keyId}`))).toEqual({});
  });

  test('gets an empty list of items, never a missing one', async () => {
    expect(expectAcceptable(await call('GET', `${keysPath}?user_id=nobody`))).toEqual({ items: [] });
  });

  test('gets errors whose bodies are JSON or empty', async () => {
    expect(await call('GET', keysPath, 'bad')).toEqual({ status: 403, mediaType: undefined, text: '' });
    const missing = await call('DELETE', `${keysPath}?${revokeQuery('HMiFAgQeNb')}`);
    expect(missing).toMatchObject({ status: 404, mediaType: 'application/json' });
    expect(JSON.parse(missing.text)).toMatchObject({ message: 'Resource ApiKey with ID HMiFAgQeNb not found.' });
  });
});

test('an expiry that a Speakeasy client leaves unset is not a number', async () => {
  const path = `${keysPath}?user_id=user-1&expiration_time=__SPEAKEASY_UNSET__`;
  const { status, text } = await send('POST', path, { 'X-API-Key': system });
  expect(status).toBe(400);
  expect(text).toContain('Failed to convert argument [expiration_time] for value [__SPEAKEASY_UNSET__]');
});

test('every key passes the check of whylogs: 12 to 80 characters, the eleventh a dot, and an organisation', async () => {
  const created = JSON.parse((await send('POST', `${keysPath}?user_id=user-1`, { 'X-API-Key': system })).text);
  for (const key of [system, user, String(created.key)]) {
    expect(key.length).toBeLessThanOrEqual(80);
    expect(key.charAt(10)).toBe('.');
    expect(key.split(':')[1]).not.toBe('');
  }
});
