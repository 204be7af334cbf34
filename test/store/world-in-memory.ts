import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';

/** An empty store in memory. */
export function worldInMemory(): SqliteWorldStore {
  return new SqliteWorldStore(':memory:', migrationsFolder);
}
