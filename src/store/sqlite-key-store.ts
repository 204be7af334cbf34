import type { Database } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { goOn, type MaybePromise } from '../core/at-once.ts';
import { fail } from '../core/errors.ts';
import type {
  Admission,
  KeyFilter,
  KeyListing,
  KeyListPlace,
  KeyOrder,
  KeyPlace,
  KeyStore,
  KeyWindow,
  RevealedKey,
} from '../core/key-store.ts';
import { pausing } from '../core/pieces.ts';
import { doneTogether } from '../core/turns.ts';
import type { Access } from './access.ts';
import { KeyLists } from './key-lists.ts';
import { KeyReads, type Window } from './key-reads.ts';
import { assertExact, changedValues, conditionOf, insertedValues, type StoredKey, toStored } from './key-rows.ts';
import { type Columns, KeyScan, noSiblings, visitedRows } from './key-scan.ts';
import { KeyStatements } from './key-statements.ts';
import { Memo } from './memo.ts';
import { PendingUses } from './pending-uses.ts';
import { type ReadTimeline, readInPieces, type TimelineOrder, Timelines } from './timelines.ts';
import { inTransaction } from './transaction.ts';

/** How many looked-up keys are remembered: few are in use at a time, and looking one up again is cheap. */
const hotKeys = 64;

type KeyChange = { readonly seq: number; readonly changed: ApiKey };

/**
 * Keys in SQLite. There is one connection to the database, and a method awaits nothing but its turn (`Access`): no other request
 * can come between a read and a write. A method with a single write is therefore atomic without a transaction.
 */
export class SqliteKeyStore implements KeyStore {
  readonly #access: Access;
  readonly #statements: KeyStatements;
  readonly #timelines: Timelines;
  readonly #scan: KeyScan;
  readonly #reads: KeyReads;
  readonly #lists: KeyLists;
  readonly #db: Database;
  readonly #uses: PendingUses;
  readonly #looked = new Memo<StoredKey | undefined>(hotKeys);
  readonly #updateAll: (changes: readonly KeyChange[]) => void;
  readonly #insertions = doneTogether();

  constructor(db: Database, access: Access) {
    this.#access = access;
    this.#statements = new KeyStatements(db);
    this.#scan = new KeyScan(db);
    this.#reads = new KeyReads(this.#statements, this.#scan);
    this.#lists = new KeyLists(db);
    this.#db = db;
    this.#timelines = new Timelines(db);
    const stampAll = db.transaction((uses: ReadonlyMap<number, Instant>) => {
      for (const [seq, usedAt] of uses) this.#statements.stamp.run(usedAt, seq);
      this.written();
    });
    this.#uses = new PendingUses((uses) => access.write(() => stampAll(uses)));
    this.#updateAll = db.transaction((changes: readonly KeyChange[]) => {
      for (const { seq, changed } of changes) this.#statements.update.run(...changedValues(changed), seq);
      this.written();
    });
  }

  /** The insertions of a turn come one right after the other: SQLite's pages are then still where the processor reads them fastest. */
  insert(key: ApiKey, keptSecret: string | null, admission?: Admission): Promise<void> {
    return this.#insertions.done(() => this.#insert(key, keptSecret, admission));
  }

  #insert(key: ApiKey, keptSecret: string | null, admission: Admission | undefined): MaybePromise<void> {
    return this.#access.when(() => {
      const { siblings, limit } = admission ?? noSiblings;
      const found = this.#scan.isSurelyEmpty(siblings, limit) ? [] : this.#reads.read('keys', siblings, { limit });
      if (found !== undefined) return this.#admit(key, keptSecret, admission, found);
      return this.#access.alone(async () => {
        this.#admit(key, keptSecret, admission, await this.#reads.readOn('keys', siblings, { limit }));
      });
    });
  }

  #admit(key: ApiKey, keptSecret: string | null, admission: Admission | undefined, siblings: readonly StoredKey[]): void {
    admission?.admit(siblings.map((stored) => this.#uses.current(stored)));
    this.#access.write(() => this.add(key, keptSecret));
  }

  /** `insert` without a promise and without a rule, for a transaction of several insertions. */
  add(key: ApiKey, keptSecret: string | null): void {
    const { changes } = this.#statements.insert.run(insertedValues(key, keptSecret));
    // A new key changes lists, but no key that was looked up: an unknown secret is not remembered.
    this.#reads.added();
    if (changes > 0) return;
    fail('key_name_taken', { name: this.#statements.seqOf.get(key.id) === undefined ? key.hint : key.id });
  }

  find(filter: KeyFilter, window: KeyWindow = {}): MaybePromise<ApiKey[]> {
    return goOn(this.#readAll('keys', filter, window), (found) => found.map((stored) => this.#uses.current(stored)));
  }

  findRevealed(filter: KeyFilter): MaybePromise<RevealedKey[]> {
    return goOn(this.#readAll('revealed', filter, {}), (found) => found.map((stored) => this.#uses.withSecret(stored)));
  }

  /** The keys that match, at once if there are few rows to visit. */
  #readAll(columns: Columns, filter: KeyFilter, window: Window): MaybePromise<readonly StoredKey[]> {
    return this.#access.when<readonly StoredKey[]>(
      () => this.#reads.read(columns, filter, window) ?? this.#access.alone(() => this.#reads.readOn(columns, filter, window)),
    );
  }

  async expiring(from: Instant, before: Instant | null, limit: number, after?: string): Promise<ApiKey[]> {
    while (!this.#access.isFree) await this.#access.turn();
    const until = before ?? Number.MAX_SAFE_INTEGER;
    const read: ReadTimeline = (at, seq, count) => this.#timelines.expiring(at, seq, until, count);
    return this.#listed('expiresAt', { from, after }, limit, read);
  }

  async countExpiring(from: Instant): Promise<number> {
    while (!this.#access.isFree) await this.#access.turn();
    return this.#timelines.countExpiring(from);
  }

  async listBy(order: KeyOrder, provider: string, place: KeyPlace, limit: number): Promise<ApiKey[]> {
    while (!this.#access.isFree) await this.#access.turn();
    return this.#listed(order, place, limit, (at, seq, count) => this.#timelines.listBy(order, provider, at, seq, count));
  }

  async countBy(order: KeyOrder, provider: string): Promise<number> {
    while (!this.#access.isFree) await this.#access.turn();
    return this.#timelines.countBy(order, provider);
  }

  async list(order: KeyListing, filter: KeyFilter, place: KeyListPlace | undefined, limit: number): Promise<ApiKey[]> {
    while (!this.#access.isFree) await this.#access.turn();
    const seq = this.#reads.startAfter(place?.id);
    if (seq === undefined) return [];
    return this.#access.alone(async () => {
      // The order of uses is that of the written ones.
      this.#uses.flush();
      return (await this.#lists.page(order, filter, place && { at: place.at, seq }, limit)).map(({ key }) => key);
    });
  }

  async count(filter: KeyFilter): Promise<number> {
    while (!this.#access.isFree) await this.#access.turn();
    if (Object.keys(filter).length === 0) return this.#statements.count('').get() ?? 0;
    if (!this.#reads.isQuick(filter)) return this.#access.alone(() => this.#scan.count(filter));
    const { sql, values } = conditionOf(filter);
    return this.#statements.count(`WHERE ${sql}`).get(...values) ?? 0;
  }

  async change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    while (!this.#access.isFree) await this.#access.turn();
    const first = { limit: 1 };
    const found = this.#reads.read('keys', filter, first);
    if (found !== undefined) return this.#changeOne(found[0], decide);
    return this.#access.alone(async () => this.#changeOne((await this.#reads.readOn('keys', filter, first))[0], decide));
  }

  #changeOne(stored: StoredKey | undefined, decide: (key: ApiKey) => ApiKey): ApiKey | undefined {
    if (stored === undefined) return undefined;
    const key = this.#uses.current(stored);
    const changed = decide(key);
    if (changed === key) return key;
    this.#access.write(() => {
      this.#uses.flush();
      this.#statements.update.run(...changedValues(changed), stored.seq);
      this.written();
    });
    return changed;
  }

  async changeAll(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    while (!this.#access.isFree) await this.#access.turn();
    const found = this.#reads.read('keys', filter, {});
    if (found === undefined) return this.#access.alone(() => this.#changeMany(filter, decide));
    const decided = found.map((stored) => this.#decided(stored, decide));
    this.#access.write(() => {
      this.#uses.flush();
      this.#updateAll(decided.filter(({ key, changed }) => changed !== key));
    });
    return decided.map(({ changed }) => changed);
  }

  /** The same in pieces. Nobody else may use the database meanwhile. */
  async #changeMany(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    const pause = pausing();
    const decided: ApiKey[] = [];
    const found = await this.#reads.readOn('keys', filter, {});
    this.#uses.flush();
    await inTransaction(this.#db, async () => {
      for (const stored of found) {
        const { key, changed } = this.#decided(stored, decide);
        if (changed !== key) this.#statements.update.run(...changedValues(changed), stored.seq);
        decided.push(changed);
        await pause();
      }
    }).finally(() => this.written());
    return decided;
  }

  #decided(stored: StoredKey, decide: (key: ApiKey) => ApiKey) {
    const key = this.#uses.current(stored);
    return { seq: stored.seq, key, changed: decide(key) };
  }

  use(provider: string, hash: string, admit: (key: ApiKey) => Instant): MaybePromise<ApiKey | undefined> {
    return this.#access.when(() => {
      const stored = this.#looked.recall(`${provider}\0${hash}`, () => {
        const row = this.#statements.byHash.get(hash, provider);
        return row && toStored(row);
      });
      if (stored === undefined) return undefined;
      const key = this.#uses.current(stored);
      const lastUsedAt = admit(key);
      if (lastUsedAt === key.lastUsedAt) return key;
      assertExact(lastUsedAt);
      this.#uses.note(stored.seq, lastUsedAt);
      return this.#uses.current(stored);
    });
  }

  /** Does what waits for the end of the turn, and writes the pending uses. Call it before the database is closed, copied or emptied. */
  flush(): void {
    this.insertWaiting();
    this.#uses.flush();
  }

  /** Inserts at once what was asked in this turn: what was asked before something else is also done before it. */
  insertWaiting(): void {
    this.#insertions.now();
  }

  /** Forgets what was read. Call it after every write to the table, before anything else can read. */
  written(): void {
    this.#looked.forget();
    this.#reads.forget();
  }

  /** Forgets what was read and how much there is. Call it after rows were written or removed from outside. */
  replaced(): void {
    this.written();
    this.#reads.recount();
  }

  /** Keys in the order of an instant, more than a few of them in pieces. */
  async #listed(order: TimelineOrder, { from, after }: KeyPlace, limit: number, read: ReadTimeline): Promise<ApiKey[]> {
    const start = this.#reads.startAfter(after);
    if (start === undefined) return [];
    const readAll = () => readInPieces(order, { at: from, seq: start }, limit, read);
    const found = await (limit <= visitedRows ? readAll() : this.#access.alone(readAll));
    return found.map((stored) => this.#uses.current(stored));
  }
}
