import { migrationsFolder, postgresMigrationsFolder } from '../../src/package.ts';
import { PostgresWorlds } from '../../src/replicas/index.ts';
import { startTestEmulator, type TestEmulator, type TestOptions } from '../support/emulator.ts';

/** The worlds in a database, as one more process has them. */
export function openWorlds(
  url: string,
  version = '1.0.0',
  settings: Readonly<Record<string, unknown>> = {},
): Promise<PostgresWorlds> {
  return PostgresWorlds.open({ url, migrationsFolder, postgresMigrationsFolder, version, settings });
}

/** An emulator as one of several processes that serve the worlds of a database. */
export interface TestReplica {
  readonly lk: TestEmulator;
  readonly worlds: PostgresWorlds;
  /** Has a request to a path answered, and gives the id of its entry. */
  answer(path: string): Promise<string>;
  close(): Promise<void>;
}

export async function startReplica(url: string, options: TestOptions = {}): Promise<TestReplica> {
  const worlds = await openWorlds(url);
  const lk = await startTestEmulator({ explainHeader: true, ...options, sharing: worlds });
  return {
    lk,
    worlds,
    async answer(path) {
      const { headers } = await lk.request.get(path);
      return String(headers['x-latchkey-request']);
    },
    close: () => lk.close(),
  };
}
