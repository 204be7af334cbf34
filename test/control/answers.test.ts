import { expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { exchange } from './exchange.ts';
import { controlOperations } from './operations.ts';

// found 3.16: answers end in a newline, and are indented for those who ask.
const lk = emulatorForTests();
const at = (path: string) => `${lk.url}/_latchkey${path.replace(/\{[^}]+\}/g, 'k1')}`;
const jsonCalls = controlOperations.filter(
  ({ id }) => !['getSnapshot', 'putSnapshot', 'getMetrics', 'streamEvents'].includes(id),
);

test.each(jsonCalls.map((operation) => [operation.id, operation] as const))('%s', async (_id, { method, path, body }) => {
  const sent = { method, body: body === undefined ? '' : JSON.stringify(body) };
  const { headers, body: text } = await exchange(at(path), sent);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
  expect(text).toBe(`${JSON.stringify(JSON.parse(text))}\n`);
  const pretty = (await exchange(`${at(path)}?pretty`, sent)).body;
  expect(pretty).toBe(`${JSON.stringify(JSON.parse(pretty), null, 2)}\n`);
});

test('errors are no exception', async () => {
  const error = { code: 'route_not_found', message: 'The control plane has no such call; /_latchkey/docs lists all calls.' };
  const body = { error: { ...error, details: null } };
  expect((await exchange(at('/nope'))).body).toBe(`${JSON.stringify(body)}\n`);
  expect((await exchange(at('/nope?pretty=true'))).body).toBe(`${JSON.stringify(body, null, 2)}\n`);
});

test.each(['pretty=false', 'pretty=0'])('%s is as without', async (query) => {
  expect((await exchange(at(`/health?${query}`))).body).toBe(
    '{"status":"ok","version":"0.0.0-test","https":null,"mutant":null}\n',
  );
});

test('pretty is nothing else', async () => {
  const { status, body } = await exchange(at('/health?pretty=very'));
  expect([status, JSON.parse(body).error.message]).toEqual([400, 'pretty must be true or false']);
});

test('texts and bytes stay as they are', async () => {
  expect((await exchange(at('/metrics?pretty'))).headers['content-type']).toMatch(/^text\/plain/);
  expect((await exchange(at('/snapshot?pretty'))).bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
});
