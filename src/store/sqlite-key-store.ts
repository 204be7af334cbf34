import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { MaybePromise } from '../core/at-once.ts';
import { fail } from '../core/errors.ts';
import type { Admission, KeyFilter, KeyStore, KeyWindow, RevealedKey } from '../core/key-store.ts';
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
  toRevealed,
  toStored,
  updateKeySql,
} from './key-rows.ts';
import { Memo } from './memo.ts';
import { PendingUses } from './pending-uses.ts';
import { bound, preparedBy } from './prepared.ts';

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
  readonly #plain: Select<KeyRow>;
  readonly #reveal: Select<RevealedRow>;
  readonly #count: Select<number>;
  readonly #byHash: Statement<[string, string], KeyRow>;
  readonly #seqOf: Statement<[string], number>;
  readonly #expiring: Statement<[Instant, Instant, number], KeyRow>;
  readonly #uses: PendingUses;
  readonly #looked = new Memo<StoredKey | undefined>(hotKeys);
  readonly #found = new Memo<readonly StoredKey[]>(rememberedRows);
  readonly #revealed = new Memo<readonly StoredKey<RevealedKey>[]>(rememberedRows);
  readonly #insert: Statement<unknown[]>;
  readonly #update: Statement<unknown[]>;
  readonly #updateAll: (changes: readonly KeyChange[]) => void;

  constructor(db: Database, access: Access) {
    this.#access = access;
    const window = `AND seq > ${bound} ORDER BY seq LIMIT ${bound}`;
    this.#plain = preparedBy((condition) =>
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
    this.#expiring = db
      .prepare<[Instant, Instant, number], KeyRow>(
        `SELECT ${keyColumns} FROM api_keys WHERE state = 'active' AND expires_at >= ${bound} AND expires_at < ${bound} ORDER BY expires_at, seq LIMIT ?`,
      )
      .raw();
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

  insert(key: ApiKey, keptSecret: string | null, admission?: Admission): MaybePromise<void> {
    return this.#access.when(() => {
      admission?.admit(this.#find(admission.siblings, { limit: admission.limit }));
      this.#access.write(() => this.add(key, keptSecret));
    });
  }

  /** `insert` without a promise and without a rule, for a transaction of several insertions. */
  add(key: ApiKey, keptSecret: string | null): void {
    const { changes } = this.#insert.run(...insertedValues(key), keptSecret);
    // A new key changes lists, but no key that was looked up: an unknown secret is not remembered.
    this.#forgetLists();
    if (changes > 0) return;
    fail('key_name_taken', { name: this.#seqOf.get(key.id) === undefined ? key.hint : key.id });
  }

  find(filter: KeyFilter, window: KeyWindow = {}): MaybePromise<ApiKey[]> {
    return this.#access.when(() => this.#find(filter, window));
  }

  findRevealed(filter: KeyFilter): MaybePromise<RevealedKey[]> {
    return this.#access.when(() => {
      const found = this.#revealed.recall(JSON.stringify(filter), () => this.#select(this.#reveal, filter, {}).map(toRevealed));
      return found.map((stored) => this.#current(stored));
    });
  }

  async expiring(from: Instant, before: Instant | null, limit: number): Promise<ApiKey[]> {
    if (!this.#access.isFree) await this.#access.turn();
    return this.#expiring.all(from, before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => this.#current(toStored(row)));
  }

  async count(filter: KeyFilter): Promise<number> {
    if (!this.#access.isFree) await this.#access.turn();
    const { sql, values } = conditionOf(filter);
    return this.#count(sql).get(...values) ?? 0;
  }

  async change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    if (!this.#access.isFree) await this.#access.turn();
    const [stored] = this.#read(filter, { limit: 1 });
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
    const decided = this.#read(filter, {}).map((stored) => {
      const key = this.#current(stored);
      return { seq: stored.seq, key, changed: decide(key) };
    });
    this.#access.write(() => {
      this.#uses.flush();
      this.#updateAll(decided.filter(({ key, changed }) => changed !== key));
    });
    return decided.map(({ changed }) => changed);
  }

  use(provider: string, hash: string, admit: (key: ApiKey) => Instant): MaybePromise<ApiKey | undefined> {
    return this.#access.when(() => this.#use(provider, hash, admit));
  }

  #use(provider: string, hash: string, admit: (key: ApiKey) => Instant): ApiKey | undefined {
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
    return this.#current(stored);
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

  #find(filter: KeyFilter, window: Window): ApiKey[] {
    return this.#read(filter, window).map((stored) => this.#current(stored));
  }

  /** A key with its last use, written or pending: the same object until it is used again. */
  #current<K extends ApiKey>(stored: StoredKey<K>): K {
    const lastUsedAt = this.#uses.of(stored.seq);
    if (lastUsedAt !== undefined && lastUsedAt !== stored.key.lastUsedAt) {
      stored.key = Object.freeze({ ...stored.key, lastUsedAt });
    }
    return stored.key;
  }

  #read(filter: KeyFilter, window: Window): readonly StoredKey[] {
    const { after, limit } = window;
    return this.#found.recall(JSON.stringify([filter, after, limit]), () =>
      this.#select(this.#plain, filter, window).map(toStored),
    );
  }

  #select<Row>(select: Select<Row>, filter: KeyFilter, { after, limit = -1 }: Window): Row[] {
    const start = after === undefined ? 0 : this.#seqOf.get(after);
    if (start === undefined) return [];
    const { sql, values } = conditionOf(filter);
    return select(sql).all(...values, start, limit);
  }
}
