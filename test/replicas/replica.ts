import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { PostgresWorlds } from '../../src/replicas/index.ts';
import type { SharedWorld } from '../../src/worlds/sharing.ts';
import { startTestEmulator, type TestEmulator, type TestOptions } from '../support/emulator.ts';
import { emptyFilling } from './empty-filling.ts';

/** The worlds in a database, as one more process has them. */
export function openWorlds(
  url: string,
  version = '1.0.0',
  settings: Readonly<Record<string, unknown>> = {},
): Promise<PostgresWorlds> {
  return PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder, version, settings });
}

/** An emulator whose default world keeps its keys for itself, and shares its journal with the same world of other replicas. */
export interface TestReplica {
  readonly lk: TestEmulator;
  readonly worlds: PostgresWorlds;
  readonly shared: SharedWorld;
  /** Answers a request to a path, as a process does: after it has looked at the world. Gives the id of its entry. */
  answer(path: string): Promise<string>;
  close(): Promise<void>;
}

export async function startReplica(url: string, options: TestOptions = {}): Promise<TestReplica> {
  const worlds = await openWorlds(url);
  const lk = await startTestEmulator({ explainHeader: true, ...options });
  const shared = worlds.world('default');
  await shared.open(async () => emptyFilling);
  lk.world.journal.share(shared.journal);
  return {
    lk,
    worlds,
    shared,
    async answer(path) {
      await shared.enter();
      const { headers } = await lk.request.get(path);
      return String(headers['x-latchkey-request']);
    },
    async close() {
      await worlds.close();
      await lk.close();
    },
  };
}
