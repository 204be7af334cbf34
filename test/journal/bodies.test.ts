import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import * as kps from '../providers/kps/kps.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const keptBytes = 64 * 1024;
const marked = keptBytes + Buffer.byteLength('…');

interface Bodies {
  readonly requestBody: string;
  readonly responseBody: string;
}

/** The newest request in the journal. */
async function shown(): Promise<Bodies> {
  const { body } = await lk.request.get('/_latchkey/requests?limit=1').expect(200);
  return (await lk.request.get(`/_latchkey/requests/${body.requests[0].id}`).expect(200)).body;
}

const logIn = (body: string) => lk.request.post('/login').set('Content-Type', 'text/plain').send(body);

describe('bodies are cut at 64 KiB', () => {
  test.each([
    ['of 64 KiB is whole', 'x '.repeat(keptBytes / 2), 'x '.repeat(keptBytes / 2)],
    ['of a byte more is cut and marked', `${'x '.repeat(keptBytes / 2)}y`, `${'x '.repeat(keptBytes / 2)}…`],
    ['of a megabyte is cut and marked', 'x '.repeat(500_000), `${'x '.repeat(keptBytes / 2)}…`],
    ['of long characters is cut at the last that is whole', 'ü€'.repeat(20_000), `${'ü€'.repeat(13_107)}…`],
  ])('one %s', async (_case, sent, kept) => {
    await logIn(sent);
    const { requestBody } = await shown();
    expect(requestBody === kept).toBe(true);
  });

  test('in answers too', async () => {
    const keys = Array.from({ length: 700 }, (_, index) => ({ provider: 'estuary', owner: 'bob', name: `${index}` }));
    for (const { provider, ...key } of keys) await lk.world.addKey(provider, key);
    const { text } = await lk.request.get('/user/api-keys').set('Authorization', estuary.bob).expect(200);
    expect(Buffer.byteLength(text)).toBeGreaterThan(keptBytes);
    const { responseBody } = await shown();
    expect(Buffer.byteLength(responseBody)).toBeLessThanOrEqual(marked);
    expect(responseBody.endsWith('…')).toBe(true);
    expect(responseBody).not.toMatch(/EST[0-9a-f]{8}-/);
    expect(responseBody.match(/EST[0-9a-f]{8}…/g)?.length).toBeGreaterThan(300);
  });

  test.each([
    ['an Estuary token', estuary.aliceToken],
    ['a KPS token', kps.adminToken],
    ['a Rockset key', rockset.secrets.admin],
    ['a secret of no shape', 'no-shape-tells-this-one'],
  ])('%s that lies across the cut is not shown in part', async (_kind, secret) => {
    if (!secret.includes('0')) await lk.world.addKey('estuary', { owner: 'alice', secret });
    for (let before = 1; before <= secret.length; before += Math.ceil(secret.length / 12)) {
      await logIn(`${'x '.repeat(keptBytes / 2).slice(0, keptBytes - before - 1)} ${secret} ${'y '.repeat(50_000)}`);
      const { requestBody } = await shown();
      expect(Buffer.byteLength(requestBody)).toBeLessThanOrEqual(marked);
      const rest = requestBody.slice(keptBytes - before - 100);
      expect(rest.match(/[^xy ].*[^ xy]/)?.[0].length ?? 0).toBeLessThanOrEqual((secret.length >> 1) + '……'.length);
    }
  });

  test('a password that lies across the cut is not shown', async () => {
    await logIn(`{"a":"${'x'.repeat(keptBytes - 30)}","passwordHash":"${'hunter2 '.repeat(10_000)}"}`);
    expect((await shown()).requestBody).not.toContain('hunter2');
  });
});

describe('an answer that is not a text', () => {
  test('without a body has null in the journal', async () => {
    await lk.request.get('/v1/api-key/validate').expect(401);
    expect(await shown()).toMatchObject({ requestBody: null, responseBody: null });
  });

  // found 3.2
  test.each(['/v1/orgs/self', '/viewer', '/v1.0/userapitokens', '/v1/api-key/validate', '/nothing'])(
    'a GET of %s without a body has null in the journal',
    async (path) => {
      const base = path === '/nothing' ? '/rockset' : '';
      await lk.request.get(base + path).set('Authorization', `ApiKey ${'member0LatchkeySeed'.padEnd(64, '0')}`);
      expect(await shown()).toMatchObject({ requestBody: null });
    },
  );

  test('an empty object that was sent is shown', async () => {
    await lk.request
      .post('/v1/orgs/self/users/self/apikeys')
      .set('Authorization', `ApiKey ${'member0LatchkeySeed'.padEnd(64, '0')}`)
      .send({});
    expect(await shown()).toMatchObject({ requestBody: '{}' });
  });
});

describe('memory', () => {
  const collectGarbage = (): number => {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    // Other test files share the process.
    setFlagsFromString('--no-expose-gc');
    return process.memoryUsage().heapUsed;
  };
  const megabyte = 'x'.repeat(1_000_000);
  /** In pieces, without announcing its length. */
  const piecemeal = (text: string) => new Blob([text]).stream();

  test.each([
    ['texts', '/login', {}, megabyte],
    ['objects', rockset.ownKeys, { Authorization: rockset.admin }, JSON.stringify({ name: 'n', note: megabyte })],
  ])('of large bodies that are %s, and of unknown length, only the beginning is kept', async (_kind, path, headers, body) => {
    const before = collectGarbage();
    for (let count = 0; count < 60; count++) {
      const init = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, duplex: 'half' } as const;
      const answer = await fetch(lk.url + path, { ...init, body: piecemeal(body) });
      await answer.text();
    }
    expect((await lk.request.get('/_latchkey/requests/count')).body).toEqual({ count: 60, forgotten: 0 });
    expect(collectGarbage() - before).toBeLessThan(20_000_000);
  });

  test('all entries together hold about 16 MiB at most: the oldest are dropped', async () => {
    const body = 'x'.repeat(80_000);
    for (let round = 0; round < 30; round++) {
      await Promise.all(Array.from({ length: 10 }, () => fetch(`${lk.url}/login`, { method: 'POST', body })));
    }
    const { body: list } = await lk.request.get('/_latchkey/requests').expect(200);
    expect(list.total).toBeLessThan((16 << 20) / 80_000 + 1);
    expect(list.total).toBeGreaterThan(50);
    const ids = list.requests.map(({ id }: { id: string }) => Number(id));
    expect(ids).toEqual(ids.map((_: number, index: number) => ids[0] - index));
  });
});
