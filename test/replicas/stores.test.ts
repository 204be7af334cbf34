import { afterAll, beforeAll, describe } from 'vitest';
import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { PostgresWorlds } from '../../src/replicas/index.ts';
import { keyStoreConformance } from '../store/key-store-conformance.ts';
import { resourceStoreConformance } from '../store/resource-store-conformance.ts';
import { dropDatabase, emptyDatabase, postgresUrl } from './database.ts';
import { emptyFilling } from './empty-filling.ts';

describe.skipIf(postgresUrl === undefined)('PostgreSQL', () => {
  let url: string;
  let worlds: PostgresWorlds;
  let made = 0;

  beforeAll(async () => {
    url = await emptyDatabase();
    worlds = await PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder });
  });

  afterAll(async () => {
    await worlds.close();
    await dropDatabase(url);
  });

  async function emptyWorld() {
    const world = worlds.world(`world-${made++}`);
    await world.open(async () => emptyFilling);
    return world.store;
  }

  keyStoreConformance('PostgreSQL', emptyWorld);
  resourceStoreConformance('PostgreSQL', emptyWorld);
});
