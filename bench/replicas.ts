import { type EmptyDatabase, makeEmptyDatabase } from '../test/support/empty-database.ts';
import { type Server, startServer } from './process.ts';
import { measureChanges } from './replicas/changes.ts';
import { measureLoads } from './replicas/loads.ts';
import { findPostgres } from './replicas/postgres-process.ts';
import type { Row } from './replicas/rows.ts';

export interface ReplicaOptions {
  /** The URL of a PostgreSQL on this machine, whose user may make databases. */
  readonly url: string;
  readonly rounds: number;
  readonly seconds: number;
  /** How often a single request is measured. */
  readonly times: number;
  /** How many worlds are many. */
  readonly worlds: number;
}

const build = 'dist/cli.js';
/** The load generator is there, and PostgreSQL; the replica that is measured has the first core. */
const otherCore = 1;

/** Servers and databases that are removed after a measurement. */
class Scene {
  readonly #url: string;
  readonly #servers: Server[] = [];
  readonly #databases: EmptyDatabase[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async database(): Promise<string> {
    const database = await makeEmptyDatabase(this.#url);
    this.#databases.push(database);
    return database.url;
  }

  async server(env: Readonly<Record<string, string>> = {}, core = 0): Promise<Server> {
    const server = await startServer(build, '/health', env, core);
    this.#servers.push(server);
    return server;
  }

  async remove(): Promise<void> {
    for (const server of this.#servers) server.stop();
    for (const database of this.#databases) await database.drop();
  }
}

/**
 * Measures latchkey on a PostgreSQL against latchkey in memory: what one machine can show of what is wanted of several replicas. The
 * measured servers share the first core, and the load and PostgreSQL the second one.
 */
export async function measureReplicas(options: ReplicaOptions): Promise<Record<string, object>> {
  const postgres = await findPostgres(options.url, otherCore);
  try {
    const loads = await inScene(options.url, async (scene) => {
      const env = { LATCHKEY_DB: await scene.database() };
      const memory = await scene.server();
      const replicas = [
        await scene.server(env),
        await scene.server(env),
        await scene.server(env),
        await scene.server(env),
      ] as const;
      const writer = await scene.server(env, otherCore);
      return measureLoads({ ...options, memory, replicas, writer, postgres });
    });
    const changes = await inScene(options.url, async (scene) => {
      const [url, lonelyUrl] = [await scene.database(), await scene.database()];
      const env = { LATCHKEY_DB: url };
      const memory = await scene.server();
      const replicas = [await scene.server(env), await scene.server(env), await scene.server(env)] as const;
      const lonely = await scene.server({ LATCHKEY_DB: lonelyUrl });
      return measureChanges({ ...options, url, memory, replicas, lonely });
    });
    return tableOf([...loads, ...changes]);
  } finally {
    postgres.free();
  }
}

async function inScene<R>(url: string, work: (scene: Scene) => Promise<R>): Promise<R> {
  const scene = new Scene(url);
  try {
    return await work(scene);
  } finally {
    await scene.remove();
  }
}

function tableOf(rows: readonly Row[]): Record<string, object> {
  return Object.fromEntries(rows.map(({ what, ...rest }) => [what, rest]));
}
