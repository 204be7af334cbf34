import type { ApiKey } from './api-key.ts';
import { goOn, type MaybePromise } from './at-once.ts';
import type { ResourceStore } from './resource-store.ts';

/** What of a key may decide what it acts as: fields that never change, and two that are compared. */
export type Bearer = Pick<ApiKey, 'id' | 'tenant' | 'owner' | 'kind' | 'grants' | 'attributes'>;

/** Reads what a key acts as; undefined if that does not exist any more. */
type Read<P> = (resources: ResourceStore, key: Bearer) => MaybePromise<P | undefined>;

/** The principals that were read while a store had one revision. */
interface Known<P> {
  readonly revision: number;
  readonly byKey: Map<string, { readonly key: Bearer; readonly principal: P }>;
}

/** At most so many are remembered of a store; when there would be more, all are forgotten first. */
const mostKeys = 1000;

/**
 * What keys act as: users, and what they may do. Reading it takes several look-ups, so it is remembered, and this is the only
 * place that remembers it. A principal is given again
 * - only while nothing has been written to the resources of its provider (`revision`). A reset, a restore and a dropped world
 *   end with the store itself, and while a store is being replaced nothing is remembered of it;
 * - only to the same key with the same grants and attributes. They are frozen where keys are read, so the same object has the
 *   same contents.
 * Both are asked at every request: nobody acts on what was so before the last change.
 */
export class Principals<P extends object> {
  readonly #read: Read<P>;
  readonly #byStore = new WeakMap<ResourceStore, Known<P>>();

  /** `read` may use nothing but the store and the fields of a `Bearer`. */
  constructor(read: Read<P>) {
    this.#read = read;
  }

  /** What a key acts as now; undefined if that does not exist any more, which is not remembered. */
  of(resources: ResourceStore, key: Bearer): MaybePromise<P | undefined> {
    const { revision } = resources;
    const remembered = this.#knownAt(resources, revision)?.byKey.get(key.id);
    if (remembered !== undefined && isSame(remembered.key, key)) return remembered.principal;
    return goOn(this.#read(resources, key), (principal) => {
      // What was written while it was read may have been missed.
      if (principal !== undefined && resources.revision === revision) this.#remember(resources, key, principal);
      return principal;
    });
  }

  #knownAt(resources: ResourceStore, revision: number | undefined): Known<P> | undefined {
    const known = this.#byStore.get(resources);
    return known?.revision === revision ? known : undefined;
  }

  #remember(resources: ResourceStore, key: Bearer, principal: P): void {
    const { revision } = resources;
    if (revision === undefined) return;
    const known = this.#knownAt(resources, revision) ?? { revision, byKey: new Map() };
    if (known.byKey.size >= mostKeys) known.byKey.clear();
    known.byKey.set(key.id, { key, principal });
    this.#byStore.set(resources, known);
  }
}

function isSame(one: Bearer, other: Bearer): boolean {
  return one.grants === other.grants && one.attributes === other.attributes;
}
