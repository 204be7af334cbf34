import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';

/** The processes of a PostgreSQL. */
export interface PostgresProcess {
  /** The CPU time that all of them have taken so far; NaN where they are not seen. */
  cpuMs(): number;
  /** Lets them use the cores again that they could use before. */
  free(): void;
}

/** `cutime` and `cstime` count in these, on every Linux. */
const ticksPerMs = 0.1;

/**
 * Finds the processes of a PostgreSQL by the one that serves a connection, whose parent is the parent of all, and keeps those that
 * come from now on to a core, as far as this user may. One on another machine, or in a container of its own, is not seen.
 */
export async function findPostgres(url: string, core: number): Promise<PostgresProcess> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const own = statOf(rows[0]?.pid ?? 0);
    if (own?.name !== 'postgres') return { cpuMs: () => Number.NaN, free: () => undefined };
    const postmaster = own.parent;
    const cores = keepTo(postmaster, String(core));
    return {
      cpuMs: () => cpuMsOf(postmaster),
      free: () => {
        if (cores !== undefined) keepTo(postmaster, cores);
      },
    };
  } finally {
    await client.end();
  }
}

/** Keeps a process and its children to cores, and says which ones it could use before. */
function keepTo(postmaster: number, cores: string): string | undefined {
  const [before] = [postmaster, ...childrenOf(postmaster)].map((pid) => {
    const { status, stdout } = spawnSync('taskset', ['-pc', cores, String(pid)], { encoding: 'utf8' });
    return status === 0 ? /current affinity list: (\S+)/.exec(stdout)?.[1] : undefined;
  });
  return before;
}

function cpuMsOf(postmaster: number): number {
  // Those that have ended are counted at their parent.
  const ended = (statOf(postmaster)?.endedTicks ?? 0) / ticksPerMs;
  return [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + nanosecondsOf(pid) / 1e6, ended);
}

function nanosecondsOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

function childrenOf(postmaster: number): number[] {
  const all = readdirSync('/proc').map(Number);
  return all.filter((pid) => pid > 0 && statOf(pid)?.parent === postmaster);
}

/** What the system says of a process; undefined if it does not see it. */
function statOf(pid: number): { readonly name: string; readonly parent: number; readonly endedTicks: number } | undefined {
  try {
    // The name is in parentheses, and may have some itself.
    const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').trim()) ?? [];
    const fields = rest.split(' ');
    return { name, parent: Number(fields[1]), endedTicks: Number(fields[13]) + Number(fields[14]) };
  } catch {
    return undefined;
  }
}
