import type { Connections, Queries, Statement } from './connections.ts';
import { livingSql } from './members.ts';

/** An entry of a journal as it is written. */
export interface EntryRow {
  readonly id: number;
  readonly weight: number;
  /** As JSON. */
  readonly entry: string;
  readonly messages: string;
}

/** What a process writes to a world's journal. */
export interface WrittenEntries {
  readonly process: string;
  readonly rows: readonly EntryRow[];
  /** How many entries it has forgotten unwritten, and the id of the last of them. */
  readonly lost: number;
  readonly lastLost: number;
  /** How much of the journal stays. */
  readonly mostEntries: number;
  readonly mostBytes: number;
}

/** What is shown of a world's journal beside what a process has itself. */
export interface ReadEntries {
  /** Entries with smaller ids are not shown. */
  readonly from: number;
  /** How many entries were pushed out since it was cleared. */
  readonly forgotten: number;
  readonly clearedBefore: number;
  /** As JSON, the newest first. */
  readonly entries: readonly string[];
  /** There are more with smaller ids than this; null: there are not. */
  readonly next: number | null;
}

/** Asks of a world's journal that nobody has answered for this long are of no use any more, in milliseconds. */
const askedMs = 4000;

/** Tell a process that somebody asks, and the asker that a process has answered. */
export const gatherChannel = 'latchkey_gather';
export const gatheredChannel = 'latchkey_gathered';

/** How many ids a millisecond has. */
export const idsPerMs = 4096;

/** The first id that nothing has yet which was answered before this statement was sent. */
const nextIdSql = `((extract(epoch FROM clock_timestamp()) * 1000)::bigint + 1) * ${idsPerMs}`;

/** How many entries are read at once. */
const readAtOnce = 1000;

const readSql = `
  SELECT greatest(s.cleared, s.pruned) AS "from", s.cleared AS "clearedBefore", s.forgotten, j.entries, j.next
  FROM worlds w LEFT JOIN journals ON journals.world_id = w.id, LATERAL (
    SELECT coalesce(cleared_before, 0) AS cleared, coalesce(pruned_before, 0) AS pruned, coalesce(forgotten, 0) AS forgotten) s,
  LATERAL (
    SELECT coalesce(json_agg(entry ORDER BY id DESC), '[]') AS entries,
      CASE WHEN count(*) = ${readAtOnce} THEN min(id) END AS next
    FROM (SELECT id, entry FROM journal WHERE world_id = w.id AND id >= greatest(s.cleared, s.pruned) AND id < $4
      AND (process <> $2 OR id < $3) ORDER BY id DESC LIMIT ${readAtOnce}) piece) j
  WHERE w.id = $1`;

const putSql = `
  INSERT INTO journal (world_id, process, id, weight, entry, messages)
  SELECT $1, $2, r.id, r.weight, r.entry, r.messages
  FROM json_to_recordset($3::json) AS r(id bigint, weight bigint, entry text, messages text) WHERE r.id >= $4
  ON CONFLICT (world_id, id) DO NOTHING`;

/** What is beyond the bounds; of what was cleared nothing is counted. */
const pruneSql = `
  WITH gone AS (
    DELETE FROM journal WHERE world_id = $1 AND id IN (
      SELECT id FROM (SELECT id, row_number() OVER newest AS n, sum(weight) OVER newest AS bytes
        FROM journal WHERE world_id = $1 WINDOW newest AS (ORDER BY id DESC)) ranked
      WHERE id < $4 OR n > $2 OR (n > 1 AND bytes > $3))
    RETURNING id)
  SELECT count(*) AS count, coalesce(max(id) + 1, 0) AS before FROM gone WHERE id >= $5`;

/** The journals of the worlds in one PostgreSQL. */
export class Journals {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Asks all processes for a world's journal; false if no other one lives. Throws StorageError. */
  async ask(ticket: string, worldId: number, process: string): Promise<boolean> {
    const sql = `
      WITH asked AS (INSERT INTO gathers (ticket, world_id, answered) SELECT $1, $2, ARRAY[$3::uuid]
        WHERE EXISTS (SELECT 1 FROM replicas WHERE ${livingSql} AND process <> $3) RETURNING ticket),
      old AS (DELETE FROM gathers WHERE asked_at < clock_timestamp() - interval '1 minute')
      SELECT pg_notify('${gatherChannel}', $1 || ' ' || $2) FROM asked`;
    const told = await this.#connections.query(sql, [ticket, worldId, process]);
    return told.length > 0;
  }

  /** The numbers of the processes that live and have not answered. Throws StorageError. */
  async missing(ticket: string): Promise<number[]> {
    // Without a row, which a crash may have taken, nobody has answered.
    const sql = `
      SELECT number FROM replicas LEFT JOIN gathers ON ticket = $1
      WHERE ${livingSql} AND since <= coalesce(asked_at, 'infinity') AND process <> ALL(coalesce(answered, '{}'))
      ORDER BY number`;
    const rows = await this.#connections.query<{ number: number }>(sql, [ticket]);
    return rows.map(({ number }) => number);
  }

  /** Says that a process has written what it had when it was asked. Throws StorageError. */
  async answer(ticket: string, process: string): Promise<void> {
    const sql = `
      WITH answered AS (UPDATE gathers SET answered = array_append(answered, $2::uuid) WHERE ticket = $1 RETURNING ticket)
      SELECT pg_notify('${gatheredChannel}', ticket::text) FROM answered`;
    await this.#connections.query(sql, [ticket, process]);
  }

  /** What a process has not answered, for when it did not hear it. Throws StorageError. */
  unanswered(process: string): Promise<{ readonly ticket: string; readonly worldId: number }[]> {
    const sql = `
      SELECT ticket, world_id AS "worldId" FROM gathers
      WHERE asked_at > clock_timestamp() - interval '${askedMs} milliseconds' AND $1 <> ALL(answered)`;
    return this.#connections.query(sql, [process]);
  }

  async forget(ticket: string): Promise<void> {
    await this.#connections.query('DELETE FROM gathers WHERE ticket = $1', [ticket]);
  }

  /** Writes entries, and removes what is beyond the bounds. Gives what was cleared; undefined if the world is gone. Throws StorageError. */
  write(worldId: number, written: WrittenEntries): Promise<{ readonly clearedBefore: number } | undefined> {
    const { process, rows, lost, lastLost, mostEntries, mostBytes } = written;
    return this.#connections.transaction(async (queries) => {
      const state = await lockedState(queries, worldId);
      if (state === undefined) return undefined;
      const { clearedBefore, prunedBefore } = state;
      const put = queries.query(putSql, [worldId, process, JSON.stringify(rows), clearedBefore]);
      const from = Math.max(clearedBefore, prunedBefore);
      const prune = queries.query<Pruned>(pruneSql, [worldId, mostEntries, mostBytes, from, clearedBefore]);
      const [, [gone]] = await Promise.all([put, prune]);
      const { count = 0, before = 0 } = gone ?? {};
      const forgotten = count + (lastLost >= clearedBefore ? lost : 0);
      if (forgotten > 0) {
        await queries.query(
          'UPDATE journals SET forgotten = forgotten + $2, pruned_before = greatest(pruned_before, $3) WHERE world_id = $1',
          [worldId, forgotten, before],
        );
      }
      return { clearedBefore };
    });
  }

  /**
   * Reads what other processes have written, and what `process` has written with smaller ids than `ownFrom`; all with smaller ids
   * than `before`. Undefined if the world is gone. Throws StorageError.
   */
  async read(
    worldId: number,
    { process, ownFrom, before }: { readonly process: string; readonly ownFrom: number; readonly before: number },
  ): Promise<ReadEntries | undefined> {
    const [row] = await this.#connections.query<ReadEntries>(readSql, [worldId, process, ownFrom, before]);
    return row;
  }

  /** The headers and bodies of an entry, as JSON; undefined if it is gone. Throws StorageError. */
  async messages(worldId: number, id: number): Promise<string | undefined> {
    const sql = 'SELECT messages FROM journal WHERE world_id = $1 AND id = $2';
    const [row] = await this.#connections.query<{ messages: string }>(sql, [worldId, id]);
    return row?.messages;
  }

  /** Clears the journal of a world. Throws StorageError. */
  clear(worldId: number): Promise<void> {
    return this.#connections.transaction(async ({ query }) => {
      await Promise.all(clearingStatements(worldId).map(({ sql, values }) => query(sql, values)));
    });
  }
}

interface Pruned {
  readonly count: number;
  readonly before: number;
}

interface JournalState {
  readonly clearedBefore: number;
  readonly prunedBefore: number;
}

/** What clears the journal of a world in a transaction; of one that is gone there is none. */
export function clearingStatements(worldId: number): Statement[] {
  const values = [worldId];
  const put = `INSERT INTO journals (world_id, cleared_before) SELECT id, ${nextIdSql} FROM worlds WHERE id = $1 FOR KEY SHARE
     ON CONFLICT (world_id) DO UPDATE SET cleared_before = greatest(journals.cleared_before, excluded.cleared_before),
       pruned_before = 0, forgotten = 0`;
  // Not in one statement: this one must see what somebody wrote while the other one waited.
  const remove = 'DELETE FROM journal WHERE world_id = $1 AND id < (SELECT cleared_before FROM journals WHERE world_id = $1)';
  // What is answered from now on has a later millisecond.
  const pause = 'SELECT pg_sleep(0.001)';
  return [
    { sql: put, values },
    { sql: remove, values },
    { sql: pause, values: [] },
  ];
}

/** The state of a journal, which nobody else changes until the transaction ends; undefined if the world is gone. */
async function lockedState(queries: Queries, worldId: number): Promise<JournalState | undefined> {
  // The world's row first, as who drops it does.
  const lock = queries.query('SELECT 1 FROM worlds WHERE id = $1 FOR KEY SHARE', [worldId]);
  const make = queries.query(
    'INSERT INTO journals (world_id) SELECT id FROM worlds WHERE id = $1 ON CONFLICT (world_id) DO NOTHING',
    [worldId],
  );
  const read = queries.query<JournalState>(
    `SELECT cleared_before AS "clearedBefore", pruned_before AS "prunedBefore" FROM journals WHERE world_id = $1 FOR UPDATE`,
    [worldId],
  );
  const [, , [state]] = await Promise.all([lock, make, read]);
  return state;
}
