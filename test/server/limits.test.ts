import { type EventEmitter, once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';

const settings = {
  ownPorts: ['estuary'],
  tls: { port: 0, certificate: { kind: 'self-signed', authorityFile: undefined } },
} as const;
const usual = emulatorForTests(settings);
const hasty = emulatorForTests({ ...settings, limits: { handshakeMs: 30 } });
const lk = emulatorForTests({ ...settings, limits: { headMs: 30, requestMs: 60, checkMs: 5 } });

const portOf = (url: string | undefined) => Number(new URL(url ?? '').port);
const shared = ({ url } = lk) => connect(portOf(url), '127.0.0.1');
const own = () => connect(portOf(lk.providerUrls.get('estuary')), '127.0.0.1');
const tls = ({ https } = lk) => connectTls({ port: portOf(https?.url), host: '127.0.0.1', rejectUnauthorized: false });

/** Resolves once it is closed, even after an error: a connection that is destroyed may be reset. */
const closed = (one: EventEmitter) => new Promise<void>((resolve) => one.once('close', () => resolve()));

const tooLate = [
  'HTTP/1.1 408 Request Timeout',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Length: 19',
  'Connection: close',
  '',
  '408 Request Timeout',
].join('\r\n');

describe('found 6.12: every listener has the same limits', () => {
  test.each([
    ['half a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['no TLS handshake at all', ''],
    ['no TLS at all', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('%s: the connection is destroyed', async (_what, bytes) => {
    const socket = connect(portOf(hasty.https?.url), '127.0.0.1').on('error', () => undefined);
    socket.write(bytes, 'latin1');
    socket.resume();
    // Its own end stays open: only the server closes it.
    await closed(socket);
  });

  const listeners: readonly (readonly [string, () => Socket])[] = [
    ['the shared port', () => shared()],
    ['the port of a provider', own],
    ['https', () => tls()],
  ];
  test.each(listeners)('at %s half a head and half a body get a 408', async (_which, open) => {
    for (const bytes of ['GET / HTT', 'POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf']) {
      const socket = open();
      socket.write(bytes);
      expect(await text(socket)).toBe(tooLate);
    }
  });

  const http2 = ({ https } = lk): ClientHttp2Session =>
    connectHttp2(https?.url ?? '', { rejectUnauthorized: false }).on('error', () => undefined);

  test('over HTTP/2 a connection without a request is closed', async () => {
    const session = http2();
    await closed(session);
  });

  test('over HTTP/2 a request whose body does not end is broken off, and then the connection', async () => {
    const session = http2();
    const stream = session
      .request({ ':method': 'POST', ':path': '/register' })
      .on('error', () => undefined)
      .resume();
    stream.write('half');
    await Promise.all([closed(stream), closed(session)]);
  });

  test('a request in time is answered on each', async () => {
    await usual.request.get('/health').expect(200);
    const session = http2(usual);
    const [head] = await once(session.request({ ':path': '/health' }), 'response');
    expect(head[':status']).toBe(200);
    session.close();
  });
});

describe('found 6.17: garbage on a connection', () => {
  const good = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n';
  const bad = 'HTTP/1.1 400 Bad Request';

  test.each([
    ['the shared port', shared],
    ['https', tls],
  ])('at %s is answered after the good requests before it', async (_which, open) => {
    await usual.request
      .post('/_latchkey/faults')
      .send({ effect: { delay: '20ms' }, times: 2 })
      .expect(200);
    const socket = open(usual);
    socket.write(`${good}${good}garbage\r\n\r\n`);
    const answer = await text(socket);
    const heads = answer.match(/HTTP\/1\.1 [^\r]+/g);
    expect(heads).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', bad]);
    expect(answer.endsWith(`Connection: close\r\n\r\n400 Bad Request`)).toBe(true);
  });

  test('never comes in the middle of an answer', async () => {
    await usual.request
      .post('/_latchkey/faults')
      .send({ effect: { slowBody: '20ms' } })
      .expect(200);
    const socket = shared(usual);
    socket.write(`${good}garbage\r\n\r\n`);
    const answer = await text(socket);
    expect(answer.slice(answer.indexOf('\r\n\r\n'), answer.indexOf(bad))).toBe('\r\n\r\n{"status":"ok"}\n');
  });

  test('in the body of a request is the answer to that request', async () => {
    const socket = shared(usual);
    socket.write('POST /_latchkey/reset HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 Bad Request\r\n[^{}]*\r\n\r\n400 Bad Request$/);
  });
});
