/** Inserts keys into the file named on the command line, one after another, and prints each id after its insertion. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from './key-of.ts';

const world = new SqliteWorldStore(process.argv[2] ?? '', migrationsFolder);
for (;;) {
  const id = randomUUID();
  await world.keys.insert(keyOf(id), `kept ${id}`);
  // Not process.stdout: an id in its buffer would be lost when the process is killed.
  writeSync(1, `${id}\n`);
}
