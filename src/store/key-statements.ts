import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import { insertKeySql, type KeyRow, keyColumns, type RevealedRow, updateKeySql } from './key-rows.ts';
import { bound, preparedBy } from './prepared.ts';

export type Select<Row> = (condition: string) => Statement<unknown[], Row>;

const window = `AND seq > ${bound} ORDER BY seq LIMIT ${bound}`;

/** The statements for single rows of keys, and for the rows of a condition. */
export class KeyStatements {
  readonly select: Select<KeyRow>;
  readonly reveal: Select<RevealedRow>;
  readonly count: Select<number>;
  readonly byHash: Statement<[hash: string, provider: string], KeyRow>;
  readonly seqOf: Statement<[id: string], number>;
  readonly insert: Statement<unknown[]>;
  readonly update: Statement<unknown[]>;
  readonly stamp: Statement<[usedAt: Instant, seq: number]>;

  constructor(db: Database) {
    this.select = preparedBy((condition) =>
      db.prepare<unknown[], KeyRow>(`SELECT ${keyColumns} FROM api_keys WHERE ${condition} ${window}`).raw(),
    );
    this.reveal = preparedBy((condition) =>
      db.prepare<unknown[], RevealedRow>(`SELECT ${keyColumns}, secret FROM api_keys WHERE ${condition} ${window}`).raw(),
    );
    this.count = preparedBy((where) => db.prepare<unknown[], number>(`SELECT count(*) FROM api_keys ${where}`).pluck());
    const byHash = `SELECT ${keyColumns} FROM api_keys WHERE hash = unhex(?) AND provider = ?`;
    this.byHash = db.prepare<[string, string], KeyRow>(byHash).raw();
    this.seqOf = db.prepare<[string], number>('SELECT seq FROM api_keys WHERE id = ?').pluck();
    this.insert = db.prepare(insertKeySql);
    this.update = db.prepare(updateKeySql);
    this.stamp = db.prepare<[Instant, number]>('UPDATE api_keys SET last_used_at = ? WHERE seq = ?');
  }
}
