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
import { assertExact } from '../store/key-rows.ts';
import type { Changing, Draft } from './changing.ts';

/** One provider's resources in a world that several processes serve: read from the copy, changed in the place. */
export class SharedResourceStore implements ResourceStore {
  readonly #provider: string;
  readonly #copy: ResourceStore;
  readonly #changing: Changing;

  constructor(provider: string, copy: ResourceStore, changing: Changing) {
    this.#provider = provider;
    this.#copy = copy;
    this.#changing = changing;
  }

  get revision(): number | undefined {
    return this.#copy.revision;
  }

  get<T>(kind: ResourceKind<T>, id: string): MaybePromise<Resource<T> | undefined> {
    return this.#copy.get(kind, id);
  }

  getByName<T>(kind: ResourceKind<T>, name: string): MaybePromise<Resource<T> | undefined> {
    return this.#copy.getByName(kind, name);
  }

  list<T>(kind: ResourceKind<T>, tenant?: string): MaybePromise<Resource<T>[]> {
    return this.#copy.list(kind, tenant);
  }

  listAfter<T>(kind: ResourceKind<T>, id: string, limit: number): Promise<Resource<T>[]> {
    return this.#copy.listAfter(kind, id, limit);
  }

  listAll(): Promise<AnyResource[]> {
    return this.#copy.listAll();
  }

  insert<T>(kind: ResourceKind<T>, decide: (existing: readonly Resource<T>[]) => Resource<T>): Promise<Resource<T>> {
    return this.#changing.change(async (draft) => {
      const resource = decide(await this.#copy.list(kind));
      await this.#addTo(draft, kind, resource);
      return resource;
    });
  }

  add<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    return this.#changing.change((draft) => this.#addTo(draft, kind, resource));
  }

  put<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    return this.#changing.change((draft) => this.#putTo(draft, kind, resource));
  }

  change<T>(kind: ResourceKind<T>, id: string, decide: (data: T) => T): Promise<Resource<T> | undefined> {
    return this.replace(kind, id, decidingData(decide));
  }

  replace<T>(
    kind: ResourceKind<T>,
    id: string,
    decide: (resource: Resource<T>) => Resource<T>,
  ): Promise<Resource<T> | undefined> {
    return this.#changing.change(async (draft) => {
      const resource = await this.#copy.get(kind, id);
      if (resource === undefined) return undefined;
      const replaced = decided(resource, decide);
      if (replaced === resource) return resource;
      await this.#putTo(draft, kind, replaced);
      return replaced;
    });
  }

  remove({ kind }: ResourceKind<unknown>, id: string): Promise<boolean> {
    return this.#changing.change(async (draft) => draft.removeResource(this.#provider, kind, id));
  }

  async #addTo<T>(draft: Draft, kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    if ((await this.#copy.get(kind, resource.id)) !== undefined) throw new ResourceNameTakenError(kind.kind, resource.id);
    await this.#putTo(draft, kind, resource);
  }

  async #putTo<T>(draft: Draft, kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    const { name, id, createdAt } = resource;
    const namesake = name === null ? undefined : await this.#copy.getByName(kind, name);
    if (namesake !== undefined && namesake.id !== id) throw new ResourceNameTakenError(kind.kind, namesake.name ?? '');
    assertExact(createdAt);
    draft.putResource(this.#provider, kind.kind, resource);
  }
}
