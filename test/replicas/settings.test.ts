import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import type { PostgresWorlds } from '../../src/replicas/index.ts';
import { digestsOf } from '../../src/replicas/settings.ts';
import { type Served, serve } from '../../src/server/serve.ts';
import { runHere } from '../support/command-here.ts';
import { dropDatabase, emptyDatabase, queryDatabase } from './database.ts';
import { emptyFilling } from './empty-filling.ts';
import { openWorlds } from './replica.ts';

let url: string;

beforeEach(async () => {
  url = await emptyDatabase();
});

afterEach(() => dropDatabase(url));

function refusal(...names: readonly string[]): string {
  return `the processes that serve its worlds have other settings (${names.join(', ')}): give all the same, or stop those first`;
}

describe('processes with settings that must be the same', () => {
  const open: PostgresWorlds[] = [];
  const start = async (settings?: Readonly<Record<string, unknown>>) => {
    const worlds = await openWorlds(url, '1.0.0', settings);
    open.push(worlds);
    return worlds;
  };
  const refused = (...names: readonly string[]) => ({
    name: 'DatabaseError',
    message: `cannot use the database: ${refusal(...names)}`,
  });

  afterEach(() => Promise.all(open.splice(0).map((worlds) => worlds.close())));

  test('serve the worlds together if they are, and one with others is told which', async () => {
    const settings = { '--clock': 5, '--seed': { a: [1] }, '--mutant': undefined };
    const one = await start(settings);
    await start({ ...settings });
    await expect(start({ ...settings, '--seed': { a: [2] }, '--mutant': 'none' })).rejects.toMatchObject(
      refused('--seed', '--mutant'),
    );
    expect((await one.processes()).map(({ number }) => number)).toEqual([0, 1]);
  });

  test('those of the first that starts when nobody lives hold from then on', async () => {
    const first = await start({ '--clock': 1 });
    await first.close();
    const second = await start({ '--clock': 2 });
    await expect(start({ '--clock': 1 })).rejects.toMatchObject(refused('--clock'));
    await second.close();
    // As if it had been killed more than three seconds ago.
    await queryDatabase(url, "UPDATE replicas SET has_left = false, seen_at = clock_timestamp() - interval '3.1 seconds'");
    await start({ '--clock': 3 });
  });

  test('a setting that another version of latchkey does not have is not compared, nor are those of one that tells none', async () => {
    await start({ '--clock': 1, '--old': 1 });
    await queryDatabase(
      url,
      "INSERT INTO replicas (number, process, version, since, seen_at) VALUES (9, gen_random_uuid(), '0.9.0', now(), now() + interval '1 hour')",
    );
    await start({ '--clock': 1, '--new': 1 });
    await expect(start({ '--clock': 2, '--new': 1 })).rejects.toMatchObject(refused('--clock'));
  });

  test('of two that start at the same moment with different ones, one starts', async () => {
    await (await start()).close();
    const inTheWay = new Client({ connectionString: url });
    await inTheWay.connect();
    try {
      await inTheWay.query('SELECT pg_advisory_lock($1)', [0x6c746372]);
      const starting = Promise.allSettled([start({ '--clock': 1 }), start({ '--clock': 2 })]);
      const waiting = () =>
        queryDatabase(
          url,
          "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()",
        );
      await expect.poll(waiting, { timeout: 2000 }).toHaveLength(2);
      await inTheWay.query('SELECT pg_advisory_unlock_all()');
      const started = await starting;
      expect(started.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(started.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused('--clock') });
    } finally {
      await inTheWay.end();
    }
  });

  test('one that says at this moment that it lives counts as living', async () => {
    await replacedBy({ '--clock': 1 });
    await queryDatabase(url, "UPDATE replicas SET seen_at = clock_timestamp() - interval '1 minute'");
    const renewing = new Client({ connectionString: url });
    await renewing.connect();
    try {
      await renewing.query("BEGIN; UPDATE replicas SET seen_at = now() + interval '1 hour'");
      const starting = Promise.allSettled([start({ '--clock': 2 })]);
      const waiting = () => queryDatabase(url, "SELECT pid FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted");
      await expect.poll(waiting, { timeout: 2000 }).toHaveLength(1);
      await renewing.query('COMMIT');
      expect(await starting).toMatchObject([{ status: 'rejected', reason: refused('--clock') }]);
    } finally {
      await renewing.end();
    }
  });

  test('of many that start at once, all that start have the same', async () => {
    const wanted = [1, 2, 1, 2, 1, 2, 1, 2];
    const started = await Promise.allSettled(wanted.map((clock) => start({ '--clock': clock })));
    const clocks = wanted.filter((_, index) => started[index]?.status === 'fulfilled');
    expect([
      [1, 1, 1, 1],
      [2, 2, 2, 2],
    ]).toContainEqual(clocks);
  });

  test('one that was paused, and wakes beside others with other ones, answers nothing until they have left', async () => {
    const one = await start({ '--clock': 1, '--seed': 'a' });
    const world = one.world('w');
    await world.open(async () => emptyFilling);
    await replacedBy({ '--clock': 2, '--seed': 'b' });
    const problem = `The database cannot be used now: ${refusal('--clock')}.`;
    await expect.poll(() => one.problem(), { timeout: 6000 }).toBe(problem);
    await expect(world.enter()).rejects.toMatchObject({ name: 'StorageError', message: problem });
    await queryDatabase(url, 'UPDATE replicas SET has_left = true WHERE number = 9');
    expect(await one.problem()).toBeUndefined();
    await world.enter();
    expect((await one.processes()).map(({ number, isThis }) => [number, isThis])).toEqual([[0, true]]);
  });

  test('one that was paused while the others read another seed goes on', async () => {
    const one = await start({ '--clock': 1, '--seed': 'a' });
    await replacedBy({ '--clock': 1, '--seed': 'b' });
    await expect.poll(async () => (await one.processes()).map(({ number }) => number), { timeout: 6000 }).toEqual([0, 9]);
    await expect(start({ '--clock': 1, '--seed': 'b' })).rejects.toMatchObject(refused('--seed'));
  });

  /** As if a process had been paused for so long that it was taken for gone, and another one had started. */
  async function replacedBy(settings: Readonly<Record<string, unknown>>): Promise<void> {
    // Somebody has to make the tables.
    if (open.length === 0) await (await start(settings)).close();
    await queryDatabase(
      url,
      `WITH gone AS (UPDATE replicas SET seen_at = clock_timestamp() - interval '1 minute')
       INSERT INTO replicas (number, process, version, since, seen_at, settings)
       VALUES (9, gen_random_uuid(), '1.0.0', now(), now() + interval '1 hour', $1)`,
      [JSON.stringify(digestsOf(settings))],
    );
  }
});

describe('latchkey serve', () => {
  const running: Served[] = [];
  let folder: string;
  const flags = (...more: readonly string[]) => ['--db', url, '--port', '0', '--log-level', 'silent', ...more];
  const start = async (...more: readonly string[]) => {
    const served = await serve({ args: flags(...more), env: {}, folder, readsFile: false }, '1.0.0');
    running.push(served);
    return served;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-settings-'));
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ emulator }) => emulator.close()));
    rmSync(folder, { recursive: true });
  });

  test('ends with status 1 and a line that names what others have otherwise, and no value of it', async () => {
    const token = 'a token of administrators';
    await start('--admin-token', token, '--clock', '2030-01-01T00:00:00Z');
    const others = ['--admin-token', 'another token', '--clock', '2031-01-01T00:00:00Z', '--providers', 'rockset'];
    expect(await runHere(flags(...others), { folder })).toEqual({
      status: 1,
      stdout: '',
      stderr: `latchkey: cannot use the database: ${refusal('--providers', '--clock', '--admin-token')}\n`,
    });
    const kept = await queryDatabase<{ settings: Record<string, string> }>(url, 'SELECT settings FROM replicas');
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(kept[0]?.settings['--admin-token']).toMatch(/^[\w-]{43}$/);
    // As the page shows it.
    const page = readFileSync(join(root, 'docs', 'replicas.md'), 'utf8');
    expect(page).toContain(`latchkey: cannot use the database: ${refusal('--seed', '--clock')}\n`);
  });

  test('starts beside one that was started with the same in other words, and with others of what is its own', async () => {
    const seed = join(folder, 'seed.yaml');
    writeFileSync(seed, 'rockset: {}\n');
    writeFileSync(join(folder, 'seed.json'), '{ "rockset": {} }');
    const one = await start('--seed', 'seed.yaml', '--clock', '2030-01-01T00:00:00Z', '--providers', 'rockset,kps');
    const own = ['--max-worlds', '7', '--journal-size', '9', '--journal-memory', '9', '--explain-header', '--drain', '1s'];
    const same = ['--seed', 'seed.json', '--clock', '2030-01-01T01:00:00+01:00', '--providers', 'kps', '--providers', 'rockset'];
    await start(...same, '--host', '127.0.0.1', '--rockset-port', '0', '--allow-host', 'example.com', ...own);
    expect(await one.emulator.world.credentials()).toBeDefined();
    const { stderr } = await runHere(flags('--providers', 'rockset,kps', '--clock', '2030-01-01T00:00:00Z'), { folder });
    expect(stderr).toBe(`latchkey: cannot use the database: ${refusal('--seed')}\n`);
  });

  test('compares those that start with the seed that was read again', async () => {
    const seed = join(folder, 'seed.yaml');
    writeFileSync(seed, 'rockset: {}\n');
    const one = await start('--seed', 'seed.yaml');
    writeFileSync(seed, 'kps: {}\n');
    expect((await runHere(flags('--seed', 'seed.yaml'), { folder })).stderr).toContain(refusal('--seed'));
    expect(await one.reseed()).toBe(true);
    await start('--seed', 'seed.yaml');
  });
});
