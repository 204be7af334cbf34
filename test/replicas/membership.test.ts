import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { PostgresWorlds } from '../../src/replicas/index.ts';
import { dropDatabase, emptyDatabase, queryDatabase } from './database.ts';
import { deafTo } from './deaf-proxy.ts';
import { openWorlds, startReplica } from './replica.ts';

describe('the processes that serve the worlds', () => {
  let url: string;
  const open: PostgresWorlds[] = [];
  const start = async (version?: string) => {
    const worlds = await openWorlds(url, version);
    open.push(worlds);
    return worlds;
  };
  const numbers = async (worlds: PostgresWorlds) => (await worlds.processes()).map(({ number }) => number);

  beforeEach(async () => {
    url = await emptyDatabase();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((worlds) => worlds.close()));
    await dropDatabase(url);
  });

  test('are known to each other, with their versions', async () => {
    const before = systemClock.now();
    const [one, two] = [await start('1.0.0'), await start('1.1.0')];
    const since = expect.any(Number);
    expect(await one.processes()).toEqual([
      { number: 0, version: '1.0.0', since, isThis: true },
      { number: 1, version: '1.1.0', since, isThis: false },
    ]);
    expect((await two.processes()).map(({ isThis }) => isThis)).toEqual([false, true]);
    // By the clock of the database, which is that of this machine or near it.
    expect((await one.processes())[0]?.since).toBeGreaterThan(before - 60_000);
  });

  test('have different numbers when they start at once, and the number of one that has left is not the next one to be used', async () => {
    const all = await Promise.all([start(), start(), start(), start()]);
    const [first, last] = all;
    if (first === undefined || last === undefined) return expect.unreachable();
    expect(await numbers(first)).toEqual([0, 1, 2, 3]);
    const left = (await last.processes()).find(({ isThis }) => isThis)?.number;
    await last.close();
    const others = [0, 1, 2, 3].filter((number) => number !== left);
    expect(await numbers(first)).toEqual(others);
    await start();
    expect(await numbers(first)).toEqual([...others, 4]);
  });

  test('one that was taken for gone has another number, and goes on', async () => {
    const replica = await startReplica(url);
    try {
      const before = Number(await replica.answer('/before'));
      await queryDatabase(url, 'UPDATE replicas SET process = $1', [randomUUID()]);
      await expect.poll(() => numbers(replica.worlds), { timeout: 5000 }).toContain(1);
      expect((await replica.worlds.processes()).find(({ isThis }) => isThis)?.number).toBe(1);
      const after = Number(await replica.answer('/after'));
      expect(after).toBeGreaterThan(before);
      expect([((before / 64) % 64) | 0, ((after / 64) % 64) | 0]).toEqual([0, 1]);
    } finally {
      await replica.close();
    }
  });

  test('there are 64 at most', async () => {
    const one = await start();
    await queryDatabase(
      url,
      "INSERT INTO replicas (number, process, version, since, seen_at) SELECT n, gen_random_uuid(), '1', now(), now() + interval '1 hour' FROM generate_series(1, 63) n",
    );
    await expect(start()).rejects.toMatchObject({
      name: 'DatabaseError',
      message: 'cannot use the database: 64 processes serve its worlds already, and more cannot; stop one of them',
    });
    await queryDatabase(url, 'UPDATE replicas SET has_left = true WHERE number = 17');
    await start();
    expect(await numbers(one)).toHaveLength(64);
  });

  test('a database behind a pooler that loses what is said is refused in one line', async () => {
    const proxy = await deafTo(url);
    try {
      await expect(openWorlds(proxy.url)).rejects.toMatchObject({
        name: 'DatabaseError',
        message: expect.stringMatching(
          /^cannot use the database postgres:\S+: what is said with NOTIFY is not heard there, as behind a pooler in the pool mode transaction: use the pool mode session, or connect to PostgreSQL itself$/,
        ),
      });
      expect(await queryDatabase(url, 'SELECT number FROM replicas')).toEqual([]);
    } finally {
      await proxy.close();
    }
  });
});
