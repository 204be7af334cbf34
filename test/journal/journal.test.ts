import { describe, expect, test } from 'vitest';
import { epochIso } from '../control/explained.ts';
import * as estuary from '../providers/estuary/estuary.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import { emulatorForTests, epoch, startTestEmulator } from '../support/emulator.ts';
import { rawAnswer } from '../support/raw-answer.ts';

const lk = emulatorForTests();
const requests = (query = '', world = '') => lk.request.get(`${world}/_latchkey/requests${query}`);
const viewer = (by = estuary.alice) => lk.request.get('/viewer').set('Authorization', by);
const idsOf = (body: { readonly requests: readonly { readonly id: string }[] }) => body.requests.map(({ id }) => Number(id));
const lastId = async () => Number((await requests('?limit=1')).body.requests[0]?.id);
const keyOf = async (owner: string) => (await lk.world.store.keys.find({ owner }))[0]?.id ?? '';

/** Two requests to each of two providers, each a second after the last by the clock. */
async function sendFour(): Promise<void> {
  for (const send of [
    () => viewer(),
    () => viewer('Bearer unknown'),
    () => lk.request.get('/v1/orgs/self').set('Authorization', rockset.admin),
    () => lk.request.get('/v1/orgs/self'),
  ]) {
    await send();
    lk.world.clock.advance(1000);
  }
}

describe('GET /requests', () => {
  test('lists every request, the newest first', async () => {
    await sendFour();
    const { body } = await requests().expect(200);
    const first = idsOf(body).at(-1) ?? 0;
    const estuaryViewer = { provider: 'estuary', operation: 'viewerGet', method: 'GET', path: '/viewer', fault: null };
    const organization = { ...estuaryViewer, provider: 'rockset', operation: 'getOrganization', path: '/v1/orgs/self' };
    const refused = { status: 401, key: null };
    const accepted = { status: 200, code: null };
    const real = {
      durationMs: expect.any(Number),
      elapsedMs: expect.any(Number),
      client: null,
      from: '127.0.0.1',
      mark: null,
      mutant: null,
    };
    expect(body).toEqual({
      requests: [
        {
          id: `${first + 3}`,
          at: '2030-01-01T00:00:03.000Z',
          ...organization,
          ...refused,
          credential: null,
          code: 'credential_missing',
          ...real,
        },
        {
          id: `${first + 2}`,
          at: '2030-01-01T00:00:02.000Z',
          ...organization,
          ...accepted,
          key: await keyOf('admin@me.com'),
          credential: 'admin0…',
          ...real,
        },
        {
          id: `${first + 1}`,
          at: '2030-01-01T00:00:01.000Z',
          ...estuaryViewer,
          ...refused,
          credential: 'unk…',
          code: 'key_unknown',
          ...real,
        },
        {
          id: `${first}`,
          at: epochIso,
          ...estuaryViewer,
          ...accepted,
          key: await keyOf('2'),
          credential: 'EST00000000…',
          ...real,
        },
      ],
      total: 4,
      cursor: null,
      forgotten: 0,
    });
  });

  test.each([
    ['provider=rockset', [3, 2]],
    ['operation=viewerGet', [1, 0]],
    ['status=401', [3, 1]],
    ['provider=estuary&status=200', [0]],
    ['since=2030-01-01T00:00:02Z', [3, 2]],
    ['since=2030-01-01T00:00:01.001%2B00:00', [3, 2]],
    ['provider=kps', []],
    ['operation=nothing', []],
  ])('%s selects those requests, and their count', async (query, places) => {
    await sendFour();
    const first = (await lastId()) - 3;
    const { body } = await requests(`?${query}`).expect(200);
    expect(idsOf(body).map((id) => id - first)).toEqual(places);
    const { body: counted } = await lk.request.get(`/_latchkey/requests/count?${query}`).expect(200);
    expect(counted).toEqual({ count: places.length, forgotten: 0 });
  });

  test('key selects the requests of one key, accepted or not', async () => {
    await sendFour();
    const id = await keyOf('2');
    await lk.request.post(`/_latchkey/keys/${id}/revoke`).expect(200);
    await viewer().expect(401);
    const { body } = await requests(`?key=${id}`).expect(200);
    expect(body.requests.map(({ status }: { status: number }) => status)).toEqual([401, 200]);
  });

  test('pages by limit and cursor, which further requests neither shift nor hide', async () => {
    await sendFour();
    const last = await lastId();
    const { body: first } = await requests('?limit=3').expect(200);
    expect(first).toMatchObject({ total: 4, cursor: `${last - 2}` });
    expect(idsOf(first)).toEqual([last, last - 1, last - 2]);
    await viewer().expect(200);
    const { body: second } = await requests(`?limit=3&cursor=${first.cursor}`).expect(200);
    expect(second).toMatchObject({ total: 5, cursor: null });
    expect(idsOf(second)).toEqual([last - 3]);
  });

  test.each([
    ['refused=true', [3, 1]],
    ['refused=false', [2, 0]],
    ['code=credential_missing', [3]],
    ['code=key_expired', []],
    ['method=get', [3, 2, 1, 0]],
    ['method=POST', []],
    ['q=viewer', [1, 0]],
  ])('%s selects', async (query, expected) => {
    await sendFour();
    const first = idsOf((await requests().expect(200)).body).at(-1) ?? 0;
    const { body } = await requests(`?${query}`).expect(200);
    expect(idsOf(body).map((id) => id - first)).toEqual(expected);
    expect((await lk.request.get(`/_latchkey/requests/count?${query}`)).body).toEqual({ count: expected.length, forgotten: 0 });
  });

  test.each([
    ['provider=nobody', 'unknown provider "nobody": expected one of estuary, kps, rockset, whylabs'],
    ['since=yesterday', 'since must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z'],
    ['status=good', '/status must be a whole number, not "good"'],
    ['limit=0', '/limit must be at least 1, not 0'],
    ['limit=10001', '/limit must be at most 10000, not 10001'],
    ['cursor=x', '/cursor must be the cursor of the previous page, not "x"'],
  ])('%s is refused', async (query, message) => {
    const { body } = await requests(`?${query}`).expect(400);
    expect(body.error).toMatchObject({ code: 'request_invalid', message });
  });
});

describe('GET /requests/<id>', () => {
  test('shows both messages without their secrets', async () => {
    const sent = { username: 'alice', passwordHash: 'alice-password-hash' };
    const answer = await lk.request.post('/login').set('User-Agent', 'teller').send(sent).expect(200);
    const { body } = await lk.request.get(`/_latchkey/requests/${await lastId()}`).expect(200);
    const { explanation: _explanation, requestHeaders, responseHeaders, requestBody, responseBody, ...summary } = body;
    expect(summary).toEqual((await requests()).body.requests[0]);
    expect(requestHeaders).toMatchObject({ 'user-agent': 'teller', 'content-type': 'application/json' });
    expect(requestBody).toBe('{"username":"alice","passwordHash":"…"}');
    expect(responseHeaders).toMatchObject({ 'content-type': answer.headers['content-type'] });
    expect(responseBody).toBe(answer.text.replace(answer.body.token, `${answer.body.token.slice(0, 11)}…`));
  });

  test.each(['0', '-1', '1.5', 'x', '999999', '%20'])('%s is not found', async (id) => {
    await viewer();
    const { body } = await lk.request.get(`/_latchkey/requests/${id}`).expect(404);
    const message = `The journal has no request ${JSON.stringify(decodeURIComponent(id))}.`;
    expect(body).toEqual({ error: { code: 'request_not_found', message, details: null } });
  });
});

describe('what is recorded', () => {
  test('neither calls of the control plane nor forward-auth', async () => {
    await lk.request.get('/_latchkey/keys').expect(200);
    await lk.request.get('/_latchkey/nope').expect(404);
    await lk.request.get('/_latchkey/authorize/estuary').set('Authorization', estuary.alice).expect(200);
    expect((await requests()).body).toEqual({ requests: [], total: 0, cursor: null, forgotten: 0 });
  });

  test('each world has its own journal', async () => {
    const world = await lk.worlds.open('journal');
    world.journal.clear();
    await lk.request.get('/~journal/viewer').expect(401);
    expect((await requests()).body.total).toBe(0);
    const { body } = await requests('', '/~journal').expect(200);
    expect(body.requests).toMatchObject([{ path: '/~journal/viewer', status: 401 }]);
  });

  test('durations are in real time, whatever the clock shows', async () => {
    await lk.request
      .post('/_latchkey/faults')
      .send({ effect: { delay: '40ms' } })
      .expect(200);
    await viewer().expect(200);
    const [entry] = (await requests()).body.requests;
    expect(entry.at).toBe(epochIso);
    expect(entry.durationMs).toBeGreaterThanOrEqual(39);
    expect(entry.durationMs).toBeLessThan(10_000);
  });
});

describe('what is forgotten', () => {
  test('DELETE forgets everything, and no id is used again', async () => {
    await viewer();
    const last = await lastId();
    expect((await lk.request.delete('/_latchkey/requests').expect(200)).body).toEqual({ cleared: true });
    expect((await requests()).body).toEqual({ requests: [], total: 0, cursor: null, forgotten: 0 });
    await lk.request.get(`/_latchkey/requests/${last}`).expect(404);
    await viewer();
    expect(await lastId()).toBe(last + 1);
    await lk.world.reset('everything');
    await viewer();
    expect(await lastId()).toBe(last + 2);
  });

  test('a reset forgets everything, and moves of the clock nothing', async () => {
    await viewer();
    lk.world.clock.set(epoch - 1000);
    expect((await requests()).body.total).toBe(1);
    await lk.world.reset('bootstrap');
    expect((await requests()).body.total).toBe(0);
  });

  test('the last 1000 requests are kept', async () => {
    for (let round = 0; round < 11; round++) await Promise.all(Array.from({ length: 100 }, () => fetch(`${lk.url}/health`)));
    const { body } = await requests('?limit=10000').expect(200);
    const ids = idsOf(body);
    const [newest = 0] = ids;
    expect(body.total).toBe(1000);
    expect(ids).toEqual(Array.from({ length: 1000 }, (_, index) => newest - index));
    await lk.request.get(`/_latchkey/requests/${newest - 999}`).expect(200);
    await lk.request.get(`/_latchkey/requests/${newest - 1000}`).expect(404);
  });
});

describe('the header that names the entry', () => {
  const get = (path: string) => ({ method: 'GET', path, headers: { Authorization: estuary.alice } });
  const calls = [
    get('/user/api-keys'),
    get('/viewer'),
    get('/health'),
    get('/estuary/nowhere'),
    { ...get('/login'), method: 'POST' },
  ];

  test('is sent only if it is configured, and is the only difference', async () => {
    const explaining = await startTestEmulator({ explainHeader: true });
    try {
      explaining.world.clock.freeze();
      explaining.world.clock.set(epoch);
      for (const [index, call] of calls.entries()) {
        const plain = await rawAnswer(lk.url, call);
        const explained = await rawAnswer(explaining.url, call);
        expect(plain).not.toContain('latchkey');
        expect(explained).toContain(`\r\nx-latchkey-request: ${index + 1}\r\n`);
        expect(explained.replace(/x-latchkey-request: \d+\r\n/, '')).toBe(plain);
      }
    } finally {
      await explaining.close();
    }
  });
});

test('each entry has the headers of its own request, though repeated ones are kept once', async () => {
  const sent = ['one', 'one', 'two', 'one'];
  for (const word of sent) await viewer().set('x-word', word).set('x-other', 'same');
  const from = await lastId();
  const shown = sent.map(async (_, index) => (await requests(`/${from - sent.length + 1 + index}`)).body.requestHeaders);
  expect((await Promise.all(shown)).map((headers) => [headers['x-word'], headers['x-other']])).toEqual(
    sent.map((word) => [word, 'same']),
  );
});
