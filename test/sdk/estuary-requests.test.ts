import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { alice, createKey, listKeys, missingCredential, tokenHash, unknownToken } from '../providers/estuary/estuary.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request with these headers; adds only Host, Connection, Authorization and the length of the body. */
function send({ method, path, headers = {}, body }: Sent): Promise<{ status: number | undefined; text: string }> {
  const length =
    body === undefined || 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(lk.url + path, { method, headers: { authorization: alice, ...length, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.on('error', reject).end(body);
  });
}

const json = { 'content-type': 'application/json', accept: 'application/json' };
const empty = { 'content-length': '0' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('requests to create a key, as known clients send them', () => {
  test.each<[client: string, request: Omit<Sent, 'method'>]>([
    [
      'npm estuary-client, Ruby, PHP, Java: JSON without a body',
      { path: '?expiry=24h&perms=all', headers: { ...json, ...empty } },
    ],
    ['Python: JSON with {}', { path: '?expiry=24h', headers: json, body: '{}' }],
    ['TypeScript-axios: an empty form', { path: '?expiry=24h', headers: { ...form, ...empty } }],
    ['TypeScript-fetch: no content type and no body', { path: '?expiry=24h', headers: empty }],
    ['in the wild: upload keys with {}', { path: '?perms=upload&expiry=24h', headers: json, body: '{}' }],
    ['the front end with an expiry', { path: '?expiry=24h&label=null', headers: json, body: '{"expiry":false}' }],
    ["the front end's label, not escaped", { path: "?label=my-key('1')!&expiry=24h", headers: json, body: '{}' }],
  ])('%s', async (_client, { path, ...rest }) => {
    const answer = await send({ method: 'POST', path: `/user/api-keys${path}`, ...rest });
    expect(answer.status).toBe(200);
    const created = JSON.parse(answer.text);
    expect(created.expiry).toBe('2030-01-02T00:00:00Z');
    expect((await listKeys(lk)).at(-1)).toEqual(created);
  });

  test('the front end asks for a permanent key with an untouched label', async () => {
    const answer = await send({
      method: 'POST',
      path: '/user/api-keys?expiry=false&label=null',
      headers: json,
      body: '{"expiry":false}',
    });
    expect(JSON.parse(answer.text)).toMatchObject({ label: 'null', expiry: '2129-12-08T00:00:00Z' });
  });

  test('two empty parameters mean both defaults', async () => {
    const answer = await send({ method: 'POST', path: '/user/api-keys?expiry=&perms=', headers: json, body: '{}' });
    expect(JSON.parse(answer.text)).toMatchObject({ label: '', expiry: '2030-01-31T00:00:00Z' });
  });

  test('an expiry in the body, where one client puts it, does nothing', async () => {
    const answer = await send({ method: 'POST', path: '/user/api-keys', headers: json, body: '{"expiry":"1h"}' });
    expect(JSON.parse(answer.text)).toMatchObject({ expiry: '2030-01-31T00:00:00Z' });
  });
});

describe('requests to revoke a key, as known clients send them', () => {
  test.each<[client: string, handleOf: (token: string) => string, request: Omit<Sent, 'method' | 'path'>]>([
    ['npm estuary-client: JSON without a body', (token) => token, { headers: json }],
    ['Python: JSON with {}', (token) => token, { headers: json, body: '{}' }],
    ['TypeScript-node: length 0', (token) => token, { headers: empty }],
    ['the front end: its host as a JSON string', tokenHash, { headers: json, body: '"http://localhost:3004"' }],
    ['the front end signing out', (token) => token, { headers: { 'content-type': 'application/json' } }],
    ['chunks', (token) => token, { headers: { ...json, 'transfer-encoding': 'chunked' }, body: '{}' }],
  ])('%s', async (_client, handleOf, rest) => {
    const { token } = await createKey(lk);
    const answer = await send({ method: 'DELETE', path: `/user/api-keys/${handleOf(token)}`, ...rest });
    expect(answer).toEqual({ status: 200, text: '' });
    expect(await listKeys(lk)).toHaveLength(1);
  });
});

describe('the front end without its cookie', () => {
  test('Bearer undefined is an unknown token', async () => {
    const headers = { ...json, authorization: 'Bearer undefined' };
    expect(await send({ method: 'GET', path: '/user/api-keys', headers })).toEqual({ status: 401, text: unknownToken });
    expect(await send({ method: 'GET', path: '/viewer', headers })).toEqual({ status: 401, text: unknownToken });
  });

  test('a bare undefined is a missing credential', async () => {
    const headers = { ...json, authorization: 'undefined' };
    expect(await send({ method: 'GET', path: '/viewer', headers })).toEqual({ status: 401, text: missingCredential });
  });
});
