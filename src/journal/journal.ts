import { othersTurn } from '../core/pieces.ts';
import type { Entry, NewEntry } from './entry.ts';

/** Selects the entries that match every part that is given. */
export interface EntryFilter {
  readonly provider?: string | undefined;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  /** The id of a key. */
  readonly key?: string | undefined;
  /** Whether it was refused, by the core or with 401 or 403, or its connection was broken. */
  readonly refused?: boolean | undefined;
  /** The core's code. */
  readonly code?: string | undefined;
  /** In capitals. */
  readonly method?: string | undefined;
  /** A part of the path. */
  readonly q?: string | undefined;
  /** At or after this instant of the world's clock. */
  readonly since?: number | undefined;
}

/** The last requests of a world, up to a number of entries and of characters. */
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

  /** Numbers an entry and adds it. Drops the oldest entries if there are too many. */
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
    // Ids count up without gaps.
    const index = id - (this.#entries[0]?.id ?? 0);
    return index >= this.#entries.length - this.#capacity ? this.#entries[index] : undefined;
  }

  /** Makes the texts of the entries that are there, one part at a time: other requests get their turn in between. */
  async settle(): Promise<void> {
    for (const { texts } of [...this.#entries]) {
      for (const make of [() => texts.head(), () => texts.messages()]) {
        make();
        await othersTurn();
      }
    }
  }

  /** Makes the texts of all entries. Call it before removing keys, whose secrets might be in them. */
  makeTexts(): void {
    for (const { texts } of this.#entries) {
      texts.head();
      texts.messages();
    }
  }

  /** Forgets all entries. Ids continue to count up, so that an id never means two requests. */
  clear(): void {
    this.#entries = [];
    this.#characters = 0;
  }

  /** Drops many entries at once: shifting the list for every request would cost more than the request. */
  #shed(): void {
    this.#entries = this.#entries.slice(-this.#capacity);
    this.#characters = this.#entries.reduce((sum, entry) => sum + entry.weight, 0);
    while (this.#characters > this.#maxCharacters && this.#entries.length > 1) {
      const half = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
      this.#characters -= half.reduce((sum, entry) => sum + entry.weight, 0);
    }
  }
}

function matches(entry: Entry, filter: EntryFilter): boolean {
  const { provider, operation, status, key, since, refused, code, method, q } = filter;
  return (
    (provider === undefined || entry.provider === provider) &&
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (key === undefined || entry.key?.id === key) &&
    (since === undefined || entry.at >= since) &&
    (refused === undefined || isRefused(entry) === refused) &&
    (code === undefined || entry.code === code) &&
    (method === undefined || entry.method === method) &&
    // Last, because the path of an entry is made when it is first read.
    (q === undefined || entry.texts.head().path.includes(q))
  );
}

function isRefused({ status, code }: Entry): boolean {
  return status === 0 || status === 401 || status === 403 || code !== null;
}
