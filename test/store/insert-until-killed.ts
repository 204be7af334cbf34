/** Inserts keys into the file named on the command line, one after the other, and prints each id once its insertion was answered. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from './key-of.ts';

const world = new SqliteWorldStore(process.argv[2] ?? '', migrationsFolder);
for (;;) {
  const id = randomUUID();
  await world.keys.insert(keyOf(id), `kept ${id}`);
  // Not process.stdout: an id that is still in a buffer when the process dies was not told to anybody.
  writeSync(1, `${id}\n`);
}
