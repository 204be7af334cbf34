import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { fail } from '../core/errors.ts';
import type { Admission, KeyFilter, KeyStore, KeyWindow, RevealedKey } from '../core/key-store.ts';
import { type Atomically, atomicallyOn } from './atomically.ts';
import {
  filterCondition,
  filterParameters,
  insertKeySql,
  type KeyRow,
  keyColumns,
  keyParameters,
  toKey,
  updateKeySql,
} from './key-rows.ts';

type RevealedRow = KeyRow & { readonly secret: string | null };

/** Keys in SQLite. The methods are synchronous inside, so no other request can fall between a read and its write. */
export class SqliteKeyStore implements KeyStore {
  readonly #db: Database;
  readonly #atomically: Atomically;
  readonly #selects = new Map<string, Statement<unknown[], RevealedRow>>();
  readonly #byHash: Statement<[Buffer, string], KeyRow>;
  readonly #stamp: Statement<[Instant, Buffer, string]>;
  readonly #insert: Statement;
  readonly #update: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#atomically = atomicallyOn(db);
    this.#byHash = db.prepare(`SELECT ${keyColumns} FROM api_keys WHERE hash = ? AND provider = ?`);
    this.#stamp = db.prepare('UPDATE api_keys SET last_used_at = ? WHERE hash = ? AND provider = ?');
    this.#insert = db.prepare(insertKeySql);
    this.#update = db.prepare(updateKeySql);
  }

  async insert(key: ApiKey, keptSecret: string | null, admission?: Admission): Promise<void> {
    this.#atomically(() => {
      admission?.admit(this.#select(admission.siblings).map(toKey));
      const { changes } = this.#insert.run({ ...keyParameters(key), keptSecret });
      if (changes === 0) fail('key_name_taken', { name: key.hint });
    });
  }

  async find(filter: KeyFilter, window: KeyWindow = {}): Promise<ApiKey[]> {
    return this.#select(filter, window).map(toKey);
  }

  async findRevealed(filter: KeyFilter): Promise<RevealedKey[]> {
    return this.#select(filter).map((row) => ({ ...toKey(row), secret: row.secret }));
  }

  async count(filter: KeyFilter): Promise<number> {
    const sql = `SELECT count(*) AS total FROM api_keys WHERE ${filterCondition(filter)}`;
    return this.#db.prepare<unknown[], { total: number }>(sql).get(filterParameters(filter))?.total ?? 0;
  }

  async change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    return this.#atomically(() => {
      const [row] = this.#select(filter, { limit: 1 });
      if (row === undefined) return undefined;
      const key = toKey(row);
      const changed = decide(key);
      if (changed !== key) this.#update.run(keyParameters(changed));
      return changed;
    });
  }

  async use(provider: string, hash: string, admit: (key: ApiKey) => Instant): Promise<ApiKey | undefined> {
    // One connection and no await between: read and stamp are atomic without the cost of a transaction.
    const row = this.#byHash.get(Buffer.from(hash, 'hex'), provider);
    if (row === undefined) return undefined;
    const key = toKey(row);
    const lastUsedAt = admit(key);
    if (lastUsedAt === key.lastUsedAt) return key;
    this.#stamp.run(lastUsedAt, row.hash, provider);
    return { ...key, lastUsedAt };
  }

  #select(filter: KeyFilter, window: KeyWindow = {}): RevealedRow[] {
    const after = window.after === undefined ? '' : 'AND seq > (SELECT seq FROM api_keys WHERE id = @after)';
    const sql = `SELECT ${keyColumns}, secret FROM api_keys WHERE ${filterCondition(filter)} ${after} ORDER BY seq LIMIT @limit`;
    let select = this.#selects.get(sql);
    if (select === undefined) {
      select = this.#db.prepare<unknown[], RevealedRow>(sql);
      this.#selects.set(sql, select);
    }
    return select.all({ ...filterParameters(filter), after: window.after, limit: window.limit ?? -1 });
  }
}
