import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stopwatchMs } from '../../src/clock.ts';
import { unreadableEntry } from '../../src/journal/unreadable.ts';
import * as estuary from '../providers/estuary/estuary.ts';
import { dropDatabase, emptyDatabase, queryDatabase } from './database.ts';
import { startReplica, type TestReplica } from './replica.ts';

describe('the journal of a world that two processes serve', () => {
  let url: string;
  let replicas: TestReplica[];
  let one: TestReplica;
  let two: TestReplica;

  beforeEach(async () => {
    url = await emptyDatabase();
    one = await startReplica(url);
    two = await startReplica(url);
    replicas = [one, two];
  });

  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await dropDatabase(url);
  });

  const paths = async (replica: TestReplica, query = '') => {
    const { body } = await replica.lk.request.get(`/_latchkey/requests${query}`).expect(200);
    return body.requests.map(({ path }: { path: string }) => path);
  };
  const count = async (replica: TestReplica, query = '') =>
    (await replica.lk.request.get(`/_latchkey/requests/count${query}`).expect(200)).body;

  test('is the same at both, in the order of the answers, and has each request once', async () => {
    const ids = [
      await one.answer('/first'),
      await two.answer('/second'),
      await one.answer('/third'),
      await two.answer('/fourth'),
    ];
    for (const replica of [one, two, one]) {
      const { body } = await replica.lk.request.get('/_latchkey/requests').expect(200);
      expect(body.requests.map(({ id, path }: { id: string; path: string }) => [id, path])).toEqual([
        [ids[3], '/fourth'],
        [ids[2], '/third'],
        [ids[1], '/second'],
        [ids[0], '/first'],
      ]);
      expect(body).toMatchObject({ total: 4, cursor: null, forgotten: 0 });
      expect(await count(replica)).toEqual({ count: 4, forgotten: 0 });
    }
  });

  test('is explained at one as at the other, with its messages', async () => {
    const id = await two.answer('/viewer?colour=blue');
    await one.answer('/other');
    const explained = async ({ lk }: TestReplica) => (await lk.request.get(`/_latchkey/requests/${id}`).expect(200)).body;
    const there = await explained(two);
    expect(there).toMatchObject({ id, path: '/viewer?colour=blue', method: 'GET' });
    expect(there.requestHeaders.host).toBe(new URL(two.lk.url).host);
    expect(there.responseBody).not.toBe('');
    expect(await explained(one)).toEqual(there);
    await one.lk.request.get('/_latchkey/requests/1').expect(404);
  });

  test('is filtered and paged over both', async () => {
    for (let n = 0; n < 3; n++) {
      await one.answer(`/one/${n}`);
      await two.answer(`/two/${n}`);
    }
    expect(await paths(one, '?q=/two/')).toEqual(['/two/2', '/two/1', '/two/0']);
    expect(await count(two, '?status=404')).toEqual({ count: 6, forgotten: 0 });
    expect(await count(two, '?method=POST')).toEqual({ count: 0, forgotten: 0 });
    const pages: string[] = [];
    for (let query = '?limit=2'; ; ) {
      const { body } = await two.lk.request.get(`/_latchkey/requests${query}`).expect(200);
      expect(body.total).toBe(6);
      pages.push(body.requests.map(({ path }: { path: string }) => path).join(' '));
      if (body.cursor === null) break;
      query = `?limit=2&cursor=${body.cursor}`;
    }
    expect(pages).toEqual(['/two/2 /one/2', '/two/1 /one/1', '/two/0 /one/0']);
  });

  test('has no secret in the database', async () => {
    const secret = estuary.alice.replace('Bearer ', '');
    await two.lk.request.get(`/viewer?key=${secret}`).set('authorization', estuary.alice).expect(200);
    expect(await count(one)).toEqual({ count: 1, forgotten: 0 });
    const rows = await queryDatabase<{ entry: string; messages: string }>(url, 'SELECT entry, messages FROM journal');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('nothing is written before somebody asks, and nothing by who asks', async () => {
    await one.answer('/one');
    await two.answer('/two');
    const written = () => queryDatabase<{ entry: string }>(url, 'SELECT entry FROM journal');
    expect(await written()).toEqual([]);
    await count(one);
    expect((await written()).map(({ entry }) => JSON.parse(entry).head.path)).toEqual(['/two']);
  });

  test('what was written is in no table that a crash of the database empties', async () => {
    const sql =
      "SELECT relname FROM pg_class WHERE relpersistence <> 'p' AND relkind = 'r' AND relname IN ('journal', 'journals', 'replicas')";
    expect(await queryDatabase(url, sql)).toEqual([]);
  });

  test('a clear at one is a clear at all, and what is answered later is shown', async () => {
    await one.answer('/one');
    await two.answer('/two');
    await two.answer('/seen');
    expect(await count(one)).toEqual({ count: 3, forgotten: 0 });
    await two.answer('/unseen');
    await one.lk.request.delete('/_latchkey/requests').expect(200, /true/);
    await two.answer('/later');
    expect(await paths(two)).toEqual(['/later']);
    expect(await paths(one)).toEqual(['/later']);
    // What it keeps in memory is gone, too.
    expect(two.lk.world.journal.size).toBe(1);
    expect(await queryDatabase(url, 'SELECT id FROM journal')).toHaveLength(1);
  });

  test('a reset at one is a clear at all', async () => {
    await one.answer('/one');
    await two.answer('/two');
    await one.lk.request.post('/_latchkey/reset').send({ to: 'seed' }).expect(200);
    await two.answer('/later');
    expect(await paths(one)).toEqual(['/later']);
    expect(await paths(two)).toEqual(['/later']);
  });

  test('whoever asks amid many requests is told of all that were answered before, each once', async () => {
    const answered = new Set<string>();
    const ask = async ({ lk }: TestReplica) => {
      const before = [...answered];
      const { body } = await lk.request.get('/_latchkey/requests?limit=10000').expect(200);
      const ids: string[] = body.requests.map(({ id }: { id: string }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => b - a));
      expect(before.filter((id) => !ids.includes(id))).toEqual([]);
      return ids;
    };
    const load = async (replica: TestReplica, name: string) => {
      for (let n = 0; n < 60; n++) {
        const id = await replica.answer(`/${name}/${n}`);
        expect(answered.has(id)).toBe(false);
        answered.add(id);
      }
    };
    const asking = async (replica: TestReplica) => {
      for (let n = 0; n < 10; n++) await ask(replica);
    };
    await Promise.all([load(one, 'a'), load(one, 'b'), load(two, 'c'), load(two, 'd'), asking(one), asking(two)]);
    for (const replica of [one, two]) expect((await ask(replica)).toSorted()).toEqual([...answered].toSorted());
    expect(answered.size).toBe(240);
  });

  test('a process that stops leaves what it has answered, and is not waited for', async () => {
    await one.answer('/one');
    await two.answer('/two');
    await two.close();
    replicas = [one];
    expect(await one.worlds.processes()).toHaveLength(1);
    const askedAt = stopwatchMs();
    expect(await paths(one)).toEqual(['/two', '/one']);
    expect(stopwatchMs() - askedAt).toBeLessThan(2500);
    const three = await startReplica(url);
    replicas.push(three);
    await three.answer('/three');
    expect(await paths(one)).toEqual(['/three', '/two', '/one']);
  });

  test('a process that stops while a world that it has used is dropped elsewhere has left all the same', async () => {
    // The first use of a key is written at once.
    for (let n = 0; n < 3; n++) await two.lk.request.get('/~gone/viewer').set('authorization', estuary.alice).expect(200);
    await one.lk.request.delete('/_latchkey/worlds/gone').expect(200);
    await two.close();
    replicas = [one];
    const left = await queryDatabase<{ number: number }>(url, 'SELECT number FROM replicas WHERE has_left');
    expect(left).toEqual([{ number: 1 }]);
  });

  test('each world has a journal of its own', async () => {
    await one.answer('/~left/one');
    await two.answer('/~right/two');
    await two.answer('/~left/three');
    const list = async ({ lk }: TestReplica, world: string) =>
      (await lk.request.get(`/~${world}/_latchkey/requests`).expect(200)).body.requests.map(({ path }: { path: string }) => path);
    for (const replica of [one, two]) {
      expect(await list(replica, 'left')).toEqual(['/~left/three', '/~left/one']);
      expect(await list(replica, 'right')).toEqual(['/~right/two']);
    }
    await one.lk.request.delete('/~left/_latchkey/requests').expect(200);
    expect([await list(two, 'left'), await list(two, 'right')]).toEqual([[], ['/~right/two']]);
    // A world that is made anew has nothing of the one before.
    await one.lk.request.delete('/_latchkey/worlds/right').expect(200);
    expect([await list(two, 'right'), await list(one, 'right')]).toEqual([[], []]);
    expect(await queryDatabase(url, 'SELECT id FROM journal')).toEqual([]);
  });

  test('both list both processes, and which one answers', async () => {
    const list = async ({ lk }: TestReplica) => (await lk.request.get('/_latchkey/replicas').expect(200)).body.replicas;
    const shown = { version: '1.0.0', since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) };
    expect(await list(one)).toEqual([
      { number: 0, ...shown, isAnswering: true },
      { number: 1, ...shown, isAnswering: false },
    ]);
    expect((await list(two)).map(({ isAnswering }: { isAnswering: boolean }) => isAnswering)).toEqual([false, true]);
  });

  test('a process that was killed costs the next one who asks the rest of its lease', async () => {
    await one.answer('/one');
    await joinDead(url);
    const askedAt = stopwatchMs();
    expect(await paths(one)).toEqual(['/one']);
    const waitedMs = stopwatchMs() - askedAt;
    expect(waitedMs).toBeGreaterThan(1500);
    expect(waitedMs).toBeLessThan(4500);
    expect(await one.worlds.processes()).toHaveLength(2);
  });

  test('a process that lives and does not answer makes the journal incomplete, and is named', async () => {
    await one.answer('/one');
    const dead = await joinDead(url);
    const living = setInterval(() => void renew(url, dead), 500);
    const { status, body } = await one.lk.request.get('/_latchkey/requests');
    clearInterval(living);
    expect({ status, body }).toEqual({
      status: 503,
      body: {
        error: {
          code: 'journal_incomplete',
          message:
            'The journal may lack requests: replica 2 has not said within 3 s what was answered there. Ask again; GET /_latchkey/replicas shows who lives.',
          details: null,
        },
      },
    });
  });

  test('after a time in which nobody could say that it lives all are waited for', async () => {
    await two.answer('/two');
    // Nobody can write to the table, as little as to a database that is away; the second process for a little longer.
    const held = queryDatabase(url, 'BEGIN; SELECT FROM replicas WHERE number = 1 FOR UPDATE; SELECT pg_sleep(5); COMMIT');
    await queryDatabase(url, 'BEGIN; LOCK TABLE replicas IN SHARE MODE; SELECT pg_sleep(4); COMMIT');
    expect(await paths(one)).toEqual(['/two']);
    await held;
  });

  test('a process that does not hear writes when it looks', async () => {
    await two.answer('/two');
    await queryDatabase(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()",
    );
    expect(await paths(one)).toEqual(['/two']);
    await two.answer('/more');
    expect(await paths(one)).toEqual(['/more', '/two']);
  });
});

describe('the bounds of a journal that two processes serve', () => {
  test('a longer journal than is read or written at once is whole', async () => {
    const url = await emptyDatabase();
    const one = await startReplica(url, { journalSize: 5000 });
    const two = await startReplica(url, { journalSize: 5000 });
    try {
      const entry = () => unreadableEntry({ at: 0, elapsedMs: 0, from: null, status: 400, answer: 'x'.repeat(50) });
      for (let n = 0; n < 2500; n++) two.lk.world.record(entry());
      const { body } = await one.lk.request.get('/_latchkey/requests?limit=10000').expect(200);
      expect(body.requests.map(({ id }: { id: string }) => Number(id))).toEqual(
        two.lk.world.journal.find({}).map(({ id }) => id),
      );
      expect(body.forgotten).toBe(0);
    } finally {
      await Promise.all([one.close(), two.close()]);
      await dropDatabase(url);
    }
  });

  test('hold for both together, and what is not shown is counted', async () => {
    const url = await emptyDatabase();
    const one = await startReplica(url, { journalSize: 4 });
    const two = await startReplica(url, { journalSize: 4 });
    const all = async ({ lk }: TestReplica) => {
      const { body } = await lk.request.get('/_latchkey/requests').expect(200);
      return [body.requests.map(({ path }: { path: string }) => path).join(' '), body.forgotten];
    };
    try {
      for (let n = 1; n <= 6; n++) await two.answer(`/two/${n}`);
      expect(await all(one)).toEqual(['/two/6 /two/5 /two/4 /two/3', 2]);
      await one.answer('/one/1');
      await one.answer('/one/2');
      for (const replica of [one, two, one]) expect(await all(replica)).toEqual(['/one/2 /one/1 /two/6 /two/5', 4]);
      for (let n = 7; n <= 12; n++) await two.answer(`/two/${n}`);
      for (const replica of [one, two, one]) expect(await all(replica)).toEqual(['/two/12 /two/11 /two/10 /two/9', 10]);
      expect(await queryDatabase(url, 'SELECT id FROM journal')).toHaveLength(4);
      await one.lk.request.delete('/_latchkey/requests').expect(200);
      await one.answer('/one/3');
      for (const replica of [one, two]) expect(await all(replica)).toEqual(['/one/3', 0]);
    } finally {
      await Promise.all([one.close(), two.close()]);
      await dropDatabase(url);
    }
  });
});

/** A process that is registered, and does nothing. */
async function joinDead(url: string): Promise<string> {
  const process = randomUUID();
  await queryDatabase(
    url,
    'INSERT INTO replicas (number, process, version, since) SELECT max(number) + 1, $1, $2, now() FROM replicas',
    [process, '1.0.0'],
  );
  return process;
}

async function renew(url: string, process: string): Promise<void> {
  await queryDatabase(url, 'UPDATE replicas SET seen_at = clock_timestamp() WHERE process = $1', [process]);
}
