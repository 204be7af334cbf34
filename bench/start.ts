import { setTimeout as wait } from 'node:timers/promises';
import { median, startServer } from './process.ts';

const servers = {
  'bare node:http': ['bench/bare-http.mjs', '/'],
  'bare Fastify': ['bench/bare-fastify.mjs', '/'],
  latchkey: ['dist/cli.js', '/health'],
} as const;

/** Milliseconds to the first answer, the ratio to bare `node:http`, and resident memory three seconds later, when it is idle. */
export async function measureStart(starts: number): Promise<Record<string, object>> {
  const times = new Map<string, number[]>(Object.keys(servers).map((name) => [name, []]));
  const memory = new Map<string, number>();
  for (let round = 0; round < starts; round++) {
    for (const [name, [script, path]] of Object.entries(servers)) {
      const server = await startServer(script, path);
      times.get(name)?.push(server.startMs);
      if (round === 0) {
        await wait(3000);
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
