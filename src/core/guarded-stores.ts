import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { MaybePromise } from './at-once.ts';
import { EmulatorError } from './errors.ts';
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
} from './key-store.ts';
import type { AnyResource, Resource, ResourceKind, ResourceStore } from './resource-store.ts';

/** Says whether what a store holds was replaced since the store was handed out. */
export type IsReplaced = () => boolean;

/** Calls a store, unless what it holds was replaced: then nothing is read or written. */
function unlessReplaced<R>(isReplaced: IsReplaced, call: () => R): R | Promise<never> {
  return isReplaced() ? Promise.reject(new EmulatorError('unavailable', null)) : call();
}

const admitAny: Admission = { siblings: {}, limit: 0, admit: () => undefined };

/** A key store for requests that began before its keys are replaced. After that, every method throws unavailable. */
export class GuardedKeyStore implements KeyStore {
  readonly #store: KeyStore;
  readonly #isReplaced: IsReplaced;

  constructor(store: KeyStore, isReplaced: IsReplaced) {
    this.#store = store;
    this.#isReplaced = isReplaced;
  }

  insert(key: ApiKey, keptSecret: string | null, admission: Admission = admitAny): MaybePromise<void> {
    return unlessReplaced(this.#isReplaced, () => this.#store.insert(key, keptSecret, this.#stillAdmitting(admission)));
  }

  /** A store may insert later than it is asked: what it holds may have been replaced by then. */
  #stillAdmitting(admission: Admission): Admission {
    const admit = (found: readonly ApiKey[]) => {
      if (this.#isReplaced()) throw new EmulatorError('unavailable', null);
      admission.admit(found);
    };
    const { siblings, limit } = admission;
    return limit === undefined ? { siblings, admit } : { siblings, limit, admit };
  }

  find(filter: KeyFilter, window?: KeyWindow): MaybePromise<ApiKey[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.find(filter, window));
  }

  findRevealed(filter: KeyFilter): MaybePromise<RevealedKey[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.findRevealed(filter));
  }

  expiring(from: Instant, before: Instant | null, limit: number, after?: string): Promise<ApiKey[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.expiring(from, before, limit, after));
  }

  countExpiring(from: Instant): Promise<number> {
    return unlessReplaced(this.#isReplaced, () => this.#store.countExpiring(from));
  }

  listBy(order: KeyOrder, provider: string, place: KeyPlace, limit: number): Promise<ApiKey[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.listBy(order, provider, place, limit));
  }

  countBy(order: KeyOrder, provider: string): Promise<number> {
    return unlessReplaced(this.#isReplaced, () => this.#store.countBy(order, provider));
  }

  list(order: KeyListing, filter: KeyFilter, place: KeyListPlace | undefined, limit: number): Promise<ApiKey[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.list(order, filter, place, limit));
  }

  count(filter: KeyFilter): Promise<number> {
    return unlessReplaced(this.#isReplaced, () => this.#store.count(filter));
  }

  change(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey | undefined> {
    return unlessReplaced(this.#isReplaced, () => this.#store.change(filter, decide));
  }

  changeAll(filter: KeyFilter, decide: (key: ApiKey) => ApiKey): Promise<ApiKey[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.changeAll(filter, decide));
  }

  use(provider: string, hash: string, admit: (key: ApiKey) => Instant): MaybePromise<ApiKey | undefined> {
    return unlessReplaced(this.#isReplaced, () => this.#store.use(provider, hash, admit));
  }
}

/** The same for resources. */
export class GuardedResourceStore implements ResourceStore {
  readonly #store: ResourceStore;
  readonly #isReplaced: IsReplaced;

  constructor(store: ResourceStore, isReplaced: IsReplaced) {
    this.#store = store;
    this.#isReplaced = isReplaced;
  }

  get revision(): number | undefined {
    return this.#isReplaced() ? undefined : this.#store.revision;
  }

  get<T>(kind: ResourceKind<T>, id: string): MaybePromise<Resource<T> | undefined> {
    return unlessReplaced(this.#isReplaced, () => this.#store.get(kind, id));
  }

  getByName<T>(kind: ResourceKind<T>, name: string): MaybePromise<Resource<T> | undefined> {
    return unlessReplaced(this.#isReplaced, () => this.#store.getByName(kind, name));
  }

  list<T>(kind: ResourceKind<T>, tenant?: string): MaybePromise<Resource<T>[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.list(kind, tenant));
  }

  listAfter<T>(kind: ResourceKind<T>, id: string, limit: number): Promise<Resource<T>[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.listAfter(kind, id, limit));
  }

  listAll(): Promise<AnyResource[]> {
    return unlessReplaced(this.#isReplaced, () => this.#store.listAll());
  }

  insert<T>(kind: ResourceKind<T>, decide: (existing: readonly Resource<T>[]) => Resource<T>): Promise<Resource<T>> {
    return unlessReplaced(this.#isReplaced, () => this.#store.insert(kind, decide));
  }

  add<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    return unlessReplaced(this.#isReplaced, () => this.#store.add(kind, resource));
  }

  put<T>(kind: ResourceKind<T>, resource: Resource<T>): Promise<void> {
    return unlessReplaced(this.#isReplaced, () => this.#store.put(kind, resource));
  }

  change<T>(kind: ResourceKind<T>, id: string, decide: (data: T) => T): Promise<Resource<T> | undefined> {
    return unlessReplaced(this.#isReplaced, () => this.#store.change(kind, id, decide));
  }

  replace<T>(
    kind: ResourceKind<T>,
    id: string,
    decide: (resource: Resource<T>) => Resource<T>,
  ): Promise<Resource<T> | undefined> {
    return unlessReplaced(this.#isReplaced, () => this.#store.replace(kind, id, decide));
  }

  remove(kind: ResourceKind<unknown>, id: string): Promise<boolean> {
    return unlessReplaced(this.#isReplaced, () => this.#store.remove(kind, id));
  }
}
