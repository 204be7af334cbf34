import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../clock.ts';
import type { KeptChanges, KeptKey, KeptResource, KeptWorld } from '../../core/kept-rows.ts';
import type { Access } from '../access.ts';
import { insertedValues, keyColumns, putKeySql, type RevealedRow, toStored } from '../key-rows.ts';
import { parseFrozen } from '../parse-frozen.ts';
import { emptyAllSql, insertRowSql, type ResourceRow, selectAllSql } from '../tables.ts';

/** What is to be done whenever rows are written. */
interface Writing {
  /** Writes the uses of keys that wait: they are older. */
  before(): void;
  /** Forgets what was read. */
  after(): void;
}

/** The rows of a world whose truth is elsewhere: this database holds a copy of them, at the same places. */
export class RowCopy {
  readonly #db: Database;
  readonly #access: Access;
  readonly #writing: Writing;
  readonly #putKey: Statement<unknown[]>;
  readonly #putResource: Statement<unknown[]>;
  readonly #removeResource: Statement<[number]>;
  readonly #seqOfKey: Statement<[string], number>;
  readonly #seqOfResource: Statement<[string, string, string], number>;

  constructor(db: Database, access: Access, writing: Writing) {
    this.#db = db;
    this.#access = access;
    this.#writing = writing;
    this.#putKey = db.prepare(putKeySql);
    this.#putResource = db.prepare(insertRowSql('resources').replace('INSERT', 'INSERT OR REPLACE'));
    this.#removeResource = db.prepare('DELETE FROM resources WHERE seq = ?');
    this.#seqOfKey = db.prepare<[string], number>('SELECT seq FROM api_keys WHERE id = ?').pluck();
    const resource = 'SELECT seq FROM resources WHERE provider = ? AND kind = ? AND id = ?';
    this.#seqOfResource = db.prepare<[string, string, string], number>(resource).pluck();
  }

  /** The place of a key; undefined for an unknown id. */
  placeOfKey(id: string): number | undefined {
    return this.#seqOfKey.get(id);
  }

  /** The place of a resource; undefined for an unknown one. */
  placeOfResource(provider: string, kind: string, id: string): number | undefined {
    return this.#seqOfResource.get(provider, kind, id);
  }

  /**
   * Takes changes over, in one step, and calls `then` before anybody can read. Whoever works on the database in pieces is waited
   * for.
   */
  take({ keys, resources, removed }: KeptChanges, then: () => void): Promise<void> {
    const work = () => {
      for (const seq of removed) this.#removeResource.run(seq);
      this.#put(keys, resources);
    };
    return this.#inOneStep(work, then);
  }

  /** Replaces everything in the same way. */
  replace({ keys, resources, seedings }: KeptWorld, then: () => void): Promise<void> {
    const mark = this.#db.prepare(insertRowSql('seedings'));
    const work = () => {
      this.#db.exec(emptyAllSql);
      this.#put(keys, resources);
      for (const [provider, seededAt] of Object.entries(seedings)) mark.run(provider, seededAt);
    };
    return this.#inOneStep(work, then);
  }

  /** Everything that the database holds. */
  all(): KeptWorld {
    const keys = this.#db.prepare<[], RevealedRow>(`SELECT ${keyColumns}, secret FROM api_keys ORDER BY seq`).raw();
    const resources = this.#db.prepare<[], ResourceRow>(selectAllSql('resources')).raw();
    const seedings = this.#db.prepare<[], [string, Instant]>(selectAllSql('seedings')).raw();
    return {
      keys: keys.all().map((row) => {
        const { seq, key, secret } = toStored(row);
        return { seq, key, secret };
      }),
      resources: resources.all().map(([seq, provider, kind, id, tenant, name, createdAt, data]) => {
        return { seq, provider, kind, resource: { id, tenant, name, createdAt, data: parseFrozen(data) } };
      }),
      seedings: Object.fromEntries(seedings.all()),
    };
  }

  async #inOneStep(work: () => void, then: () => void): Promise<void> {
    while (!this.#access.isFree) await this.#access.turn();
    this.#writing.before();
    const step = this.#db.transaction(work);
    this.#access.write(() => step());
    this.#writing.after();
    then();
  }

  #put(keys: readonly KeptKey[], resources: readonly KeptResource[]): void {
    for (const { seq, key, secret } of keys) this.#putKey.run(seq, ...insertedValues(key, secret));
    for (const { seq, provider, kind, resource } of resources) {
      const { id, tenant, name, createdAt, data } = resource;
      this.#putResource.run(seq, provider, kind, id, tenant, name, createdAt, JSON.stringify(data));
    }
  }
}
