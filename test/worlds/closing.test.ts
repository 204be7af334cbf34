import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrationsFolder } from '../../src/package.ts';
import { isInUse } from '../../src/store/database.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { scratchFolder } from '../store/scratch-folder.ts';
import { startTestEmulator } from '../support/emulator.ts';

const pathOf = scratchFolder();

const refused = { code: 'world_closed', message: 'latchkey is stopping, so it opens no world any more.' };

test('a world that is being opened while latchkey stops is closed: its file can be used at once', async () => {
  const db = pathOf('opened.sqlite');
  const file = pathOf('opened.~shop.sqlite');
  const first = await startTestEmulator({ db });
  await first.request.get('/~shop/viewer').expect(401);
  await first.close();
  const second = await startTestEmulator({ db });
  const opening = second.worlds.open('shop').catch((error: unknown) => error);
  // At once: connections that are being closed would give it time.
  await second.worlds.close();
  await second.close();
  expect(isInUse(file)).toBe(false);
  expect(await opening).toMatchObject(refused);
  new SqliteWorldStore(file, migrationsFolder).close();
});

test('one that is being made is not left behind', async () => {
  const emulator = await startTestEmulator({ db: pathOf('made.sqlite') });
  const opening = emulator.worlds.open('shop').catch((error: unknown) => error);
  await emulator.worlds.close();
  await emulator.close();
  expect(await opening).toMatchObject(refused);
  expect(existsSync(pathOf('made.~shop.sqlite'))).toBe(false);
});

test('after it has stopped no world is opened', async () => {
  const emulator = await startTestEmulator({ db: pathOf('after.sqlite') });
  await emulator.close();
  await expect(emulator.worlds.open('shop')).rejects.toMatchObject(refused);
  expect(existsSync(pathOf('after.~shop.sqlite'))).toBe(false);
});
