import { describe, expect, test } from 'vitest';
import { exchange } from '../control/exchange.ts';
import { kps, whylabs } from '../control/seeded-calls.ts';
import { authorization, unimplemented, upstreamedForTests } from '../support/upstreamed.ts';

const up = upstreamedForTests();
const { mock, ask } = up;

describe('answers of an upstream pass unchanged', () => {
  test.each([200, 201, 301, 304, 400, 401, 404, 418, 429, 500, 502, 503, 599])('the status %d', async (status) => {
    mock.answer = (_request, response) => response.writeHead(status, { 'retry-after': '1' }).end(status === 304 ? '' : 'text');
    const answer = await ask(unimplemented);
    expect(answer).toMatchObject({
      status,
      body: status === 304 ? '' : 'text',
      headers: { 'retry-after': '1' },
      failure: undefined,
    });
    expect(mock.received).toHaveLength(1);
  });

  test('204, which has no body', async () => {
    mock.answer = (_request, response) => response.writeHead(204).end();
    expect(await ask(unimplemented)).toMatchObject({ status: 204, body: '', failure: undefined });
  });

  test.each([
    ['rockset', unimplemented, { authorization }],
    ['whylabs', '/v0/organizations/org-123/monitors', { 'x-api-key': whylabs.secret }],
  ])('headers: only those of the upstream, none of those that %s puts on its own answers', async (_provider, path, headers) => {
    const own = { 'cache-control': 'max-age=1', 'x-request-id': 'from-the-mock', 'content-type': 'application/json; x=y' };
    mock.answer = (_request, response) =>
      response.writeHead(200, [...Object.entries(own), ['Set-Cookie', 'a=b'], ['Set-Cookie', 'c=d']].flat()).end('{"a" : 1}');
    const answer = await exchange(up.lk.url + path, { headers });
    const { date, connection: _connection, 'transfer-encoding': _coding, ...rest } = answer.headers;
    expect(date).toBeDefined();
    expect(rest).toEqual({ ...own, 'set-cookie': ['a=b', 'c=d'] });
    expect(answer.body).toBe('{"a" : 1}');
  });

  test('bytes that are not a text, such as a compressed body', async () => {
    mock.answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b, 0, 255]));
    expect([...(await ask(unimplemented)).bytes]).toEqual([0x1f, 0x8b, 0, 255]);
  });

  test('an answer that breaks off breaks off for the client too', async () => {
    mock.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => response.destroy());
    };
    expect(await ask(unimplemented)).toMatchObject({ status: 200, body: 'half', failure: 'ECONNRESET' });
  });
});

describe('an upstream that does not answer', () => {
  const unreachable = (provider: string) =>
    JSON.stringify({
      error: { code: 'upstream_unreachable', message: `The upstream of ${provider} cannot be reached.`, details: null },
    });

  test('because nothing listens there: 502, in words of our own', async () => {
    const headers = { authorization: `Bearer ${kps.secret}` };
    for (const method of ['GET', 'POST']) {
      const body = method === 'GET' ? '' : 'x'.repeat(500_000);
      const answer = await exchange(`${up.lk.url}/kps/v1.0/applications`, { method, headers, body });
      expect(answer).toMatchObject({ status: 502, body: unreachable('kps'), failure: undefined });
      expect(answer.headers['content-type']).toBe('application/json');
    }
  });

  test('because it hangs up: 502, and it is asked only once', async () => {
    mock.answer = (request) => request.socket.destroy();
    expect(await ask(unimplemented)).toMatchObject({ status: 502, body: unreachable('rockset') });
    expect(mock.received).toHaveLength(1);
  });

  test('because it answers 999, which is not an HTTP status: 502', async () => {
    mock.answer = (request) => request.socket.end('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n');
    expect(await ask(unimplemented)).toMatchObject({ status: 502, body: unreachable('rockset') });
  });

  test('loses its connection when the client has gone', async () => {
    const gone = new Promise<void>((resolve) => {
      mock.answer = (request) => request.socket.once('close', () => resolve());
    });
    const abort = new AbortController();
    const asked = fetch(`${up.lk.url}${unimplemented}`, { headers: { authorization }, signal: abort.signal }).catch(
      () => undefined,
    );
    await expect.poll(() => mock.received.length).toBe(1);
    abort.abort();
    await asked;
    await gone;
    expect(mock.received).toHaveLength(1);
  });
});

test('the journal has the requests that reached the upstream, and those that could not', async () => {
  mock.answer = (_request, response) => response.writeHead(418).end('secret tea');
  await ask(unimplemented);
  await ask('/rockset/v9/any?x=y');
  await exchange(`${up.lk.url}/kps/v1.0/applications`, { headers: { authorization: `Bearer ${kps.secret}` } });
  const { body } = await up.lk.request.get('/_latchkey/requests').expect(200);
  const [failed, unknown, known] = body.requests;
  expect(known).toMatchObject({ provider: 'rockset', operation: 'listWorkspaces', path: unimplemented, status: 418, code: null });
  expect(unknown).toMatchObject({ operation: null, path: '/rockset/v9/any?x=y', status: 418, credential: 'member…' });
  expect(failed).toMatchObject({ provider: 'kps', status: 502 });
});

test('faults act before the upstream is asked, and cut its answers', async () => {
  await up.lk.request
    .post('/_latchkey/faults')
    .send({ match: { operation: 'listWorkspaces' }, effect: { status: 503 } })
    .expect(200);
  expect((await ask(unimplemented)).status).toBe(503);
  expect(mock.received).toEqual([]);
  mock.answer = (_request, response) => response.writeHead(200, { 'content-length': '10' }).end('0123456789');
  await up.lk.request
    .post('/_latchkey/faults')
    .send({ effect: { truncate: true, slowBody: '20ms' } })
    .expect(200);
  expect(await ask(unimplemented)).toMatchObject({ status: 200, body: '01234', failure: 'ECONNRESET' });
  mock.answer = (_request, response) => response.end('0123456789');
  await up.lk.request
    .post('/_latchkey/faults')
    .send({ effect: { truncate: true } })
    .expect(200);
  expect(await ask(unimplemented)).toMatchObject({ status: 200, body: '01234', failure: 'ECONNRESET' });
});
