import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { KeyFilter, KeyListing } from '../core/key-store.ts';
import { othersTurn } from '../core/pieces.ts';
import { conditionOf, type KeyRow, keyColumns, type StoredKey, toStored } from './key-rows.ts';
import { visitedRows } from './key-scan.ts';
import { bound, preparedBy } from './prepared.ts';

/** A row of a list, by its instant (null: it has none) and its `seq`. */
export interface ListPlace {
  readonly at: Instant | null;
  readonly seq: number;
}

/** A part of a list whose rows an index gives in their order. */
export interface Stretch {
  readonly index: string;
  /** Which rows it has. */
  readonly condition: string;
  /** The columns that give the order. */
  readonly place: readonly string[];
  readonly isFalling: boolean;
}

/** The keys that have the instant, and then those that have not, in the order of their insertion. */
function stretches(index: string, column: string, isFalling = false): readonly [Stretch, Stretch] {
  return [
    { index, condition: `${column} IS NOT NULL`, place: [column, 'seq'], isFalling },
    { index, condition: `${column} IS NULL`, place: ['seq'], isFalling: false },
  ];
}

/** Every key has an instant of its issue. */
const [issues] = stretches('api_keys_by_issue', 'created_at');

export const lists: Readonly<Record<KeyListing, readonly [Stretch, Stretch?]>> = {
  created: [issues],
  expiry: stretches('api_keys_by_end', 'expires_at'),
  used: stretches('api_keys_by_use', 'last_used_at', true),
};

/**
 * Reads the keys of a filter in an order of all keys. An index gives them from any place on, in pieces that visit only so many
 * rows each, matching or not.
 */
export class KeyLists {
  readonly #end: (sql: string) => Statement<unknown[], number[]>;
  readonly #rows: (sql: string) => Statement<unknown[], KeyRow>;

  constructor(db: Database) {
    this.#end = preparedBy((sql) => db.prepare<unknown[], number[]>(sql).raw());
    this.#rows = preparedBy((sql) => db.prepare<unknown[], KeyRow>(sql).raw());
  }

  /** At most `limit` keys after a place; from the first on if it is undefined. Nobody may write meanwhile. */
  async page(order: KeyListing, filter: KeyFilter, after: ListPlace | undefined, limit: number): Promise<StoredKey[]> {
    const [known, unknown] = lists[order];
    const found: StoredKey[] = [];
    if (after?.at !== null) await this.#read(known, filter, after && [after.at, after.seq], limit, found);
    if (unknown !== undefined && found.length < limit)
      await this.#read(unknown, filter, after?.at === null ? [after.seq] : undefined, limit, found);
    return found;
  }

  /** Reads a stretch, from its beginning or after a place, until it ends or `limit` keys are found. */
  async #read(
    stretch: Stretch,
    filter: KeyFilter,
    after: number[] | undefined,
    limit: number,
    found: StoredKey[],
  ): Promise<void> {
    const { sql, values } = conditionOf(filter);
    const rows = this.#rows(rowsSql(stretch, sql));
    const least = stretch.place.map(() => Number.MIN_SAFE_INTEGER);
    const most = stretch.place.map(() => Number.MAX_SAFE_INTEGER);
    const [first, last] = stretch.isFalling ? [most, least] : [least, most];
    for (let from = after ?? first; ; ) {
      const end = this.#end(endSql(stretch)).get(...from, visitedRows - 1);
      const some = rows.all(...values, ...from, ...(end ?? last), limit - found.length);
      for (const row of some) found.push(toStored(row));
      if (end === undefined || found.length >= limit) return;
      from = end;
      await othersTurn();
    }
  }
}

/** The place of the last row of a piece. */
export function endSql(stretch: Stretch): string {
  const { index, condition, place } = stretch;
  const rows = `api_keys INDEXED BY ${index} WHERE ${condition} AND ${beyond(stretch)}`;
  return `SELECT ${place.join(', ')} FROM ${rows} ORDER BY ${orderOf(stretch)} LIMIT 1 OFFSET ?`;
}

/** The rows of a piece that match. */
export function rowsSql(stretch: Stretch, filter: string): string {
  const { index, condition, place, isFalling } = stretch;
  const upTo = `(${place.join(', ')}) ${isFalling ? '>=' : '<='} (${place.map(() => bound).join(', ')})`;
  const rows = `api_keys INDEXED BY ${index} WHERE ${filter} AND ${condition} AND ${beyond(stretch)} AND ${upTo}`;
  return `SELECT ${keyColumns} FROM ${rows} ORDER BY ${orderOf(stretch)} LIMIT ?`;
}

function beyond({ place, isFalling }: Stretch): string {
  return `(${place.join(', ')}) ${isFalling ? '<' : '>'} (${place.map(() => bound).join(', ')})`;
}

function orderOf({ place, isFalling }: Stretch): string {
  return place.map((column) => (isFalling ? `${column} DESC` : column)).join(', ');
}
