import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { problemAt, versionAt } from '../../src/cli/reaching/healthy.ts';
import { alice } from '../providers/estuary/estuary.ts';
import { startTestEmulator, type TestEmulator, type TestOptions } from '../support/emulator.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
let serial = 0;
let db: string;
const running: TestEmulator[] = [];
beforeEach(() => {
  db = pathOf(`${serial++}/keys.sqlite`);
  mkdirSync(dirname(db));
});
afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.close())));

async function start(options: TestOptions = {}): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ db, ...options });
  running.push(emulator);
  return emulator;
}

const issue = ({ request }: TestEmulator, world = '') => request.post(`${world}/user/api-keys`).set('Authorization', alice);
const gone = 'The database file of this world was deleted or replaced while it was in use: put it back and start latchkey again.';

describe('found 6.19: a database that is not there any more', () => {
  test.each<[string, () => void]>([
    ['deleted', () => rmSync(db)],
    ['moved away', () => renameSync(db, `${db}.old`)],
    [
      'replaced by a copy of itself',
      () => {
        copyFileSync(db, `${db}.copy`);
        renameSync(`${db}.copy`, db);
      },
    ],
    ['without its log', () => rmSync(`${db}-wal`)],
  ])('%s: no change is answered, the provider says 503 in its words, the control plane in ours', async (_, lose) => {
    const lines: string[] = [];
    const emulator = await start({ logger: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }) });
    await issue(emulator).expect(200);
    await issue(emulator, '/~shop').expect(200);
    lose();
    const { body } = await issue(emulator).expect(503);
    expect(body).toEqual({ error: { code: 503, reason: 'Service Unavailable', details: 'Service Unavailable' } });
    // Whoever asks after that is told, too, whether a change is asked for or not.
    await emulator.request.get('/viewer').set('Authorization', alice).expect(503);
    const keys = await emulator.request.get('/_latchkey/keys').expect(503);
    expect(keys.body).toEqual({ error: { code: 'storage_failed', message: gone, details: null } });
    const reset = await emulator.request.post('/_latchkey/reset').send({}).expect(503);
    expect(reset.body).toEqual(keys.body);
    // Told once, however many requests meet it.
    expect(lines.map((line) => JSON.parse(line)).map(({ msg, world }) => [msg, world])).toEqual([[gone, 'default']]);
    const health = await emulator.request.get('/_latchkey/health').expect(503);
    const problems = [{ world: 'default', problem: gone }];
    expect(health.body).toEqual({ status: 'failing', version: '0.0.0-test', problems });
    await emulator.request.head('/_latchkey/health').expect(503);
    expect(await problemAt(emulator.url)).toBe(`world default: ${gone}`);
    expect(await versionAt(emulator.url)).toBe('0.0.0-test');
    // Other worlds have files of their own.
    await issue(emulator, '/~shop').expect(200);
  });

  test('it is noticed without a request, and said in the log', async () => {
    const lines: string[] = [];
    const emulator = await start({ logger: pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }) });
    await emulator.request.get('/~shop/viewer').set('Authorization', alice).expect(200);
    rmSync(db.replace('.sqlite', '.~shop.sqlite'));
    await vi.waitFor(() => expect(lines.map((line) => JSON.parse(line).world)).toEqual(['shop']), 10_000);
    const { body } = await emulator.request.get('/~shop/viewer').set('Authorization', alice).expect(503);
    expect(body).toEqual({ error: { code: 503, reason: 'Service Unavailable', details: 'Service Unavailable' } });
    await emulator.request.get('/viewer').set('Authorization', alice).expect(200);
    // Dropped, it is a new world.
    await emulator.request.delete('/_latchkey/worlds/shop').expect(200);
    await emulator.request.get('/_latchkey/health').expect(200);
    await emulator.request.get('/~shop/viewer').set('Authorization', alice).expect(200);
  });

  test.each([
    ['get', 'health', { status: 'failing', version: '0.0.0-test', problems: [{ world: 'default', problem: gone }] }],
    ['get', 'credentials', { error: { code: 'storage_failed', message: gone, details: null } }],
    ['get', 'snapshot', { error: { code: 'storage_failed', message: gone, details: null } }],
  ] as const)('%s /_latchkey/%s says so at once', async (method, call, body) => {
    const emulator = await start();
    await emulator.request[method](`/_latchkey/${call}`).expect(200);
    rmSync(db);
    const answer = await emulator.request[method](`/_latchkey/${call}`).expect(503);
    expect(answer.body).toEqual(body);
    await emulator.request.get('/viewer').set('Authorization', alice).expect(503);
  });

  test('a key that is only used is enough to notice', async () => {
    const emulator = await start();
    await emulator.request.get('/viewer').set('Authorization', alice).expect(200);
    rmSync(db);
    expect(() => emulator.world.store.snapshot()).toThrow(gone);
    await emulator.request.get('/viewer').set('Authorization', alice).expect(503);
  });
});

describe('found 6.19: two latchkeys in one folder', () => {
  test('a world that the other one has open is not dropped, and goes on working there', async () => {
    const first = await start();
    await issue(first, '/~shop').expect(200);
    // Without an extension: its worlds have the same files.
    const second = await start({ db: db.replace('.sqlite', '') });
    const { body } = await second.request.delete('/_latchkey/worlds/shop').expect(409);
    const message = 'Another process is using the world shop: drop it there, or stop that process.';
    expect(body).toEqual({ error: { code: 'world_in_use', message, details: null } });
    expect(existsSync(db.replace('.sqlite', '.~shop.sqlite'))).toBe(true);
    await issue(first, '/~shop').expect(200);
    await first.request.delete('/_latchkey/worlds/shop').expect(200);
    await second.request.delete('/_latchkey/worlds/shop').expect(404);
  });
});
