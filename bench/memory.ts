import { type MeasuredServer, startMeasured } from './process.ts';

/** Makes, fills and drops worlds again: what they took has to be given back. */
const keysEach = 1000;
/** So many worlds at a time: no more than may be open. */
const atOnce = 20;
const owner = 'member@me.com';

/**
 * Resident memory in MiB, before and after so many worlds with a thousand keys each were made, used and dropped, in several
 * rounds. What a round leaves behind would grow from round to round.
 */
export async function measureMemory(worlds: number, rounds: number): Promise<Record<string, object>> {
  const server = await startMeasured(['dist/cli.js'], {});
  try {
    const rows: [string, object][] = [];
    // V8 compiles code, and the allocator takes memory that it keeps.
    await makeAndDrop(server, 'warm-up', atOnce);
    rows.push(['at the start', { MiB: Math.round(await settledMiB(server)) }]);
    for (let round = 1; round <= rounds; round++) {
      const mostMiB = await makeAndDrop(server, `bench-${round}`, worlds);
      const after = await settledMiB(server);
      rows.push([`${worlds} worlds, round ${round}`, { MiB: Math.round(after), 'MiB at most': Math.round(mostMiB) }]);
    }
    return Object.fromEntries(rows);
  } finally {
    server.stop();
  }
}

/** Returns the most memory that was in use, with `atOnce` worlds. */
async function makeAndDrop(server: MeasuredServer, name: string, count: number): Promise<number> {
  let most = 0;
  for (let begun = 0; begun < count; begun += atOnce) {
    const names = Array.from({ length: Math.min(atOnce, count - begun) }, (_, index) => `${name}-${begun + index}`);
    for (const one of names) await make(server, one);
    most = Math.max(most, server.residentMiB());
    for (const one of names) await expectOk(await fetch(`${server.url}/_latchkey/worlds/${one}`, { method: 'DELETE' }));
  }
  await expectOk(await fetch(`${server.url}/_latchkey/requests`, { method: 'DELETE' }));
  return most;
}

async function make({ url }: MeasuredServer, name: string): Promise<void> {
  const keys = Array.from({ length: keysEach }, (_, index) => ({ owner, name: `key-${index}`, secret: secretOf(name, index) }));
  const body = JSON.stringify({ seed: { rockset: { users: [{ email: owner, roles: ['member'] }], keys } } });
  const headers = { 'content-type': 'application/json' };
  await expectOk(await fetch(`${url}/_latchkey/worlds/${name}`, { method: 'PUT', headers, body }));
  const authorization = `ApiKey ${secretOf(name, 0)}`;
  await expectOk(await fetch(`${url}/~${name}/rockset/v1/orgs/self/users/self/apikeys`, { headers: { authorization } }));
}

function secretOf(name: string, index: number): string {
  return `${name}x${index}x`.replaceAll('-', '').padEnd(64, 'x');
}

/** What is in use once the collector of garbage had its turn. */
async function settledMiB(server: MeasuredServer): Promise<number> {
  await server.collectGarbage();
  return server.residentMiB();
}

async function expectOk(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 300)}`);
}
