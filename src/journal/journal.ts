import type { Entry, NewEntry } from './entry.ts';
import type { Budgeted, JournalBudget } from './journal-budget.ts';

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
  /** What it belongs to, in full. */
  readonly mark?: string | undefined;
  /** At or after this instant of the world's clock. */
  readonly since?: number | undefined;
}

/** How much a journal keeps. */
export interface JournalBounds {
  /** The number of entries (default 1000). */
  readonly entries?: number;
  /** About how many bytes the entries take (default 16 MiB). */
  readonly bytes?: number;
  /** The bound that it shares with the journals of other worlds. */
  readonly budget?: JournalBudget;
}

export const defaultEntries = 1000;
/** Dropped places at the front are removed together: shifting the list for every request would cost more than the request. */
const mostDropped = 1024;

/** The last requests of a world. */
export class Journal implements Budgeted {
  readonly #mostEntries: number;
  readonly #mostBytes: number;
  #budget: JournalBudget | undefined;
  /** The oldest first; the first `#dropped` places are empty. */
  #entries: (Entry | undefined)[] = [];
  #dropped = 0;
  #bytes = 0;
  #lastId = 0;
  #forgotten = 0;
  #cleared = 0;

  constructor({ entries = defaultEntries, bytes = 16 << 20, budget }: JournalBounds = {}) {
    this.#mostEntries = entries;
    this.#mostBytes = bytes;
    this.#budget = budget;
  }

  /** About how many bytes the entries take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How often it was cleared: an entry from before that may no longer be shown, because the secrets in it are forgotten. */
  get cleared(): number {
    return this.#cleared;
  }

  /** How many entries the bounds pushed out since the journal was empty: a search does not see those. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Numbers an entry and adds it. Drops the oldest entries if there are too many. */
  record(entry: NewEntry): Entry {
    this.#lastId += 1;
    entry.id = this.#lastId;
    this.#entries.push(entry);
    this.#bytes += entry.weight;
    let change = entry.weight;
    while (this.size > 1 && (this.size > this.#mostEntries || this.#bytes > this.#mostBytes)) change -= this.#dropOldest();
    this.#budget?.changed(this, change);
    return entry;
  }

  /** The entries that match, the newest first. */
  find(filter: EntryFilter): Entry[] {
    const found: Entry[] = [];
    for (let index = this.#entries.length - 1; index >= this.#dropped; index--) {
      const entry = this.#entries[index];
      if (entry !== undefined && matches(entry, filter)) found.push(entry);
    }
    return found;
  }

  get(id: number): Entry | undefined {
    // Ids count up without gaps.
    return this.#entries[this.#entries.length - 1 - (this.#lastId - id)];
  }

  /** Forgets all entries. Ids continue to count up, so that an id never means two requests. */
  clear(): void {
    this.#entries = [];
    this.#cleared += 1;
    this.#dropped = 0;
    this.#forgotten = 0;
    const freed = this.#bytes;
    this.#bytes = 0;
    this.#budget?.changed(this, -freed);
  }

  /** Forgets all entries for good: the shared bound no longer counts this journal. */
  close(): void {
    this.clear();
    this.#budget?.leave(this);
    // A request may still be in progress, and is recorded here.
    this.#budget = undefined;
  }

  /** Drops the oldest entries, `bytes` of them or a little more; the newest entry stays. */
  shed(bytes: number): void {
    let freed = 0;
    while (freed < bytes && this.size > 1) freed += this.#dropOldest();
    this.#budget?.changed(this, -freed);
  }

  /** How many entries there are. */
  get size(): number {
    return this.#entries.length - this.#dropped;
  }

  /** Drops the oldest entry, and says how many bytes that frees. */
  #dropOldest(): number {
    const freed = this.#entries[this.#dropped]?.weight ?? 0;
    this.#entries[this.#dropped] = undefined;
    this.#dropped += 1;
    this.#forgotten += 1;
    this.#bytes -= freed;
    if (this.#dropped > mostDropped && this.#dropped > this.size) {
      this.#entries.splice(0, this.#dropped);
      this.#dropped = 0;
    }
    return freed;
  }
}

function matches(entry: Entry, filter: EntryFilter): boolean {
  const { provider, operation, status, key, since, refused, code, method, mark } = filter;
  return (
    (provider === undefined || entry.provider === provider) &&
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (key === undefined || entry.key?.id === key) &&
    (since === undefined || entry.at >= since) &&
    (refused === undefined || isRefused(entry) === refused) &&
    (code === undefined || entry.code === code) &&
    (method === undefined || entry.method === method) &&
    (mark === undefined || entry.texts.isMarked(mark))
  );
}

function isRefused({ status, code }: Entry): boolean {
  return status === 0 || status === 401 || status === 403 || code !== null;
}
