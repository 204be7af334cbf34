import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { Resource, ResourceKind, ResourceStore } from '../core/resource-store.ts';
import { type Atomically, atomicallyOn } from './atomically.ts';

interface ResourceRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string | null;
  readonly created_at: Instant;
  readonly data: string;
}

export const insertResourceSql = `
  INSERT INTO resources (provider, kind, id, tenant, name, created_at, data)
  VALUES (@provider, @kind, @id, @tenant, @name, @createdAt, @data)
  ON CONFLICT (provider, kind, id) DO UPDATE SET tenant = excluded.tenant, name = excluded.name, data = excluded.data`;

/** One provider's resources in SQLite. */
export class SqliteResourceStore implements ResourceStore {
  readonly #atomically: Atomically;
  readonly #provider: string;
  readonly #byId: Statement<unknown[], ResourceRow>;
  readonly #byName: Statement<unknown[], ResourceRow>;
  readonly #list: Statement<unknown[], ResourceRow>;
  readonly #put: Statement;
  readonly #remove: Statement;

  constructor(db: Database, provider: string) {
    this.#atomically = atomicallyOn(db);
    this.#provider = provider;
    const select = 'SELECT id, tenant, name, created_at, data FROM resources WHERE provider = ? AND kind = ?';
    this.#byId = db.prepare(`${select} AND id = ?`);
    this.#byName = db.prepare(`${select} AND name = ?`);
    this.#list = db.prepare(`${select} AND tenant = coalesce(?, tenant) ORDER BY seq`);
    this.#put = db.prepare(insertResourceSql);
    this.#remove = db.prepare('DELETE FROM resources WHERE provider = ? AND kind = ? AND id = ?');
  }

  async get<T>(kind: ResourceKind<T>, id: string): Promise<Resource<T> | undefined> {
    return this.#read(kind, id);
  }

  async getByName<T>(kind: ResourceKind<T>, name: string): Promise<Resource<T> | undefined> {
    const row = this.#byName.get(this.#provider, kind.kind, name);
    return row && toResource<T>(row);
  }

  async list<T>(kind: ResourceKind<T>, tenant?: string): Promise<Resource<T>[]> {
    return this.#list.all(this.#provider, kind.kind, tenant ?? null).map((row) => toResource<T>(row));
  }

  async put<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    this.#write(kind, resource);
  }

  async change<T>(kind: ResourceKind<T>, id: string, decide: (data: T) => T): Promise<Resource<T> | undefined> {
    return this.#atomically(() => {
      const resource = this.#read(kind, id);
      if (resource === undefined) return undefined;
      const changed = { ...resource, data: decide(resource.data) };
      this.#write(kind, changed);
      return changed;
    });
  }

  async remove(kind: ResourceKind<unknown>, id: string): Promise<boolean> {
    return this.#remove.run(this.#provider, kind.kind, id).changes > 0;
  }

  #read<T>(kind: ResourceKind<T>, id: string): Resource<T> | undefined {
    const row = this.#byId.get(this.#provider, kind.kind, id);
    return row && toResource<T>(row);
  }

  #write<T>({ kind }: ResourceKind<T>, resource: Resource<T>): void {
    this.#put.run({ ...resource, provider: this.#provider, kind, data: JSON.stringify(resource.data) });
  }
}

/** The kind vouches for the type: only data of that type is ever written under it. */
function toResource<T>(row: ResourceRow): Resource<T> {
  const data: T = JSON.parse(row.data);
  return { id: row.id, tenant: row.tenant, name: row.name, createdAt: row.created_at, data };
}
