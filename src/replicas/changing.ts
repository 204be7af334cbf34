import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeptChanges, KeptKey, KeptResource } from '../core/kept-rows.ts';
import type { Resource } from '../core/resource-store.ts';
import { assertExactInstants } from '../store/key-rows.ts';
import type { Written } from '../store/postgres/place.ts';
import type { RowCopy } from '../store/row-copy.ts';

/** Changes a world: one change after another, over all processes. */
export interface Changing {
  /**
   * Does `work` while nobody else changes the world, and with the copy as new as the world. What it puts into the draft is written
   * before this resolves. What it throws passes through, and nothing is written then. Throws StorageError, WorldGoneError.
   */
  change<R>(work: (draft: Draft) => Promise<R>): Promise<R>;
}

/** What a change is to write. */
export class Draft {
  readonly #rows: RowCopy;
  readonly #keys = new Map<number, KeptKey>();
  readonly #resources = new Map<number, KeptResource>();
  readonly #removed = new Set<number>();
  readonly #uses = new Map<string, Instant>();
  #nextPlace: number;
  /** As JSON; undefined if it stays as it is. */
  state: string | undefined;

  constructor(rows: RowCopy, nextPlace: number) {
    this.#rows = rows;
    this.#nextPlace = nextPlace;
  }

  get changes(): KeptChanges {
    return { keys: [...this.#keys.values()], resources: [...this.#resources.values()], removed: [...this.#removed] };
  }

  /** What is written; undefined if nothing is. */
  get written(): Written | undefined {
    const { changes, state } = this;
    const sizes = [...Object.values(changes).map(({ length }) => length), this.#uses.size];
    if (state === undefined && sizes.every((size) => size === 0)) return undefined;
    return { ...changes, state, uses: this.#uses, nextPlace: this.#nextPlace };
  }

  /** Notes the last uses of keys, by the ids of the keys: the copy has them already. */
  use(uses: ReadonlyMap<string, Instant>): void {
    for (const [id, at] of uses) this.#uses.set(id, at);
  }

  /** Throws RangeError for an instant that would not be stored exactly. */
  addKey(key: ApiKey, secret: string | null): void {
    assertExactInstants(key);
    const seq = this.#place();
    this.#keys.set(seq, { seq, key, secret });
  }

  /** Puts a key into the place of the one with its id. Throws RangeError as `addKey` does. */
  putKey(key: ApiKey, secret: string | null): void {
    assertExactInstants(key);
    const seq = this.#rows.placeOfKey(key.id) ?? this.#place();
    this.#keys.set(seq, { seq, key, secret });
  }

  /** Puts a resource into the place of the one with its id, if any. */
  putResource(provider: string, kind: string, resource: Resource<unknown>): void {
    const seq = this.#rows.placeOfResource(provider, kind, resource.id) ?? this.#place();
    this.#resources.set(seq, { seq, provider, kind, resource });
  }

  /** False for a resource that is not there. */
  removeResource(provider: string, kind: string, id: string): boolean {
    const seq = this.#rows.placeOfResource(provider, kind, id);
    if (seq !== undefined) this.#removed.add(seq);
    return seq !== undefined;
  }

  #place(): number {
    this.#nextPlace += 1;
    return this.#nextPlace - 1;
  }
}
