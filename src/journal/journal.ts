import type { Entry, NewEntry } from './entry.ts';

/** Which entries are meant. Every part that is given must hold. */
export interface EntryFilter {
  readonly provider?: string | undefined;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  /** The id of a key. */
  readonly key?: string | undefined;
  /** At or after this instant of the world's clock. */
  readonly since?: number | undefined;
}

/** The last requests of a world: so many, and so many characters of them, at most. */
export class Journal {
  readonly #capacity: number;
  readonly #maxCharacters: number;
  #entries: Entry[] = [];
  #characters = 0;
  #lastId = 0;

  constructor(capacity = 1000, maxCharacters = 16 << 20) {
    this.#capacity = capacity;
    this.#maxCharacters = maxCharacters;
  }

  /** Adds an entry; the oldest ones go where there would be too many. */
  record(entry: NewEntry): Entry {
    this.#lastId += 1;
    entry.id = this.#lastId;
    this.#entries.push(entry);
    this.#characters += entry.weight;
    if (this.#entries.length > this.#capacity * 2 || this.#characters > this.#maxCharacters) this.#shed();
    return entry;
  }

  /** The entries that match, the newest first. */
  find(filter: EntryFilter): Entry[] {
    const newest = this.#entries.slice(-this.#capacity).reverse();
    return newest.filter((entry) => matches(entry, filter));
  }

  get(id: number): Entry | undefined {
    // Ids count up without a gap.
    const index = id - (this.#entries[0]?.id ?? 0);
    return index >= this.#entries.length - this.#capacity ? this.#entries[index] : undefined;
  }

  /** Has every entry make its texts, before the keys are gone whose secrets might be in them. */
  settle(): void {
    for (const entry of this.#entries) entry.settle();
  }

  /** Forgets everything. Ids go on counting, so that none is ever two requests. */
  clear(): void {
    this.#entries = [];
    this.#characters = 0;
  }

  /** Rare, as it leaves room for as many again: shifting the list at every request would cost more than the request. */
  #shed(): void {
    this.#entries = this.#entries.slice(-this.#capacity);
    this.#characters = this.#entries.reduce((sum, entry) => sum + entry.weight, 0);
    while (this.#characters > this.#maxCharacters && this.#entries.length > 1) {
      const half = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
      this.#characters -= half.reduce((sum, entry) => sum + entry.weight, 0);
    }
  }
}

function matches(entry: Entry, { provider, operation, status, key, since }: EntryFilter): boolean {
  return (
    (provider === undefined || entry.provider === provider) &&
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (key === undefined || entry.key?.id === key) &&
    (since === undefined || entry.at >= since)
  );
}
