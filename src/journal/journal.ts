import type { MaybePromise } from '../core/at-once.ts';
import type { Entry, NewEntry } from './entry.ts';
import { type EntryFilter, matches } from './filter.ts';
import type { Budgeted, JournalBudget } from './journal-budget.ts';
import type { OwnJournal, Recorded, SharedJournal } from './shared-journal.ts';

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

/** The last requests of a world that this process has answered. */
export class Journal implements Budgeted, OwnJournal {
  /** How many entries it keeps. */
  readonly mostEntries: number;
  /** About how many bytes they may take. */
  readonly mostBytes: number;
  #budget: JournalBudget | undefined;
  /** The oldest first; the first `#dropped` places are empty. */
  #entries: (Entry | undefined)[] = [];
  #dropped = 0;
  #bytes = 0;
  #lastId = 0;
  #forgotten = 0;
  #lastForgotten = 0;
  #cleared = 0;
  #shared: SharedJournal | undefined;

  constructor({ entries = defaultEntries, bytes = 16 << 20, budget }: JournalBounds = {}) {
    this.mostEntries = entries;
    this.mostBytes = bytes;
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

  /** The id of the last entry that the bounds pushed out; 0 if there was none. */
  get lastForgotten(): number {
    return this.#lastForgotten;
  }

  /** Where other processes answer requests to the same world: entries are numbered over all of them. To be called before the first one. */
  share(shared: SharedJournal): void {
    this.#shared = shared;
    shared.follow(this);
  }

  /**
   * What has every request that was answered before this call, by whichever process. Throws StorageError, and JournalIncompleteError
   * if a process does not say what it has answered.
   */
  everywhere(): MaybePromise<Recorded> {
    return this.#shared === undefined ? this : this.#shared.gather();
  }

  /** Forgets all entries, those of other processes too, or none. Throws StorageError. */
  clearEverywhere(): MaybePromise<void> {
    return this.#shared === undefined ? this.clear() : this.#shared.clear().then(() => this.clear());
  }

  /** Numbers an entry and adds it. Drops the oldest entries if there are too many. */
  record(entry: NewEntry): Entry {
    this.#lastId = this.#shared === undefined ? this.#lastId + 1 : this.#shared.nextId();
    entry.id = this.#lastId;
    this.#entries.push(entry);
    this.#bytes += entry.weight;
    let change = entry.weight;
    while (this.size > 1 && (this.size > this.mostEntries || this.#bytes > this.mostBytes)) change -= this.#dropOldest();
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
    const entry = this.#entries[this.#placeAfter(id - 1)];
    return entry?.id === id ? entry : undefined;
  }

  /** The entries with larger ids, the oldest first. */
  after(id: number, most = Number.POSITIVE_INFINITY): Entry[] {
    const place = this.#placeAfter(id);
    return this.#entries.slice(place, place + most).filter((entry) => entry !== undefined);
  }

  /** How many entries have larger ids. */
  countAfter(id: number): number {
    return this.#entries.length - this.#placeAfter(id);
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

  /** Forgets the entries with smaller ids, as `clear` does. */
  clearBefore(id: number): void {
    const kept = this.after(id - 1);
    this.clear();
    this.#entries = kept;
    this.#bytes = kept.reduce((bytes, { weight }) => bytes + weight, 0);
    this.#budget?.changed(this, this.#bytes);
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
    const { weight: freed = 0, id = 0 } = this.#entries[this.#dropped] ?? {};
    this.#lastForgotten = id;
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

  /** The place of the first entry with a larger id: ids only grow, and may have gaps. */
  #placeAfter(id: number): number {
    let [from, to] = [this.#dropped, this.#entries.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#entries[middle]?.id ?? 0) > id) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}
