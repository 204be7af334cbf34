import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { KeyOrder } from '../core/key-store.ts';
import { othersTurn } from '../core/pieces.ts';
import { type KeyRow, keyColumns, type StoredKey, toStored } from './key-rows.ts';
import { visitedRows } from './key-scan.ts';
import { bound, preparedBy } from './prepared.ts';

interface Timeline {
  readonly column: string;
  /** That of the index whose order is read. */
  readonly condition: string;
}

const expiries: Timeline = { column: 'expires_at', condition: "state = 'active' AND expires_at IS NOT NULL" };
const ofProvider: Readonly<Record<KeyOrder, Timeline>> = {
  createdAt: { column: 'created_at', condition: `kind = 'key' AND provider = ${bound}` },
  revokedAt: { column: 'revoked_at', condition: `kind = 'key' AND revoked_at IS NOT NULL AND provider = ${bound}` },
};

/** Reads at most `limit` rows at or after an instant, with a higher `seq` if they are at it. */
export type ReadTimeline = (from: Instant, afterSeq: number, limit: number) => KeyRow[];
export type TimelineOrder = KeyOrder | 'expiresAt';

/** Reads a long list in pieces. Nobody may write before it is done if it is longer than one. */
export async function readInPieces(
  order: TimelineOrder,
  start: { readonly at: Instant; readonly seq: number },
  limit: number,
  read: ReadTimeline,
): Promise<StoredKey[]> {
  const found: StoredKey[] = [];
  for (let { at, seq } = start; ; await othersTurn()) {
    const some = read(at, seq, Math.min(limit - found.length, visitedRows)).map(toStored);
    for (const stored of some) found.push(stored);
    const last = some.at(-1);
    if (last === undefined || some.length < visitedRows || found.length === limit) return found;
    at = last.key[order] ?? at;
    seq = last.seq;
  }
}

/** Reads keys in the order of their instants, by pages. An index gives each page: rows before and after it are not visited. */
export class Timelines {
  readonly #page: (sql: string) => Statement<unknown[], KeyRow>;
  readonly #count: (sql: string) => Statement<unknown[], number>;

  constructor(db: Database) {
    this.#page = preparedBy((sql) => db.prepare<unknown[], KeyRow>(sql).raw());
    this.#count = preparedBy((sql) => db.prepare<unknown[], number>(sql).pluck());
  }

  /** Active keys that expire at or after an instant, with a higher `seq` if it is at it, and before another instant. */
  expiring(from: Instant, afterSeq: number, before: Instant, limit: number): KeyRow[] {
    return this.#page(expiringSql).all(from, afterSeq, before, limit);
  }

  countExpiring(from: Instant): number {
    return this.#count(countExpiringSql).get(from) ?? 0;
  }

  /** Keys of a provider at or after an instant, with a higher `seq` if it is at it. */
  listBy(order: KeyOrder, provider: string, from: Instant, afterSeq: number, limit: number): KeyRow[] {
    return this.#page(listSql(order)).all(provider, from, afterSeq, limit);
  }

  countBy(order: KeyOrder, provider: string): number {
    return this.#count(countSql(order)).get(provider) ?? 0;
  }
}

export const expiringSql = pageSql(expiries, `AND expires_at < ${bound}`);
export const countExpiringSql = `SELECT count(*) FROM api_keys WHERE ${expiries.condition} AND expires_at >= ${bound}`;

export function listSql(order: KeyOrder): string {
  return pageSql(ofProvider[order]);
}

export function countSql(order: KeyOrder): string {
  return `SELECT count(*) FROM api_keys WHERE ${ofProvider[order].condition}`;
}

function pageSql({ column, condition }: Timeline, more = ''): string {
  const place = `(${column}, seq) > (${bound}, ${bound})`;
  return `SELECT ${keyColumns} FROM api_keys WHERE ${condition} AND ${place} ${more} ORDER BY ${column}, seq LIMIT ?`;
}
