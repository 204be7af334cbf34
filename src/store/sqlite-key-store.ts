import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { fail } from '../core/errors.ts';
import type { Admission, KeyFilter, KeyOrder, KeyPlace, KeyStore, KeyWindow, RevealedKey } from '../core/key-store.ts';
import type { Access } from './access.ts';
import {
  assertExact,
  changedValues,
  conditionOf,
  insertedValues,
  insertKeySql,
  type KeyRow,
  keyColumns,
  type RevealedRow,
  type StoredKey,
  toStored,
  updateKeySql,
} from './key-rows.ts';
import { Memo } from './memo.ts';
import { PendingUses } from './pending-uses.ts';
import { bound, preparedBy } from './prepared.ts';
import { Timelines } from './timelines.ts';

/** How many looked-up keys are remembered: few are in use at a time, and looking one up again is cheap. */
const hotKeys = 64;
const rememberedRows = 1000;

type Window = { readonly after?: string | undefined; readonly limit?: number | undefined };
type KeyChange = { readonly seq: number; readonly changed: ApiKey };
type Select<Row> = (condition: string) => Statement<unknown[], Row>;

/**
 * Keys in SQLite. There is one connection to the database, and a method awaits nothing but its turn (`Access`): no other request
 * can come between a read and a write. A method with a single write is therefore atomic without a transaction.
 */
export class SqliteKeyStore implements KeyStore {
  readonly #access: Access;
  readonly #select: Select<KeyRow>;
  readonly #reveal: Select<RevealedRow>;
  readonly #count: Select<number>;
  readonly #byHash: Statement<[string, string], KeyRow>;
  readonly #seqOf: Statement<[string], number>;
  readonly #timelines: Timelines;
  readonly #uses: PendingUses;
  readonly #looked = new Memo<StoredKey | undefined>(hotKeys);
  readonly #found = new Memo<readonly StoredKey[]>(rememberedRows);
  readonly #revealed = new Memo<readonly StoredKey[]>(rememberedRows);
  readonly #insert: Statement<unknown[]>;
  readonly #update: Statement<unknown[]>;
  readonly #updateAll: (changes: readonly KeyChange[]) => void;

  constructor(db: Database, access: Access) {
    this.#access = access;
    const window = `AND seq > ${bound} ORDER BY seq LIMIT ${bound}`;
    this.#select = preparedBy((condition) =>
      db.prepare<unknown[], KeyRow>(`SELECT ${keyColumns} FROM api_keys WHERE ${condition} ${window}`).raw(),
    );
    this.#reveal = preparedBy((condition) =>
      db.prepare<unknown[], RevealedRow>(`SELECT ${keyColumns}, secret FROM api_keys WHERE ${condition} ${window}`).raw(),
    );
    this.#count = preparedBy((condition) =>
      db.prepare<unknown[], number>(`SELECT count(*) FROM api_keys WHERE ${condition}`).pluck(),
    );
    const byHash = `SELECT ${keyColumns} FROM api_keys WHERE hash = unhex(?) AND provider = ?`;
    this.#byHash = db.prepare<[string, string], KeyRow>(byHash).raw();
    this.#timelines = new Timelines(db);
    this.#seqOf = db.prepare<[string], number>('SELECT seq FROM api_keys WHERE id = ?').pluck();
    const stamp = db.prepare<[Instant, number]>('UPDATE api_keys SET last_used_at = ? WHERE seq = ?');
    const stampAll = db.transaction((uses: ReadonlyMap<number, Instant>) => {
      for (const [seq, usedAt] of uses) stamp.run(usedAt, seq);
      this.written();
    });
    this.#uses = new PendingUses((uses) => access.write(() => stampAll(uses)));
    this.#insert = db.prepare(insertKeySql);
    this.#update = db.prepare(updateKeySql);
    this.#updateAll = db.transaction((changes: readonly KeyChange[]) => {
      for (const { seq, changed } of changes) this.#update.run(...changedValues(changed), seq);
      this.written();
    });
  }

  async insert(key: ApiKey, keptSecret: string | null, admission?: Admission): Promise<void> {
    if (!this.#access.isFree) await this.#access.turn();
    admission?.admit(this.#find(admission.siblings, { limit: admission.limit }));
    this.#access.write(() => this.add(key, keptSecret));
  }

  /** `insert` without a promise and without a rule, for a transaction of several insertions. */
  add(key: ApiKey, keptSecret: string | null): void {
    const { changes } = this.#insert.run(...insertedValues(key), keptSecret);
    // A new key changes lists, but no key that was looked up: an unknown secret is not remembered.
    this.#forgetLists();
    if (changes > 0) return;
    fail('key_name_taken', { name: this.#seqOf.get(key.id) === undefined ? key.hint : key.id });
  }

  async find(filter: KeyFilter, window: KeyWindow = {}): Promise<ApiKey[]> {
    if (!this.#access.isFree) await this.#access.turn();
    return this.#find(filter, window);
  }

  async findRevealed(filter: KeyFilter): Promise<RevealedKey[]> {
    if (!this.#access.isFree) await this.#access.turn();
    const found = this.#read(this.#reveal, this.#revealed, filter, {});
    return found.map((stored) => ({ ...this.#current(stored), secret: stored.secret }));
  }

  async expiring(from: Instant, before: Instant | null, limit: number, after?: string): Promise<ApiKey[]> {
    if (!this.#access.isFree) await this.#access.turn();
    const start = this.#startAfter(after);
    if (start === undefined) return [];
    const rows = this.#timelines.expiring(from, start, before ?? Number.MAX_SAFE_INTEGER, limit);
    return rows.map((row) => this.#current(toStored(row)));
  }

  async countExpiring(from: Instant): Promise<number> {
    if (!this.#access.isFree) await this.#access.turn();
    return this.#timelines.countExpiring(from);
  }

  async listBy(order: KeyOrder, provider: string, { from, after }: KeyPlace, limit: number): Promise<ApiKey[]> {
    if (!this.#access.isFree) await this.#access.turn();
    const start = this.#startAfter(after);
    if (start === undefined) return [];
    return this.#timelines.listBy(order, provider, from, start, limit).map((row) => this.#current(toStored(row)));
  }

  async countBy(order: KeyOrder, provider: string): Promise<number> {
    if (!this.#access.isFree) await this.#access.turn();
    return this.#timelines.countBy(order, provider);
  }

  async count(filter: KeyFilter): Promise<number> {
    if (!this.#access.isFree) await this.#access.turn();
    const { sql, values } = conditionOf(filter);
    return this.#count(sql).get(...values) ?? 0;
  }

  async change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    if (!this.#access.isFree) await this.#access.turn();
    const [stored] = this.#read(this.#select, this.#found, filter, { limit: 1 });
    if (stored === undefined) return undefined;
    const key = this.#current(stored);
    const changed = decide(key);
    if (changed === key) return key;
    this.#access.write(() => {
      this.#uses.flush();
      this.#update.run(...changedValues(changed), stored.seq);
      this.written();
    });
    return changed;
  }

  async changeAll(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    if (!this.#access.isFree) await this.#access.turn();
    const decided = this.#read(this.#select, this.#found, filter, {}).map((stored) => {
      const key = this.#current(stored);
      return { seq: stored.seq, key, changed: decide(key) };
    });
    this.#access.write(() => {
      this.#uses.flush();
      this.#updateAll(decided.filter(({ key, changed }) => changed !== key));
    });
    return decided.map(({ changed }) => changed);
  }

  async use(provider: string, hash: string, admit: (key: ApiKey) => Instant): Promise<ApiKey | undefined> {
    if (!this.#access.isFree) await this.#access.turn();
    const stored = this.#looked.recall(`${provider}\0${hash}`, () => {
      const row = this.#byHash.get(hash, provider);
      return row && toStored(row);
    });
    if (stored === undefined) return undefined;
    const key = this.#current(stored);
    const lastUsedAt = admit(key);
    if (lastUsedAt === key.lastUsedAt) return key;
    assertExact(lastUsedAt);
    this.#uses.note(stored.seq, lastUsedAt);
    return { ...key, lastUsedAt };
  }

  /** Writes the pending uses. Call it before the database is closed, copied or emptied. */
  flush(): void {
    this.#uses.flush();
  }

  /** Forgets what was read. Call it after every write to the table, before anything else can read. */
  written(): void {
    this.#looked.forget();
    this.#forgetLists();
  }

  #forgetLists(): void {
    this.#found.forget();
    this.#revealed.forget();
  }

  /** The `seq` of the key with an id; undefined for an unknown one. Without an id: that before the first. */
  #startAfter(id: string | undefined): number | undefined {
    return id === undefined ? 0 : this.#seqOf.get(id);
  }

  #find(filter: KeyFilter, window: Window): ApiKey[] {
    return this.#read(this.#select, this.#found, filter, window).map((stored) => this.#current(stored));
  }

  /** A key with its last use, written or pending. */
  #current({ seq, key }: StoredKey): ApiKey {
    const lastUsedAt = this.#uses.of(seq);
    return lastUsedAt === undefined ? key : { ...key, lastUsedAt };
  }

  #read<Row extends KeyRow | RevealedRow>(
    select: Select<Row>,
    memo: Memo<readonly StoredKey[]>,
    filter: KeyFilter,
    { after, limit = -1 }: Window,
  ): readonly StoredKey[] {
    return memo.recall(JSON.stringify([filter, after, limit]), () => {
      const start = this.#startAfter(after);
      if (start === undefined) return [];
      const { sql, values } = conditionOf(filter);
      const rows = select(sql).all(...values, start, limit);
      return rows.map(toStored);
    });
  }
}
