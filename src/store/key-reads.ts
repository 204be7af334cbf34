import type { KeyFilter } from '../core/key-store.ts';
import { conditionOf, type KeyRow, type RevealedRow, type StoredKey, toStored } from './key-rows.ts';
import { type Columns, type KeyScan, visitedRows } from './key-scan.ts';
import type { KeyStatements, Select } from './key-statements.ts';
import { Memo } from './memo.ts';

const rememberedLists = 1000;

/** A part of what is read. */
export type Window = { readonly after?: string | undefined; readonly limit?: number | undefined };

/** Lists of keys, remembered until somebody says that they may have changed. */
export class KeyReads {
  readonly #statements: KeyStatements;
  readonly #scan: KeyScan;
  /** At most so many rows there are; undefined until it is asked for. */
  #mostRows: number | undefined;
  readonly #found = new Memo<readonly StoredKey[] | undefined>(rememberedLists);
  readonly #revealed = new Memo<readonly StoredKey[] | undefined>(rememberedLists);

  constructor(statements: KeyStatements, scan: KeyScan) {
    this.#statements = statements;
    this.#scan = scan;
  }

  /** The keys that match; undefined if more rows must be visited than may be in one turn: `readOn` visits them. */
  read(columns: Columns, filter: KeyFilter, { after, limit = -1 }: Window): readonly StoredKey[] | undefined {
    const memo = columns === 'keys' ? this.#found : this.#revealed;
    return memo.recall(JSON.stringify([filter, after, limit]), () => {
      const start = this.startAfter(after);
      if (start === undefined) return [];
      if (!this.isQuick(filter)) {
        const { found, next } = this.#scan.piece(columns, { filter, after: start, limit });
        return next === undefined ? found : undefined;
      }
      const { sql, values } = conditionOf(filter);
      const select: Select<KeyRow | RevealedRow> = columns === 'keys' ? this.#statements.select : this.#statements.reveal;
      return select(sql)
        .all(...values, start, limit)
        .map(toStored);
    });
  }

  /** The same in pieces. Nobody else may use the database meanwhile. */
  async readOn(columns: Columns, filter: KeyFilter, { after, limit = -1 }: Window): Promise<readonly StoredKey[]> {
    const start = this.startAfter(after);
    return start === undefined ? [] : this.#scan.all(columns, { filter, after: start, limit });
  }

  /** Whether one statement visits few rows, whatever it finds. */
  isQuick({ id, hash }: KeyFilter): boolean {
    if (id !== undefined || hash !== undefined) return true;
    this.#mostRows ??= this.#statements.count('').get() ?? 0;
    return this.#mostRows <= visitedRows;
  }

  /** The `seq` of the key with an id; undefined for an unknown one. Without an id: that before the first. */
  startAfter(id: string | undefined): number | undefined {
    return id === undefined ? 0 : this.#statements.seqOf.get(id);
  }

  /** Call this when a row was added. */
  added(): void {
    if (this.#mostRows !== undefined) this.#mostRows += 1;
    this.forget();
  }

  /** Forgets what was read. */
  forget(): void {
    this.#found.forget();
    this.#revealed.forget();
  }

  /** Forgets how much there is. */
  recount(): void {
    this.#mostRows = undefined;
  }
}
