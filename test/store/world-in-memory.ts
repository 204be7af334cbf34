import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';

/** A fresh store in memory, as every world without a file has. */
export function worldInMemory(): SqliteWorldStore {
  return new SqliteWorldStore(':memory:', migrationsFolder);
}
