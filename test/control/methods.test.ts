import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { controlOperations } from './operations.ts';

// found 1.4: HEAD wherever there is GET, 405 with the methods that there are for any other.
const lk = emulatorForTests();
const paths = [...new Set(controlOperations.map(({ path }) => path))];
const methodsOf = (path: string) => {
  const documented = controlOperations.filter((one) => one.path === path).map(({ method }) => method);
  return [...documented, ...(documented.includes('GET') ? ['HEAD'] : [])].sort();
};
const at = (path: string) => path.replace(/\{[^}]+\}/g, 'k1');

describe('HEAD', () => {
  const read = [
    ...paths.filter((path) => methodsOf(path).includes('GET') && path !== '/events'),
    '',
    '/',
    '/openapi.json',
    '/openapi/rockset.json',
    '/seed.schema.json',
    '/SUPPORTED.md',
    '/docs/',
    '/docs/static/swagger-ui.css',
  ];

  test.each(read)('%s answers what GET does, without a body', async (path) => {
    const url = `${lk.url}/_latchkey${at(path)}`;
    const whole = await exchange(url);
    const head = await exchange(url, { method: 'HEAD' });
    expect([head.status, head.body, head.failure]).toEqual([whole.status, '', undefined]);
    const { date: _date, ...headers } = head.headers;
    // The numbers in a text of metrics grow while they are read.
    const length = path === '/metrics' ? { 'content-length': expect.any(String) } : {};
    expect({ ...whole.headers, date: undefined }).toMatchObject({ ...headers, ...length });
  });

  test('/events ends at once', async () => {
    const { status, headers, body, failure } = await exchange(`${lk.url}/_latchkey/events`, { method: 'HEAD' });
    expect([status, headers['content-type'], body, failure]).toEqual([200, 'text/event-stream; charset=utf-8', '', undefined]);
  });

  test('in a world', async () => {
    expect(await exchange(`${lk.url}/~w/_latchkey/health`, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  test('of what there is not', async () => {
    expect(await exchange(`${lk.url}/_latchkey/nope`, { method: 'HEAD' })).toMatchObject({ status: 404, body: '' });
  });
});

describe.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('%s', (method) => {
  test.each(paths.filter((path) => !methodsOf(path).includes(method)))('%s answers 405 with Allow', async (path) => {
    const where = `/_latchkey${at(path)}`;
    // What the body is does not matter.
    const answer = await exchange(lk.url + where, { method, body: method === 'HEAD' ? '' : '{' });
    const allowed = methodsOf(path);
    expect([answer.status, answer.headers.allow]).toEqual([405, allowed.join(', ')]);
    if (method === 'HEAD') return expect(answer.body).toBe('');
    const message = `${where} has no ${method}: it has ${allowed.join(', ')}.`;
    expect(JSON.parse(answer.body)).toEqual({ error: { code: 'method_not_allowed', message, details: { allowed } } });
  });
});

test('a page, a document and the root have GET and HEAD', async () => {
  for (const path of ['', '/', '/docs', '/docs/', '/openapi.json', '/seed.schema.json']) {
    const { status, headers } = await exchange(`${lk.url}/_latchkey${path}`, { method: 'POST' });
    expect([path, status, headers.allow]).toEqual([path, 405, 'GET, HEAD']);
  }
});

test('only who may call the control plane is told its methods', async () => {
  const answer = await exchange(`${lk.url}/_latchkey/clock`, { method: 'PATCH', headers: { host: 'evil.example.com' } });
  expect([answer.status, answer.headers.allow]).toEqual([403, undefined]);
});
