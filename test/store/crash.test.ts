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

/** Starts a process that inserts keys, and kills it after a number of answered insertions. Gives the ids of all that were answered. */
async function insertUntilKilled(file: string, answers: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const ids: string[] = [];
  for await (const id of createInterface({ input: child.stdout })) {
    ids.push(id);
    if (ids.length === answers) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  // The last line may be incomplete, since its writer was killed.
  return ids.filter((id) => id.length === 36);
}

// 20 insertions fit into SQLite's log; 1,500 make it write the log back into the file several times.
test.each([20, 1_500])('a process that is killed after %s answered insertions loses none of them', async (answers) => {
  const file = pathOf(`killed-${answers}.sqlite`);
  const answered = await insertUntilKilled(file, answers);
  expect(answered.length).toBeGreaterThanOrEqual(answers);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);

  const world = new SqliteWorldStore(file, migrationsFolder);
  const found = await world.keys.findRevealed({});
  const ids = found.map(({ id }) => id);
  expect(ids.slice(0, answered.length)).toEqual(answered);
  // An insertion whose answer was not read may be there, but only as a whole.
  expect(ids.length - answered.length).toBeLessThanOrEqual(1);
  expect(found).toEqual(ids.map((id) => ({ ...keyOf(id), secret: `kept ${id}` })));
  world.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('a file whose process was killed can be used at once, and keeps what is added', async () => {
  const file = pathOf('killed-and-used.sqlite');
  const answered = await insertUntilKilled(file, 5);
  const second = await insertUntilKilled(file, 5);
  const world = new SqliteWorldStore(file, migrationsFolder);
  const found = new Set((await world.keys.find({})).map(({ id }) => id));
  expect([...answered, ...second].filter((id) => !found.has(id))).toEqual([]);
  expect(await world.keys.use('alpha', keyOf(answered[0] ?? '').hash, () => 2_000)).toMatchObject({ id: answered[0] });
  world.close();
});
