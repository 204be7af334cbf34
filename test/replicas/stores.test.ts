import { afterAll, beforeAll, describe } from 'vitest';
import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { PostgresWorlds } from '../../src/replicas/index.ts';
import { keyStoreConformance } from '../store/key-store-conformance.ts';
import { resourceStoreConformance } from '../store/resource-store-conformance.ts';
import { type EmptyDatabase, makeEmptyDatabase } from '../support/empty-database.ts';
import { testServer } from '../support/postgres.ts';
import { emptyFilling } from './empty-filling.ts';

describe('PostgreSQL', () => {
  let database: EmptyDatabase;
  let worlds: PostgresWorlds;
  let made = 0;

  beforeAll(async () => {
    database = await makeEmptyDatabase(testServer());
    const { url } = database;
    worlds = await PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder, version: '1.0.0' });
  });

  afterAll(async () => {
    await worlds.close();
    await database.drop();
  });

  async function emptyWorld() {
    const world = worlds.world(`world-${made++}`);
    await world.open(async () => emptyFilling);
    return world.store;
  }

  keyStoreConformance('PostgreSQL', emptyWorld);
  resourceStoreConformance('PostgreSQL', emptyWorld);
});
