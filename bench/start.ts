import { setTimeout as wait } from 'node:timers/promises';
import { packaged } from './packaged.ts';
import { median, startServer } from './process.ts';

/** How long after its start a server is idle. */
const idleAfterMs = 3000;

/** Milliseconds to the first answer, the ratio to bare `node:http`, and resident memory when idle. The starts are in turn. */
export async function measureStart(starts: number): Promise<Record<string, object>> {
  const fromPackage = await packaged();
  const servers: readonly (readonly [name: string, ...start: Parameters<typeof startServer>])[] = [
    ['bare node:http', 'bench/bare-http.mjs'],
    ['bare Fastify', 'bench/bare-fastify.mjs'],
    ['latchkey, from the checkout', 'dist/cli.js', '/health'],
    ['latchkey, from the package', fromPackage.script, '/health', fromPackage.env],
  ];
  const times = new Map<string, number[]>(servers.map(([name]) => [name, []]));
  const memory = new Map<string, number>();
  for (let round = 0; round < starts; round++) {
    for (const [name, ...start] of servers) {
      const server = await startServer(...start);
      times.get(name)?.push(server.startMs);
      if (round === 0) {
        await wait(idleAfterMs);
        memory.set(name, server.residentMiB());
      }
      server.stop();
    }
  }
  const base = median(times.get('bare node:http') ?? []);
  const rows = [...times].map(([name, values]) => [
    name,
    {
      ms: Math.round(median(values)),
      'of node:http': Number((median(values) / base).toFixed(2)),
      'idle MiB': Math.round(memory.get(name) ?? Number.NaN),
    },
  ]);
  return Object.fromEntries(rows);
}
