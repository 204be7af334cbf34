import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice } from '../providers/estuary/estuary.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { epoch, startTestEmulator, type TestEmulator } from '../support/emulator.ts';

const pathOf = scratchFolder();
let serial = 0;
let lk: TestEmulator;
let db: string;
beforeEach(async () => {
  db = pathOf(`keys${serial++}.sqlite`);
  lk = await startTestEmulator({
    db,
    maxWorlds: 1,
    explainHeader: true,
    journalSize: 5,
    ownPorts: ['estuary'],
    limits: { headMs: 50, checkMs: 20 },
  });
  lk.world.clock.freeze();
  lk.world.clock.set(epoch);
});
afterEach(() => lk.close());

const journal = async () => (await lk.request.get('/_latchkey/requests').expect(200)).body;
const last = async () => (await journal()).requests[0];
const explained = async () => (await lk.request.get(`/_latchkey/requests/${(await last()).id}`).expect(200)).body;
const common = { provider: null, operation: null, key: null, code: null, fault: null, at: '2030-01-01T00:00:00.000Z' };

describe('found 1.2: a request for which there is no world is in the journal of the default world', () => {
  test.each([
    ['by its name', '/~BAD/viewer?x=1', 400, 'It names a world, but no world can have that name.'],
    ['at a base URL of a provider', '/~BAD/estuary/viewer', 400, 'It names a world, but no world can have that name.'],
    ['at no provider', '/~-x/nope', 400, 'It names a world, but no world can have that name.'],
    [
      'beyond the limit',
      '/~two/viewer',
      507,
      'The world that it names is not open, and as many are open as --max-worlds allows.',
    ],
  ])('%s', async (_, path, status, sentence) => {
    const { headers, text: answer } = await lk.request.get(path).set('Authorization', alice).expect(status);
    const entry = await last();
    const { body } = await lk.request.get('/_latchkey/worlds').expect(200);
    expect(entry).toMatchObject({ ...common, method: 'GET', path, status, id: headers['x-latchkey-request'] });
    expect(body.worlds.map(({ name }: { readonly name: string }) => name)).toEqual(['default']);
    const { explanation, requestHeaders, responseBody } = await explained();
    expect(explanation).toMatchObject({ verdict: 'no world', sentence, nearly: [], permission: null });
    expect(responseBody).toBe(answer);
    expect(JSON.stringify(requestHeaders)).not.toContain(alice.slice(-20));
    const { text: metrics } = await lk.request.get('/_latchkey/metrics').expect(200);
    expect(metrics).toContain(`latchkey_requests_total{world="default",provider="",operation="",status="${status}"} 1`);
  });

  test('if its files cannot be used', async () => {
    await lk.close();
    writeFileSync(db.replace('.sqlite', '.~bad.sqlite'), 'no database');
    lk = await startTestEmulator({ db });
    lk.world.clock.freeze();
    lk.world.clock.set(epoch);
    await lk.request.get('/~bad/viewer').expect(500);
    expect(await last()).toMatchObject({ ...common, path: '/~bad/viewer', status: 500 });
    const sentence = 'The files of the world that it names cannot be used: the log says why.';
    expect((await explained()).explanation).toMatchObject({ verdict: 'no world', sentence });
  });

  test('but not if it is for the control plane', async () => {
    await lk.request.get('/~BAD/_latchkey/clock').expect(400);
    await lk.request.get('/_latchkey/clock').set('Host', 'evil.example').expect(403);
    expect((await journal()).requests).toEqual([]);
  });

  test('and many of them grow nothing', async () => {
    for (let index = 0; index < 20; index++) await lk.request.get(`/~BAD${index}/viewer`).expect(400);
    const { total, forgotten } = await journal();
    expect([total, forgotten, lk.worlds.names()]).toEqual([5, 15, ['default']]);
    const { text: metrics } = await lk.request.get('/_latchkey/metrics').expect(200);
    expect(metrics.match(/^latchkey_requests_total.*$/gm)).toEqual([
      'latchkey_requests_total{world="default",provider="",operation="",status="400"} 20',
    ]);
  });
});

describe('found 1.2: what is not a request is in the journal of the default world', () => {
  const secret = 'EST6d3fc3e5-6f5c-4f3e-8d9c-000000000000ARY';
  const head = 'GET /viewer HTTP/1.1\r\nHost: x\r\n';
  test.each<[string, string, number, string, string]>([
    ['not HTTP', `Authorization ${secret}\r\n\r\n`, 400, '400 Bad Request', 'What came is not an HTTP request.'],
    [
      'too large a head',
      `${head}X: ${secret}${'y'.repeat(100_000)}`,
      431,
      '431 Request Header Fields Too Large',
      'The head of the request is too large.',
    ],
    ['half a head', `${head}X: ${secret}`, 408, '408 Request Timeout', 'The request did not come whole in time.'],
  ])('%s, at each port', async (_, bytes, status, answer, sentence) => {
    for (const url of [lk.url, lk.providerUrls.get('estuary') ?? '']) {
      const before = (await journal()).total;
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(bytes);
      expect(await text(socket)).toContain(answer);
      const { total, requests } = await journal();
      expect(total).toBe(before + 1);
      expect(requests[0]).toMatchObject({ ...common, method: '-', path: '-', status, credential: null, durationMs: 0 });
      const { explanation, responseBody, requestBody } = await explained();
      expect([responseBody, requestBody]).toEqual([answer, null]);
      expect(explanation).toMatchObject({ verdict: 'not a request', sentence });
      expect(JSON.stringify(await explained())).not.toContain(secret);
    }
  });

  test('a connection on which nothing came is none', async () => {
    const socket = connect(Number(new URL(lk.url).port), '127.0.0.1').resume();
    await once(socket, 'close');
    expect((await journal()).total).toBe(0);
  });
});
