import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../clock.ts';
import type { MaybePromise } from '../core/at-once.ts';
import {
  type AnyResource,
  decided,
  decidingData,
  type Resource,
  type ResourceKind,
  ResourceNameTakenError,
  type ResourceStore,
} from '../core/resource-store.ts';
import type { Access } from './access.ts';
import { assertExact } from './key-rows.ts';
import { Memo } from './memo.ts';
import { parseFrozen } from './parse-frozen.ts';
import { bound } from './prepared.ts';

interface ResourceRow {
  readonly kind: string;
  readonly id: string;
  readonly tenant: string;
  readonly name: string | null;
  readonly created_at: Instant;
  readonly data: string;
}

/** Parsed JSON. Its type follows from the kind, since only data of that type is written under it. */
type Parsed = ReturnType<typeof JSON.parse>;

/** One provider's resources in SQLite. Atomic for the reasons given at `SqliteKeyStore`. */
export class SqliteResourceStore implements ResourceStore {
  readonly #access: Access;
  readonly #provider: string;
  readonly #byId: Statement<[string, string, string], ResourceRow>;
  readonly #byName: Statement<[string, string, string], ResourceRow>;
  readonly #all: Statement<[string, string], ResourceRow>;
  readonly #after: Statement<[string, string, string, number], ResourceRow>;
  readonly #everything: Statement<[string], ResourceRow>;
  readonly #ofTenant: Statement<[string, string, string], ResourceRow>;
  readonly #looked = new Memo<Resource<Parsed> | undefined>(1000);
  #revision = 0;
  readonly #put: Statement<unknown[]>;
  readonly #remove: Statement<[string, string, string]>;

  constructor(db: Database, provider: string, access: Access) {
    this.#access = access;
    this.#provider = provider;
    const ofProvider = `SELECT kind, id, tenant, name, created_at, data FROM resources WHERE provider = ${bound}`;
    const ofKind = `${ofProvider} AND kind = ${bound}`;
    this.#byId = db.prepare(`${ofKind} AND id = ${bound}`);
    this.#byName = db.prepare(`${ofKind} AND name = ${bound}`);
    this.#after = db.prepare(`${ofKind} AND id > ${bound} ORDER BY id LIMIT ${bound}`);
    this.#everything = db.prepare(`${ofProvider} ORDER BY seq`);
    this.#all = db.prepare(`${ofKind} ORDER BY seq`);
    this.#ofTenant = db.prepare(`${ofKind} AND tenant = ${bound} ORDER BY seq`);
    this.#put = db.prepare(`
      INSERT INTO resources (provider, kind, id, tenant, name, created_at, data) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (provider, kind, id) DO UPDATE
      SET tenant = excluded.tenant, name = excluded.name, created_at = excluded.created_at, data = excluded.data`);
    this.#remove = db.prepare('DELETE FROM resources WHERE provider = ? AND kind = ? AND id = ?');
  }

  get revision(): number | undefined {
    return this.#access.isFree ? this.#revision : undefined;
  }

  get<T>(kind: ResourceKind<T>, id: string): MaybePromise<Resource<T> | undefined> {
    return this.#access.when(() => this.#read(kind, id));
  }

  getByName<T>({ kind }: ResourceKind<T>, name: string): MaybePromise<Resource<T> | undefined> {
    return this.#access.when(() =>
      this.#looked.recall(`name ${kind}\0${name}`, () => toResource(this.#byName.get(this.#provider, kind, name))),
    );
  }

  list<T>(kind: ResourceKind<T>, tenant?: string): MaybePromise<Resource<T>[]> {
    return this.#access.when(() => this.#list(kind, tenant));
  }

  async listAfter<T>({ kind }: ResourceKind<T>, id: string, limit: number): Promise<Resource<T>[]> {
    while (!this.#access.isFree) await this.#access.turn();
    return this.#after.all(this.#provider, kind, id, limit).flatMap((row) => toResource(row) ?? []);
  }

  async listAll(): Promise<AnyResource[]> {
    while (!this.#access.isFree) await this.#access.turn();
    const rows = this.#everything.all(this.#provider);
    return rows.flatMap((row) => {
      const resource = toResource(row);
      return resource === undefined ? [] : [{ kind: row.kind, resource }];
    });
  }

  async insert<T>(kind: ResourceKind<T>, decide: (existing: readonly Resource<T>[]) => Resource<T>): Promise<Resource<T>> {
    while (!this.#access.isFree) await this.#access.turn();
    const resource = decide(this.#list(kind));
    this.#add(kind, resource);
    return resource;
  }

  async add<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    while (!this.#access.isFree) await this.#access.turn();
    this.#add(kind, resource);
  }

  async put<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    while (!this.#access.isFree) await this.#access.turn();
    this.#access.write(() => this.write(kind, resource));
  }

  async change<T>(kind: ResourceKind<T>, id: string, decide: (data: T) => T): Promise<Resource<T> | undefined> {
    return this.replace(kind, id, decidingData(decide));
  }

  async replace<T>(
    kind: ResourceKind<T>,
    id: string,
    decide: (resource: Resource<T>) => Resource<T>,
  ): Promise<Resource<T> | undefined> {
    while (!this.#access.isFree) await this.#access.turn();
    const resource = this.#read(kind, id);
    if (resource === undefined) return undefined;
    const replaced = decided(resource, decide);
    if (replaced === resource) return resource;
    this.#access.write(() => this.write(kind, replaced));
    return replaced;
  }

  async remove({ kind }: ResourceKind<unknown>, id: string): Promise<boolean> {
    while (!this.#access.isFree) await this.#access.turn();
    const { changes } = this.#access.write(() => this.#remove.run(this.#provider, kind, id));
    this.#written(id);
    return changes > 0;
  }

  /** `put` without a promise, for a transaction of several. */
  write<T>({ kind }: ResourceKind<T>, { id, tenant, name, createdAt, data }: Resource<T>): void {
    const namesake = name === null ? undefined : this.#byName.get(this.#provider, kind, name);
    if (namesake !== undefined && namesake.id !== id) throw new ResourceNameTakenError(kind, namesake.name ?? '');
    assertExact(createdAt);
    this.#put.run(this.#provider, kind, id, tenant, name, createdAt, JSON.stringify(data));
    this.#written(id);
  }

  /** Forgets what was read. Call it after resources were written or removed from outside, before anything else can read. */
  forget(): void {
    this.#revision += 1;
    this.#looked.forget();
  }

  /** Forgets what was read of a resource. What was read of others, by id or by name, is still so. */
  #written(id: string): void {
    this.#revision += 1;
    this.#looked.forgetThose((known) => known?.id === id);
  }

  #add<T>(kind: ResourceKind<T>, resource: Resource<T>): void {
    if (this.#read(kind, resource.id) !== undefined) throw new ResourceNameTakenError(kind.kind, resource.id);
    this.#access.write(() => this.write(kind, resource));
  }

  #list<T>({ kind }: ResourceKind<T>, tenant?: string): Resource<T>[] {
    const rows = tenant === undefined ? this.#all.all(this.#provider, kind) : this.#ofTenant.all(this.#provider, kind, tenant);
    return rows.flatMap((row) => toResource(row) ?? []);
  }

  #read<T>({ kind }: ResourceKind<T>, id: string): Resource<T> | undefined {
    return this.#looked.recall(`id ${kind}\0${id}`, () => toResource(this.#byId.get(this.#provider, kind, id)));
  }
}

/** A resource as it was read, frozen so that it can be remembered. */
function toResource(row: ResourceRow | undefined): Resource<Parsed> | undefined {
  if (row === undefined) return undefined;
  const { id, tenant, name, created_at, data } = row;
  return Object.freeze({ id, tenant, name, createdAt: created_at, data: parseFrozen(data) });
}
