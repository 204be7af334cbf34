import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from '../control/exchange.ts';
import { controlOperations } from '../control/operations.ts';
import { alice, unknownToken } from '../providers/estuary/estuary.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';

const pathOf = scratchFolder();
const elsewhere = scratchFolder();
const running: { emulator?: TestEmulator } = {};
beforeAll(async () => {
  running.emulator = await startTestEmulator({ adminToken: 'open-sesame', db: pathOf('keys.sqlite'), maxWorlds: 2 });
});
afterAll(() => running.emulator?.close());

const lk = () => running.emulator ?? expect.unreachable('the emulator has started');
const files = () => readdirSync(dirname(pathOf('keys.sqlite'))).sort();
const token = { authorization: 'Bearer open-sesame' };

function expectNothingMade(): void {
  expect(lk().worlds.names()).toEqual(['default']);
  expect(files()).toEqual(['keys.sqlite', 'keys.sqlite-wal']);
}

const error = (code: string, message: string) => ({ error: { code, message, details: null } });
const foreign = error(
  'host_refused',
  'The control plane does not answer for the host name "evil.example": use an address or a local name, or allow it with --allow-host.',
);
const ofOtherOrigin = error('origin_refused', 'The control plane does not answer web pages of other origins.');
const tokenless = error(
  'admin_token_required',
  'The control plane requires the admin token: send Authorization: Bearer <token>.',
);
const noCall = error('route_not_found', 'The control plane has no such call; /_latchkey/docs lists all calls.');

describe('a call that is refused makes no world (found 6.3)', () => {
  test.each<[string, string, Readonly<Record<string, string>>, number, object]>([
    ['of a foreign host', 'clock', { ...token, host: 'evil.example' }, 403, foreign],
    ['of a foreign page', 'clock', { ...token, origin: 'https://evil.example' }, 403, ofOtherOrigin],
    ['without the token', 'clock', {}, 401, tokenless],
    ['with a wrong token', 'keys', { authorization: 'Bearer open-sesam' }, 401, tokenless],
    ['without the token, of a call that does not exist', 'nope', {}, 401, tokenless],
    ['of a call that does not exist', 'nope', token, 404, noCall],
  ])('%s', async (_, call, headers, status, body) => {
    const answer = await lk().request.get(`/~x1/_latchkey/${call}`).set(headers);
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([
      status,
      'application/json; charset=utf-8',
      body,
    ]);
    expectNothingMade();
  });

  test('by whatever name the world is given', async () => {
    const answer = await lk().request.get('/_latchkey/clock').set('Host', 'estuary.x1.localhost');
    expect([answer.status, answer.body]).toEqual([401, tokenless]);
    expectNothingMade();
  });

  test('and takes no room from others', async () => {
    for (let index = 0; index < 5; index++) await lk().request.get(`/~x${index}/_latchkey/clock`).expect(401);
    await lk().request.get('/~mine/_latchkey/clock').set(token).expect(200);
    expect(lk().worlds.names()).toEqual(['default', 'mine']);
    await lk().worlds.drop('mine');
  });
});

describe('a call that is about no world makes none', () => {
  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['GET', 'health', {}],
    ['GET', 'worlds', token],
    ['GET', 'metrics', token],
    ['GET', 'replicas', token],
  ])('%s /_latchkey/%s', async (method, call, headers) => {
    const answer = await fetch(`${lk().url}/~x1/_latchkey/${call}`, { method, headers });
    expect(answer.status).toBe(200);
    expectNothingMade();
  });

  test('DELETE of itself', async () => {
    const { status, body } = await lk().request.delete('/~x1/_latchkey/worlds/x1').set(token);
    expect([status, body]).toEqual([404, error('world_not_found', 'There is no world x1.')]);
    expectNothingMade();
  });
});

describe('G5: a call with X-Latchkey-Open: no makes no world', () => {
  const closed = { ...token, 'x-latchkey-open': 'no' };
  const calls: [string, string, object | undefined][] = controlOperations
    .filter(
      ({ id }) =>
        ![
          'getHealth',
          'getReadiness',
          'getMutant',
          'listWorlds',
          'createWorld',
          'dropWorld',
          'getMetrics',
          'listReplicas',
          'listSnippets',
        ].includes(id),
    )
    .map(({ id, method, path, params, body }) => [
      `${id} ${method}`,
      path.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '1')),
      body,
    ]);

  test.each(calls)('%s', async (what, path, body) => {
    const answer = await exchange(lk().url, {
      target: `/~x1/_latchkey${path}`,
      method: what.split(' ')[1] ?? '',
      headers: { ...closed, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([404, error('world_not_found', 'There is no world x1.')]);
    expectNothingMade();
  });

  test('HEAD', async () => {
    expect((await exchange(lk().url, { target: '/~x1/_latchkey/events', method: 'HEAD', headers: closed })).status).toBe(404);
    expectNothingMade();
  });

  test('but is answered in a world that is there', async () => {
    await lk().request.get('/_latchkey/clock').set(closed).expect(200);
    await lk().request.get('/~mine/_latchkey/clock').set(token).expect(200);
    await lk().request.get('/~mine/_latchkey/clock').set(closed).expect(200);
    await lk().worlds.drop('mine');
    await lk().request.get('/~mine/_latchkey/clock').set(closed).expect(404);
    expectNothingMade();
  });

  test('in one that waits in its file, too', async () => {
    const db = elsewhere('waiting.sqlite');
    const first = await startTestEmulator({ db });
    await first.request.get('/~kept/_latchkey/clock').expect(200);
    await first.close();
    const second = await startTestEmulator({ db });
    await second.request.get('/~kept/_latchkey/clock').set('X-Latchkey-Open', 'no').expect(200);
    await second.request.get('/~other/_latchkey/clock').set('X-Latchkey-Open', 'no').expect(404);
    expect(second.worlds.names()).toEqual(['default', 'kept']);
    await second.close();
  });

  test('and a provider, which has no such header, makes it', async () => {
    await lk().request.get('/~mine/viewer').set('X-Latchkey-Open', 'no').expect(401);
    expect(lk().worlds.names()).toEqual(['default', 'mine']);
    await lk().worlds.drop('mine');
  });
});

describe('the documents and their page make no world', () => {
  test.each(['', '/', '/docs', '/docs/', '/openapi.json', '/openapi/kps.json', '/seed.schema.json', '/SUPPORTED.md'])(
    '/_latchkey%s',
    async (path) => {
      const answer = await fetch(`${lk().url}/~x1/_latchkey${path}`, { headers: token, redirect: 'manual' });
      // A page that is not built says so.
      const found = answer.status < 400 ? 'found' : Object(await answer.json()).error.code;
      expect(['found', 'dashboard_not_built']).toContain(found);
      expectNothingMade();
    },
  );
});

test('a provider refuses a key in a world of its own, with or without the admin token', async () => {
  expect(
    (await lk().request.get('/~mine/viewer').set('Authorization', 'Bearer EST11111111-0000-4000-8000-000000000002ARY')).text,
  ).toBe(unknownToken);
  await lk().request.get('/~mine/_latchkey/authorize/estuary').set('Authorization', alice).expect(200);
  await lk().worlds.drop('mine');
  expectNothingMade();
});
