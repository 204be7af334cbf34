import { median, type Server, startServer } from './process.ts';

/** Milliseconds until a new, seeded world gives its first answer, and the resident memory of each. */
export async function measureWorlds(worlds: number): Promise<Record<string, object>> {
  const server = await startServer('dist/cli.js', '/health');
  try {
    // The first worlds are slower: V8 compiles code for them.
    await makeWorlds(server, 'warm-up', 5);
    const before = server.residentMiB();
    const times = await makeWorlds(server, 'bench', worlds);
    const sorted = times.toSorted((one, other) => one - other);
    const row = {
      ms: Number(median(times).toFixed(1)),
      'ms of the slowest tenth': Number((sorted[Math.floor(sorted.length * 0.9)] ?? Number.NaN).toFixed(1)),
      'MiB each': Number(((server.residentMiB() - before) / worlds).toFixed(2)),
    };
    return { 'making a world': row };
  } finally {
    server.stop();
  }
}

async function makeWorlds({ url }: Server, name: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now();
    const answer = await fetch(`${url}/~${name}-${index}/health`);
    await answer.text();
    if (!answer.ok) throw new Error(`a world could not be made: ${answer.status}`);
    times.push(performance.now() - startedAt);
  }
  return times;
}
