import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Latchkey, startLatchkey, type Tls } from '../../../src/library.ts';
import { guestNames } from '../../support/guests.ts';
import { overHttp1, overHttp2, type SecureCall } from './secure-call.ts';

let lk: Latchkey;
let tls: Tls;
beforeAll(async () => {
  lk = await startLatchkey({ clock: '2030-01-01T00:00:00Z', tls: 'self-signed', providers: [...guestNames] });
  tls = await lk.tls();
});
beforeEach(() => lk.reset());
afterAll(() => lk.close());

const alice = { authorization: 'Bearer EST00000000-0000-4000-8000-000000000002ARY' };
const portOf = (url: string) => Number(new URL(url).port);
const at = (host: string, path: string) => `https://${host}:${portOf(tls.url)}${path}`;

/** Issues a key, uses it, revokes it, and is refused, all over https. */
async function lifeCycle(call: (sent: SecureCall) => ReturnType<typeof overHttp1>, base: string) {
  const ca = tls.ca;
  const issued = await call({ url: `${base}/user/api-keys?expiry=24h`, ca, method: 'POST', headers: alice });
  const token = String(Object(issued.body).token);
  const own = { authorization: `Bearer ${token}` };
  const used = await call({ url: `${base}/viewer`, ca, headers: own });
  await call({ url: `${base}/user/api-keys/${token}`, ca, method: 'DELETE', headers: alice });
  const refused = await call({ url: `${base}/viewer`, ca, headers: own });
  return [issued.status, used.status, refused.status, Object(refused.body).error.reason];
}

const done = [200, 200, 401, 'ERR_INVALID_TOKEN'];

describe.each([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('a client that trusts the generated authority alone completes a life cycle over %s', (_version, call) => {
  test.each([
    ['at the root', () => tls.url],
    ['by path', () => at('localhost', '/estuary')],
    ['by host name', () => at('estuary.localhost', '')],
    ['by the real host name', () => at('api.estuary.tech', '')],
    ['in a world', () => at('localhost', '/~w1')],
    ['in a world by host name', () => at('estuary.w2.localhost', '')],
    ['by the name that a container network gives', () => at('latchkey', '')],
  ])('%s', async (_way, base) => {
    expect(await lifeCycle(call, base())).toEqual(done);
  });

  test("a real host of several labels is the provider's too", async () => {
    const url = at('api.use1a1.rockset.com', '/');
    expect(await call({ url, ca: tls.ca })).toEqual({ status: 200, body: { message: 'GO ROCKSET!' } });
  });

  test('the journal shows a request as it would have come over plain HTTP/1.1', async () => {
    await call({ url: `${tls.url}/viewer?a=b`, ca: tls.ca, headers: alice });
    const [entry] = await lk.requests();
    const { requestHeaders, path, method } = await lk.explain(entry?.id ?? '');
    expect([method, path, requestHeaders['host']]).toEqual(['GET', '/viewer?a=b', `127.0.0.1:${portOf(tls.url)}`]);
    expect(Object.keys(requestHeaders).filter((name) => name.startsWith(':'))).toEqual([]);
  });

  test.each([
    ['reset', { reset: true }],
    ['dropResponse', { dropResponse: true }],
    ['truncate', { truncate: true }],
  ] as const)('the fault %s breaks the connection', async (_name, effect) => {
    await lk.faults.add({ match: { provider: 'estuary' }, effect });
    await expect(call({ url: `${tls.url}/viewer`, ca: tls.ca, headers: alice })).rejects.toThrow();
    expect((await call({ url: `${tls.url}/viewer`, ca: tls.ca, headers: alice })).status).toBe(200);
  });

  test('headers of a connection, which HTTP/2 does not have, do no harm', async () => {
    const headers = { 'keep-alive': 'timeout=5', upgrade: 'h2c', 'proxy-connection': 'close', 'x-kept': 'yes' };
    await lk.faults.add({
      match: { provider: 'estuary' },
      effect: { respond: { status: 200, headers, body: { mocked: true } } },
    });
    expect(await call({ url: `${tls.url}/viewer`, ca: tls.ca })).toEqual({ status: 200, body: { mocked: true } });
    expect((await call({ url: `${tls.url}/viewer`, ca: tls.ca, headers: alice })).status).toBe(200);
  });

  test('what is not emulated is forwarded to an upstream', async () => {
    const upstream = createServer((request, response) => response.end(JSON.stringify({ path: request.url }))).listen(
      0,
      '127.0.0.1',
    );
    await once(upstream, 'listening');
    const address = upstream.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await using forwarding = await startLatchkey({ tls: 'self-signed', upstreams: { rockset: `http://127.0.0.1:${port}` } });
    const { url, ca } = await forwarding.tls();
    const authorization = forwarding.credentials['rockset']?.['admin']?.header?.value ?? '';
    expect(await call({ url: `${url}/v1/orgs/self/ws`, ca, headers: { authorization } })).toEqual({
      ...{ status: 200, body: { path: '/v1/orgs/self/ws' } },
    });
    upstream.close();
  });

  test('the control plane answers, with base URLs of https', async () => {
    const { body } = await call({ url: `${tls.url}/_latchkey/credentials`, ca: tls.ca });
    expect(Object(body).estuary.url).toBe(`${tls.url}/estuary`);
  });
});

describe('the certificate', () => {
  test('is for localhost, its sub-domains, the providers by name, and their real hosts', async () => {
    const socket = connectTls({ port: portOf(tls.url), host: '127.0.0.1', ca: tls.ca ?? '' });
    await once(socket, 'secureConnect');
    const names = socket.getPeerCertificate().subjectaltname?.split(', ');
    socket.destroy();
    expect(names).toEqual([
      'DNS:localhost',
      'DNS:*.localhost',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
      'DNS:estuary.localhost',
      'DNS:api.estuary.tech',
      'DNS:auth.estuary.tech',
      'DNS:kps.localhost',
      'DNS:karbon.nutanix.com',
      'DNS:rockset.localhost',
      'DNS:*.rockset.com',
      'DNS:whylabs.localhost',
      'DNS:api.whylabsapp.com',
    ]);
  });

  test('is issued by an authority that was made at this start', async () => {
    const authority = new X509Certificate(tls.ca ?? '');
    expect([authority.ca, authority.subject === authority.issuer]).toEqual([true, true]);
    await using other = await startLatchkey({ tls: 'self-signed' });
    const { ca } = await other.tls();
    expect(ca).not.toBe(tls.ca);
    await expect(overHttp1({ url: `${tls.url}/health`, ca })).rejects.toThrow(/certificate|issuer/);
  });

  test('is refused by a client that does not trust the authority', async () => {
    await expect(fetch(`${tls.url}/health`)).rejects.toThrow();
  });
});

describe('GET /tls and /ca.pem', () => {
  test('give the URL of https in this world, by the host of the request, and the certificate to trust', async () => {
    const world = await lk.world('w3').tls();
    expect(world).toEqual({ url: `${tls.url}/~w3`, ca: tls.ca });
    const byName = await fetch(`http://localhost:${portOf(lk.url)}/_latchkey/tls`);
    expect(await byName.json()).toEqual({ url: `https://localhost:${portOf(tls.url)}`, ca: tls.ca });
    const pem = await fetch(`${lk.url}/_latchkey/ca.pem`);
    expect([pem.headers.get('content-type'), await pem.text()]).toEqual(['application/x-pem-file', tls.ca]);
  });

  test('health says where it is, by the host of the request (G12)', async () => {
    for (const world of ['', '/~not-there']) {
      const health = await fetch(`http://localhost:${portOf(lk.url)}${world}/_latchkey/health`);
      expect(await health.json()).toMatchObject({ status: 'ok', https: `https://localhost:${portOf(tls.url)}`, mutant: null });
    }
  });

  test('say so if https is not served', async () => {
    await using plain = await startLatchkey();
    await expect(plain.tls()).rejects.toMatchObject({ status: 404, code: 'tls_is_off' });
    expect((await fetch(`${plain.url}/_latchkey/ca.pem`)).status).toBe(404);
  });
});

test('over HTTP/2 a request is for its :authority, whatever Host says', async () => {
  const session = connectHttp2(tls.url, { ca: tls.ca ?? '' });
  const headers = { ':path': '/_latchkey/credentials', ':authority': 'evil.example', host: 'localhost' };
  const stream = session.request(headers);
  stream.resume();
  const [head] = await once(stream, 'response');
  expect(head[':status']).toBe(403);
  session.close();
});

test('an emulator stops at once while clients hold an idle connection of HTTP/2 and one without a handshake', async () => {
  const stopping = await startLatchkey({ tls: 'self-signed' });
  const { url, ca } = await stopping.tls();
  const session = connectHttp2(url, { ca: ca ?? '' });
  const stream = session.request({ ':path': '/health' });
  stream.resume();
  await once(stream, 'close');
  const silent = connectTcp(portOf(url), '127.0.0.1');
  await once(silent, 'connect');
  const closed = [once(session, 'close'), once(silent, 'close')];
  await overHttp1({ url: `${url}/health`, ca });
  await stopping.close();
  await Promise.all(closed);
});
