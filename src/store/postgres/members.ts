import type { Instant } from '../../clock.ts';
import type { Connections } from './connections.ts';

/** A process that serves the worlds, as all of them see it. */
export interface Member {
  readonly number: number;
  readonly process: string;
  readonly version: string;
  /** When it was started, in real time. */
  readonly since: Instant;
}

/** How long a process counts as living after it has said so, in milliseconds. */
export const leaseMs = 3000;
/** How many processes there may be: their numbers are a part of the ids of journal entries. */
export const mostMembers = 64;
/** One that has not said so for this long is not coming back. */
const forgottenAfter = '1 hour';
/** The number of the lock that processes take in turn while they choose a number: the letters "ltcr". */
const lock = 0x6c746372;

const lives = `NOT has_left AND seen_at > clock_timestamp() - interval '${leaseMs} milliseconds'`;
const instant = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/** A number that was used long ago goes first, so that what a process that was paused still records has no other's ids. */
const joinSql = `
  INSERT INTO replicas (number, process, version, since)
  SELECT n, $1, $2, coalesce(to_timestamp($3::float8 / 1000), clock_timestamp())
  FROM generate_series(0, ${mostMembers - 1}) n LEFT JOIN replicas r ON r.number = n
  WHERE r.number IS NULL OR NOT (${lives})
  ORDER BY r.seen_at NULLS FIRST, n LIMIT 1
  ON CONFLICT (number) DO UPDATE SET process = excluded.process, version = excluded.version, since = excluded.since,
    seen_at = clock_timestamp(), has_left = false
  RETURNING number`;

/** The processes that serve the worlds of one PostgreSQL. */
export class Members {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Gives a process a number; undefined if too many live. Throws StorageError. */
  join({ process, version }: Pick<Member, 'process' | 'version'>, since: Instant | null): Promise<number | undefined> {
    return this.#connections.transaction(async ({ query }) => {
      await query('SELECT pg_advisory_xact_lock($1)', [lock]);
      const isGone = `NOT has_left AND seen_at < clock_timestamp() - interval '${forgottenAfter}'`;
      await query(`UPDATE replicas SET has_left = true WHERE ${isGone}`);
      const [joined] = await query<Pick<Member, 'number'>>(joinSql, [process, version, since]);
      return joined?.number;
    });
  }

  /** Says that a process lives, and gives its number; undefined if that is another one's by now. Throws StorageError. */
  async renew(process: string): Promise<number | undefined> {
    const sql = `UPDATE replicas SET seen_at = clock_timestamp(), has_left = false WHERE process = $1 RETURNING number`;
    const [renewed] = await this.#connections.query<Pick<Member, 'number'>>(sql, [process]);
    return renewed?.number;
  }

  /** Says that a process has stopped, and has nothing more to write. Throws StorageError. */
  async leave(process: string): Promise<void> {
    await this.#connections.query('UPDATE replicas SET has_left = true WHERE process = $1', [process]);
  }

  /** Whether there is one that counts as living no more, and has not said that it stops. Throws StorageError. */
  async areSomeMissing(): Promise<boolean> {
    const sql = `SELECT 1 FROM replicas WHERE NOT has_left AND NOT (${lives}) LIMIT 1`;
    return (await this.#connections.query(sql)).length > 0;
  }

  /** Those that live, in the order of their numbers. Throws StorageError. */
  living(): Promise<Member[]> {
    const sql = `SELECT number, process, version, ${instant('since')} AS since FROM replicas WHERE ${lives} ORDER BY number`;
    return this.#connections.query<Member>(sql);
  }
}

/** The condition that a row of `replicas` is of a process that lives. */
export const livingSql: string = lives;
