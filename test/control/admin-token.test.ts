import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { seededCalls } from './seeded-calls.ts';

const token = 'open sesame';
const lk = emulatorForTests({ adminToken: token });
const document: { readonly paths: Readonly<Record<string, object>> } = JSON.parse(
  readFileSync(join(root, 'openapi', 'control.json'), 'utf8'),
);
/** Every call of the control plane's document, with a value for every parameter. */
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{[^}]+\}/g, 'some-thing') })),
);
const guarded = calls.filter(({ path }) => !['/health', '/ready'].includes(path));
const ask = (path: string, method: string, authorization?: string) =>
  exchange(`${lk.url}/_latchkey${path}`, { method, ...(authorization !== undefined && { headers: { authorization } }) });
const refusal = JSON.stringify({
  error: {
    code: 'admin_token_required',
    message: 'The control plane requires the admin token: send Authorization: Bearer <token>.',
    details: null,
  },
});

test('the document lists the calls', () => {
  expect(guarded.length).toBeGreaterThan(30);
  expect(calls.length - guarded.length).toBe(2);
});

describe.each(guarded)('$method $path', ({ method, path }) => {
  test.each([
    ['no token', undefined],
    ['an empty one', 'Bearer '],
    ['a wrong one', 'Bearer open sesamE'],
    ['the beginning of it', 'Bearer open'],
    ['more than it', `Bearer ${token}!`],
    ['another scheme', `Basic ${token}`],
    ['no scheme', token],
    ['a key of a provider', 'Bearer EST00000000-0000-4000-8000-000000000001ARY'],
  ])('%s is refused', async (_what, authorization) => {
    const answer = await ask(path, method, authorization);
    expect([answer.status, answer.body]).toEqual([401, `${refusal}\n`]);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

// Events do not end by themselves.
test.each(guarded.filter(({ path }) => path !== '/events'))('the token opens $method $path', async ({ method, path }) => {
  expect((await ask(path, method, `Bearer ${token}`)).status).not.toBe(401);
});

test('the token opens the events', async () => {
  const abort = new AbortController();
  const headers = { authorization: `bearer  ${token}` };
  const { status } = await fetch(`${lk.url}/_latchkey/events`, { headers, signal: abort.signal });
  abort.abort();
  expect(status).toBe(200);
});

describe('without a token', () => {
  test('health answers, in every world', async () => {
    for (const base of ['', '/~w']) {
      const answer = await exchange(`${lk.url}${base}/_latchkey/health`);
      expect([answer.status, answer.body]).toEqual([200, '{"status":"ok","version":"0.0.0-test","https":null,"mutant":null}\n']);
    }
  });

  test('ready answers, in every world', async () => {
    for (const base of ['', '/~w']) {
      const answer = await exchange(`${lk.url}${base}/_latchkey/ready`);
      expect([answer.status, answer.body]).toEqual([200, '{"status":"ready"}\n']);
    }
  });

  test('unknown calls, the pages and the documents are refused too', async () => {
    for (const path of [
      '/nope',
      '/docs',
      '/openapi.json',
      '/openapi/rockset.json',
      '/SUPPORTED.md',
      '/healthy',
      '/health/',
      '/ready/',
    ]) {
      expect([path, (await ask(path, 'GET')).status]).toEqual([path, 401]);
    }
    expect((await exchange(`${lk.url}/~w/_latchkey/keys`)).status).toBe(401);
    expect((await exchange(`${lk.url}/rockset/../_latchkey/keys`, { target: '/_latchkey//keys' })).status).toBe(401);
  });

  test('a refused call does nothing', async () => {
    for (const { method, path } of guarded) if (method !== 'GET') await ask(path, method);
    const faults = await ask('/faults', 'GET', `Bearer ${token}`);
    expect(faults.body).toBe('{"faults":[],"total":0,"cursor":null}\n');
    expect(lk.worlds.names()).not.toContain('some-thing');
  });

  test.each(seededCalls)('$provider needs no token, and neither does forward-auth', async (seeded) => {
    const { provider, path, header, scheme, secret } = seeded;
    const headers = { [header]: scheme + secret };
    expect((await exchange(`${lk.url}/${provider}${path}`, { headers })).status).toBe(200);
    expect((await exchange(`${lk.url}/_latchkey/authorize/${provider}`, { headers })).status).toBe(200);
    const authorize = await exchange(`${lk.url}/_latchkey/authorize/${provider}/below`);
    expect([401, 403]).toContain(authorize.status);
    expect(authorize.body).not.toContain('admin_token');
  });

  test('the token is not a key of any provider', async () => {
    for (const { provider, path, header, scheme } of seededCalls) {
      const answer = await exchange(`${lk.url}/${provider}${path}`, { headers: { [header]: scheme + token } });
      expect([401, 403]).toContain(answer.status);
    }
  });
});

test('a page of another origin is refused before the token is looked at', async () => {
  const headers = { authorization: `Bearer ${token}`, origin: 'https://evil.example.com' };
  const { status, body } = await exchange(`${lk.url}/_latchkey/keys`, { headers });
  expect([status, JSON.parse(body).error.code]).toEqual([403, 'origin_refused']);
});
