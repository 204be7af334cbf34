import { afterAll, beforeAll, describe } from 'vitest';
import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { PostgresWorlds } from '../../src/replicas/index.ts';
import type { Filling } from '../../src/worlds/sharing.ts';
import { keyStoreConformance } from '../store/key-store-conformance.ts';
import { resourceStoreConformance } from '../store/resource-store-conformance.ts';
import { dropDatabase, emptyDatabase, postgresUrl } from './database.ts';

const empty: Filling = {
  records: [],
  now: 0,
  state: {
    clock: { offsetMs: 0, frozenAt: null },
    faults: { last: 0, list: [] },
    mark: null,
    extent: 'everything',
    seed: null,
  },
};

describe.skipIf(postgresUrl === undefined)('PostgreSQL', () => {
  let url: string;
  let worlds: PostgresWorlds;
  let made = 0;

  beforeAll(async () => {
    url = await emptyDatabase();
    worlds = await PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder, version: '1.0.0' });
  });

  afterAll(async () => {
    await worlds.close();
    await dropDatabase(url);
  });

  async function emptyWorld() {
    const world = worlds.world(`world-${made++}`);
    await world.open(async () => empty);
    return world.store;
  }

  keyStoreConformance('PostgreSQL', emptyWorld);
  resourceStoreConformance('PostgreSQL', emptyWorld);
});
