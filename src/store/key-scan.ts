import type { Database, Statement } from 'better-sqlite3';
import type { Admission, KeyFilter } from '../core/key-store.ts';
import { othersTurn } from '../core/pieces.ts';
import { conditionOf, type KeyRow, keyColumns, type RevealedRow, type StoredKey, toStored } from './key-rows.ts';
import { bound, preparedBy } from './prepared.ts';

/** At most so many rows are visited in one turn: to read them takes a few milliseconds. */
export const visitedRows = 1000;
/** Counting visits more of them in the same time. */
const countedRows = 10_000;

/** How the rows of a filter are reached: in the order of `seq`, so that a piece is a range of it. */
interface Path {
  readonly from: string;
  /** The parts of a filter that the index takes. */
  readonly parts: readonly (keyof KeyFilter)[];
}

const paths: readonly Path[] = [
  { from: 'api_keys INDEXED BY api_keys_by_name', parts: ['provider', 'name', 'owner'] },
  { from: 'api_keys INDEXED BY api_keys_by_hint', parts: ['provider', 'hint'] },
  { from: 'api_keys INDEXED BY api_keys_by_owner', parts: ['provider', 'owner'] },
  { from: 'api_keys INDEXED BY api_keys_by_tenant', parts: ['provider', 'tenant'] },
];
const wholeTable: Path = { from: 'api_keys NOT INDEXED', parts: [] };

/** What is read for a key without a rule. */
export const noSiblings: Scope = { siblings: {}, limit: 0 };
type Scope = Pick<Admission, 'siblings' | 'limit'>;

/** Which columns are read. */
export type Columns = 'keys' | 'revealed';
const columns: Readonly<Record<Columns, string>> = { keys: keyColumns, revealed: `${keyColumns}, secret` };

/** Rows of a filter after a `seq`, at most `limit` of them; -1 for all. */
export interface Scan {
  readonly filter: KeyFilter;
  readonly after: number;
  readonly limit: number;
}

/** What the first piece of a scan has found. */
interface Piece {
  readonly found: StoredKey[];
  /** Where the next piece begins; undefined after the last one. */
  readonly next: Scan | undefined;
}

/** Reads the rows of filters in pieces that visit only so many rows each, matching or not. */
export class KeyScan {
  readonly #seqs: (sql: string) => Statement<unknown[], number>;
  readonly #rows: (sql: string) => Statement<unknown[], KeyRow | RevealedRow>;

  constructor(db: Database) {
    this.#seqs = preparedBy((sql) => db.prepare<unknown[], number>(sql).pluck());
    this.#rows = preparedBy((sql) => db.prepare<unknown[], KeyRow | RevealedRow>(sql).raw());
  }

  /** Whether there is nothing to read: none is wanted, or the index of the filter has no row. False where that cannot be told so cheaply. */
  isSurelyEmpty(filter: KeyFilter, limit: number | undefined): boolean {
    if (limit === 0) return true;
    const path = pathOf(filter);
    if (path === wholeTable) return false;
    return this.#seqs(firstSql(path)).get(...path.parts.map((part) => filter[part])) === undefined;
  }

  /** The first piece of a scan. */
  piece(read: Columns, { filter, after, limit }: Scan): Piece {
    const path = pathOf(filter);
    const end = this.#endOf(path, filter, after, visitedRows);
    const { sql, values } = conditionOf(filter);
    const rows = this.#rows(rowsSql(columns[read], path, sql)).all(...values, after, end ?? Number.MAX_SAFE_INTEGER, limit);
    const left = limit === -1 ? -1 : limit - rows.length;
    return { found: rows.map(toStored), next: end === undefined || left === 0 ? undefined : { filter, after: end, limit: left } };
  }

  /** All rows of a scan, in pieces. Nobody may write meanwhile. */
  async all(read: Columns, scan: Scan): Promise<StoredKey[]> {
    const found: StoredKey[] = [];
    for (let next: Scan | undefined = scan; next !== undefined; ) {
      const piece = this.piece(read, next);
      for (const stored of piece.found) found.push(stored);
      next = piece.next;
      if (next !== undefined) await othersTurn();
    }
    return found;
  }

  /** The number of rows that match, in pieces. Nobody may write meanwhile. */
  async count(filter: KeyFilter): Promise<number> {
    const path = pathOf(filter);
    const { sql, values } = conditionOf(filter);
    let count = 0;
    for (let after = 0; ; ) {
      const end = this.#endOf(path, filter, after, countedRows);
      count += this.#seqs(countSql(path, sql)).get(...values, after, end ?? Number.MAX_SAFE_INTEGER) ?? 0;
      if (end === undefined) return count;
      after = end;
      await othersTurn();
    }
  }

  /** The `seq` of the last row of a piece; undefined if fewer rows are left. */
  #endOf(path: Path, filter: KeyFilter, after: number, rows: number): number | undefined {
    const values = path.parts.map((part) => filter[part]);
    return this.#seqs(endSql(path)).get(...values, after, rows - 1);
  }
}

/** The path whose index takes the most of a filter. */
export function pathOf(filter: KeyFilter): Path {
  return paths.find(({ parts }) => parts.every((part) => filter[part] !== undefined)) ?? wholeTable;
}

export function endSql({ from, parts }: Path): string {
  const condition = parts.map((part) => `${part} = ${bound} AND `).join('');
  return `SELECT seq FROM ${from} WHERE ${condition}seq > ${bound} ORDER BY seq LIMIT 1 OFFSET ?`;
}

export function firstSql({ from, parts }: Path): string {
  return `SELECT seq FROM ${from} WHERE ${parts.map((part) => `${part} = ${bound}`).join(' AND ')} LIMIT 1`;
}

export function rowsSql(read: string, { from }: Path, condition: string): string {
  return `SELECT ${read} FROM ${from} WHERE ${condition} AND ${range} ORDER BY seq LIMIT ${bound}`;
}

export function countSql({ from }: Path, condition: string): string {
  return `SELECT count(*) FROM ${from} WHERE ${condition} AND ${range}`;
}

const range = `seq > ${bound} AND seq <= ${bound}`;
