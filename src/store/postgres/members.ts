import type { Instant } from '../../clock.ts';
import type { Connections, Queries } from './connections.ts';

/** A process that serves the worlds, as all of them see it. */
export interface Member {
  readonly number: number;
  readonly process: string;
  readonly version: string;
  /** When it was started, in real time. */
  readonly since: Instant;
}

/** The settings of a process that all must share, by their names: a digest of each, from which nothing can be read. */
export type SettingDigests = Readonly<Record<string, string>>;

/** A process that is to have a number. */
export interface Newcomer extends Pick<Member, 'process' | 'version'> {
  readonly settings: SettingDigests;
  /** Those of its settings that must be as all others have them. */
  readonly compared: SettingDigests;
  /** When it was started; null if that is now. */
  readonly since: Instant | null;
}

/** What a newcomer was given. */
export interface Joined {
  /** Undefined if it was given none: too many live, or those that live have other settings. */
  readonly number: number | undefined;
  /** The names of the settings that those that live have otherwise. */
  readonly differing: readonly string[];
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
  INSERT INTO replicas (number, process, version, settings, since)
  SELECT n, $1, $2, $3, coalesce(to_timestamp($4::float8 / 1000), clock_timestamp())
  FROM generate_series(0, ${mostMembers - 1}) n LEFT JOIN replicas r ON r.number = n
  WHERE r.number IS NULL OR NOT (${lives})
  ORDER BY r.seen_at NULLS FIRST, n LIMIT 1
  ON CONFLICT (number) DO UPDATE SET process = excluded.process, version = excluded.version,
    settings = excluded.settings, since = excluded.since, seen_at = clock_timestamp(), has_left = false
  RETURNING number`;

/** The processes that serve the worlds of one PostgreSQL. */
export class Members {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Gives a process a number, if those that live have its settings: the one that it had, where it has not another one's. Throws StorageError. */
  join({ process, version, settings, compared, since }: Newcomer): Promise<Joined> {
    return this.#connections.transaction(async ({ query }) => {
      await query('SELECT pg_advisory_xact_lock($1)', [lock]);
      const isGone = `NOT has_left AND seen_at < clock_timestamp() - interval '${forgottenAfter}'`;
      await query(`UPDATE replicas SET has_left = true WHERE ${isGone}`);
      const differing = differingIn(compared, await livingSettings(query));
      if (differing.length > 0) return { number: undefined, differing };
      const kept = `UPDATE replicas SET seen_at = clock_timestamp(), has_left = false, settings = $2 WHERE process = $1 RETURNING number`;
      const [own] = await query<Pick<Member, 'number'>>(kept, [process, JSON.stringify(settings)]);
      if (own !== undefined) return { number: own.number, differing };
      const values = [process, version, JSON.stringify(settings), since];
      const [joined] = await query<Pick<Member, 'number'>>(joinSql, values);
      return { number: joined?.number, differing };
    });
  }

  /**
   * Says that a process still lives, and with which settings, and gives its number; undefined if its lease is over, after which others
   * may have joined that it does not go with. Throws StorageError.
   */
  async renew(process: string, settings: SettingDigests): Promise<number | undefined> {
    const sql = `UPDATE replicas SET seen_at = clock_timestamp(), settings = $2 WHERE process = $1 AND ${lives} RETURNING number`;
    const [renewed] = await this.#connections.query<Pick<Member, 'number'>>(sql, [process, JSON.stringify(settings)]);
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

/**
 * The settings of those that live. One whose lease is over may be about to renew it in a statement that began before: its row is
 * written, so that this statement finds out that it is over, or is waited for here.
 */
async function livingSettings(query: Queries['query']): Promise<readonly (SettingDigests | null)[]> {
  const touched = await query<{ number: number }>(`UPDATE replicas SET seen_at = seen_at WHERE NOT (${lives}) RETURNING number`);
  const rows = await query<{ settings: SettingDigests | null }>('SELECT settings FROM replicas WHERE number <> ALL ($1)', [
    touched.map(({ number }) => number),
  ]);
  return rows.map(({ settings }) => settings);
}

/** The names of the settings that one of the others has otherwise. What another version of latchkey does not know has no part in it. */
function differingIn(own: SettingDigests, others: readonly (SettingDigests | null)[]): readonly string[] {
  return Object.keys(own).filter((name) => others.some((other) => (other?.[name] ?? own[name]) !== own[name]));
}

/** The condition that a row of `replicas` is of a process that lives. */
export const livingSql: string = lives;
