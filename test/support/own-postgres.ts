import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import type { SharedWorlds } from '../../src/worlds/sharing.ts';
import { makeEmptyDatabase } from './empty-database.ts';

/** Worlds in a database that one emulator has for itself. */
export interface OwnPostgres {
  readonly worlds: SharedWorlds;
  /** To be called once the emulator is closed. */
  drop(): Promise<void>;
}

/** With LATCHKEY_TEST_ALL_ON_POSTGRES, which `.ci/postgres` sets, every emulator of a test is on a PostgreSQL; else undefined. */
export async function ownPostgres(): Promise<OwnPostgres | undefined> {
  const server = process.env['LATCHKEY_TEST_ALL_ON_POSTGRES'];
  if (server === undefined) return undefined;
  const { PostgresWorlds } = await import('../../src/replicas/index.ts');
  const database = await makeEmptyDatabase(server);
  const { url } = database;
  const worlds = await PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder, version: '0.0.0-test' });
  return { worlds, drop: () => database.drop() };
}
