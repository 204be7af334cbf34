import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DatabaseError } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { checkLargeFile } from '../../src/store/checked-file.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from './key-of.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();

function fileOf(name: string, count: number): string {
  const path = pathOf(name);
  const store = new SqliteWorldStore(path, migrationsFolder);
  const keys = Array.from({ length: count }, (_, index) => ({
    key: keyOf(`k${index}`),
    keptSecret: `secret of ${index}`.padEnd(400, '.'),
  }));
  store.seed([{ provider: 'alpha', keys, resources: [] }], 1, false);
  store.close();
  return path;
}

test('found 6.10: a large file is checked in a thread before it is opened, a small or missing one is not', async () => {
  expect(await checkLargeFile(fileOf('small.sqlite', 10), migrationsFolder)).toBe(false);
  expect(await checkLargeFile(pathOf('missing.sqlite'), migrationsFolder)).toBe(false);
  const path = fileOf('large.sqlite', 3_000);
  expect(await checkLargeFile(path, migrationsFolder)).toBe(true);
  const store = new SqliteWorldStore(path, migrationsFolder, true);
  expect(await store.keys.count({})).toBe(3_000);
  store.close();
});

test('a large file that is damaged is refused there as it is when it is opened, and left as it is', async () => {
  const path = pathOf('damaged.sqlite');
  copyFileSync(fileOf('whole.sqlite', 3_000), path);
  const bytes = readFileSync(path);
  bytes.fill(0xff, bytes.length - 40_000, bytes.length - 20_000);
  writeFileSync(path, bytes);
  const refusal = new DatabaseError(`cannot use the database ${path}: it is damaged`);
  await expect(checkLargeFile(path, migrationsFolder)).rejects.toThrow(refusal);
  expect(() => new SqliteWorldStore(path, migrationsFolder)).toThrow(refusal);
  expect(readFileSync(path).equals(bytes)).toBe(true);
});
