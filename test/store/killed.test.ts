import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { alice } from '../providers/estuary/estuary.ts';
import { type Serving, serveCommand } from '../support/command.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
const trials = 100;

/** What was answered: the keys that must be accepted, and those that must be refused. */
interface Answered {
  readonly issued: Set<string>;
  readonly revoked: Set<string>;
  /** Revoked, but the answer was not read: either is right. */
  readonly unsure: Set<string>;
}

const nothing = (): Answered => ({ issued: new Set(), revoked: new Set(), unsure: new Set() });

async function call(url: string, method: string, path: string): Promise<Response> {
  return fetch(`${url}${path}`, { method, headers: { authorization: alice } });
}

/** Issues keys, and revokes every third of them, until the server does not answer any more. */
async function write(url: string, answered: Answered, enough: () => boolean): Promise<void> {
  for (let turn = 0; !enough(); turn++) {
    const { token }: { readonly token: string } = JSON.parse(await (await call(url, 'POST', '/user/api-keys')).text());
    answered.issued.add(token);
    if (turn % 3 !== 2) continue;
    answered.issued.delete(token);
    answered.unsure.add(token);
    const { status } = await call(url, 'DELETE', `/user/api-keys/${token}`);
    if (status !== 200) continue;
    answered.unsure.delete(token);
    answered.revoked.add(token);
  }
}

/** The states of all of Alice's keys, by secret. */
async function statesIn({ url }: Serving): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  const saved = Buffer.from(await (await fetch(`${url}/_latchkey/snapshot`)).arrayBuffer());
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(saved);
  for (const [secret, state] of db.prepare<[], [string, string]>('SELECT secret, state FROM api_keys').raw().iterate())
    states.set(secret, state);
  db.close();
  return states;
}

async function expectAll(server: Serving, { issued, revoked, unsure }: Answered): Promise<void> {
  const states = await statesIn(server);
  expect([...issued].filter((token) => states.get(token) !== 'active')).toEqual([]);
  expect([...revoked].filter((token) => states.get(token) !== 'revoked')).toEqual([]);
  expect([...unsure].filter((token) => !states.has(token))).toEqual([]);
}

test(`${trials} times killed while four clients write: nothing that was answered is lost`, { timeout: 240_000 }, async () => {
  const db = pathOf('killed.sqlite');
  const answered = nothing();
  for (let trial = 0; trial < trials; trial++) {
    const server = await serveCommand(['--db', db, '--log-level', 'silent']);
    // Checked by each process, since each of them may lose what an earlier one had written.
    await expectAll(server, answered);
    const before = answered.issued.size + answered.revoked.size;
    // From the first answer on, after a number of answers that differs from trial to trial.
    const kill = () => {
      if (answered.issued.size + answered.revoked.size - before > (trial * 7) % 40) server.child.kill('SIGKILL');
      return false;
    };
    await Promise.allSettled([1, 2, 3, 4].map(() => write(server.url, answered, kill)));
    expect(answered.issued.size + answered.revoked.size).toBeGreaterThan(before);
    expect(await server.stop('SIGKILL')).toMatchObject({ status: null });
  }
  await expectAll(await serveCommand(['--db', db, '--log-level', 'silent']), answered);
});

const mayMount = process.platform === 'linux' && process.geteuid?.() === 0;

/** A file system of its own that is soon full. Undefined where this user may not make one. */
function smallDisk(kilobytes: number): string | undefined {
  const folder = pathOf('disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return folder;
}

test.runIf(mayMount)(
  'a full disk loses nothing that was answered, and is told in words',
  { timeout: 60_000 },
  async (context) => {
    const folder = smallDisk(4_000);
    if (folder === undefined) return context.skip('this machine does not let tests mount a file system');
    const db = join(folder, 'keys.sqlite');
    const server = await serveCommand(['--db', db, '--log-level', 'error']);
    const answered = nothing();
    let refused = 0;
    while (refused < 3) {
      const answer = await call(server.url, 'POST', '/user/api-keys');
      const body = JSON.parse(await answer.text());
      if (answer.status === 200) answered.issued.add(body.token);
      else {
        refused += 1;
        expect([answer.status, body]).toEqual([
          503,
          { error: { code: 503, reason: 'Service Unavailable', details: 'Service Unavailable' } },
        ]);
      }
    }
    expect(answered.issued.size).toBeGreaterThan(50);
    const message = 'The database of this world did not take the change: the disk is full, or the file may not grow.';
    const issuing = await fetch(`${server.url}/_latchkey/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'estuary', owner: 'alice', name: 'x'.repeat(9_000) }),
    });
    expect([issuing.status, await issuing.json()]).toEqual([503, { error: { code: 'storage_failed', message, details: null } }]);
    // What is there goes on being answered.
    const [kept = ''] = answered.issued;
    const used = await fetch(`${server.url}/viewer`, { headers: { authorization: `Bearer ${kept}` } });
    expect(used.status).toBe(200);
    const { status, stderr } = await server.stop('SIGTERM');
    expect(status).toBe(0);
    expect(stderr).toContain(message);

    const again = await serveCommand(['--db', moved(db), '--log-level', 'silent']);
    await expectAll(again, answered);
  },
);

/** Takes the files of a database to a disk that has room. */
function moved(db: string): string {
  const folder = pathOf('roomy');
  rmSync(folder, { recursive: true, force: true });
  execFileSync('cp', ['-r', dirname(db), folder]);
  return join(folder, 'keys.sqlite');
}
