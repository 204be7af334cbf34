import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from './key-of.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
const script = join(import.meta.dirname, 'insert-until-killed.ts');

/** Lets a process of its own insert keys, and kills it as soon as so many were answered. Gives every id that was answered. */
async function insertUntilKilled(file: string, answers: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const ids: string[] = [];
  for await (const id of createInterface({ input: child.stdout })) {
    ids.push(id);
    if (ids.length === answers) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  // The last line may have been cut short by the end of its writer.
  return ids.filter((id) => id.length === 36);
}

// 20 insertions fit the journal; 1,500 make SQLite write it back into the file several times.
test.each([20, 1_500])('a process killed after %s answered insertions has lost none of them', async (answers) => {
  const file = pathOf(`killed-${answers}.sqlite`);
  const answered = await insertUntilKilled(file, answers);
  expect(answered.length).toBeGreaterThanOrEqual(answers);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);

  const world = new SqliteWorldStore(file, migrationsFolder);
  const found = await world.keys.findRevealed({});
  const ids = found.map(({ id }) => id);
  expect(ids.slice(0, answered.length)).toEqual(answered);
  // The one whose answer was not heard may be there, whole, or not.
  expect(ids.length - answered.length).toBeLessThanOrEqual(1);
  expect(found).toEqual(ids.map((id) => ({ ...keyOf(id), secret: `kept ${id}` })));
  world.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('a file whose process was killed is usable at once, and keeps what is added', async () => {
  const file = pathOf('killed-and-used.sqlite');
  const answered = await insertUntilKilled(file, 5);
  const second = await insertUntilKilled(file, 5);
  const world = new SqliteWorldStore(file, migrationsFolder);
  const found = new Set((await world.keys.find({})).map(({ id }) => id));
  expect([...answered, ...second].filter((id) => !found.has(id))).toEqual([]);
  expect(await world.keys.use('alpha', keyOf(answered[0] ?? '').hash, () => 2_000)).toMatchObject({ id: answered[0] });
  world.close();
});
