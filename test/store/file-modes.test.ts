import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alice } from '../providers/estuary/estuary.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
let serial = 0;
let db: string;
const running: TestEmulator[] = [];
beforeEach(() => {
  db = pathOf(`${serial++}/keys.sqlite`);
  mkdirSync(dirname(db));
});
afterEach(stop);

async function stop(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

async function start(): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ db });
  running.push(emulator);
  return emulator;
}

/** The permissions of every file in the folder, in octal. */
function modes(): Record<string, string> {
  const entries = readdirSync(dirname(db)).map((file) => [file, (statSync(`${dirname(db)}/${file}`).mode & 0o777).toString(8)]);
  return Object.fromEntries(entries);
}

async function use({ request }: TestEmulator): Promise<void> {
  const seed = { estuary: { users: [{ username: 'carol' }] } };
  await request.put('/_latchkey/worlds/shop').send({ seed }).expect(200);
  for (const world of ['', '/~art']) await request.post(`${world}/user/api-keys`).set('Authorization', alice).expect(200);
}

test('found 6.8: only its owner may read any file of a database', async () => {
  await use(await start());
  const found = modes();
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining(['keys.sqlite', 'keys.sqlite-wal', 'keys.~art.sqlite', 'keys.~shop.sqlite', 'keys.~shop.seed.json']),
  );
  expect(new Set(Object.values(found))).toEqual(new Set(['600']));
});

test('found 6.8: files that others may read are taken back when they are opened', async () => {
  await use(await start());
  await stop();
  for (const file of readdirSync(dirname(db))) chmodSync(`${dirname(db)}/${file}`, 0o644);
  const { request } = await start();
  for (const world of ['shop', 'art']) await request.get(`/~${world}/_latchkey/clock`).expect(200);
  expect(new Set(Object.values(modes()))).toEqual(new Set(['600']));
});
