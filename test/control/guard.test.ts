import Fastify from 'fastify';
import { afterAll, expect, test } from 'vitest';
import { admit } from '../../src/control/guard.ts';

const app = Fastify();
app.setErrorHandler((error, _request, reply) => reply.code(Number(Object(error).status)).send(Object(error).code));
app.addHook('onRequest', async (request) => admit(request, { adminToken: 'open-sesame', allowHosts: [] }));
app.get('/page', { config: { needsNoToken: true } }, async () => 'page');
app.get('/data', async () => 'data');
app.get('/anywhere', { config: { needsNoToken: true, answersAnyHost: true } }, async () => 'anywhere');
afterAll(() => app.close());

const get = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
  const { statusCode, body } = await app.inject({ url, headers: { host: 'localhost', ...headers } });
  return [statusCode, body];
};
const token = { authorization: 'Bearer open-sesame' };

test('G4: a call that says so needs no token, and every other one does', async () => {
  expect(await get('/page')).toEqual([200, 'page']);
  expect(await get('/page', { authorization: 'Bearer wrong' })).toEqual([200, 'page']);
  for (const url of ['/data', '/page/', '/page/x', '/nope'])
    expect([url, ...(await get(url))]).toEqual([url, 401, 'admin_token_required']);
  expect(await get('/data', token)).toEqual([200, 'data']);
});

test('G4: without a token it still answers neither a foreign host nor a foreign page', async () => {
  expect(await get('/page', { host: 'evil.example' })).toEqual([403, 'host_refused']);
  expect(await get('/page', { origin: 'https://evil.example' })).toEqual([403, 'origin_refused']);
  expect(await get('/page', { ...token, 'sec-fetch-site': 'cross-site' })).toEqual([403, 'origin_refused']);
});

test('a call that answers for any host is for no foreign page either', async () => {
  expect(await get('/anywhere', { host: 'evil.example' })).toEqual([200, 'anywhere']);
  expect(await get('/anywhere', { host: 'evil.example', origin: 'https://other.example' })).toEqual([403, 'origin_refused']);
});
