import type { Entry } from './entry.ts';
import type { EntryFilter } from './filter.ts';

/** Recorded requests, which can be searched. */
export interface Recorded {
  /** How many entries the bounds pushed out: a search does not see those. */
  readonly forgotten: number;
  /** The entries that match, the newest first. */
  find(filter: EntryFilter): Entry[];
  get(id: number): Entry | undefined;
}

/** The requests that this process has answered. */
export interface OwnJournal extends Recorded {
  readonly mostEntries: number;
  readonly mostBytes: number;
  /** How many entries there are. */
  readonly size: number;
  /** How often it was cleared. */
  readonly cleared: number;
  /** The id of the last entry that the bounds pushed out; 0 if there was none. */
  readonly lastForgotten: number;
  /** The entries with larger ids, the oldest first. */
  after(id: number, most?: number): Entry[];
  /** How many entries have larger ids. */
  countAfter(id: number): number;
  /** Forgets the entries with smaller ids. */
  clearBefore(id: number): void;
}

/** The requests to a world that several processes serve, whichever of them has answered. */
export interface SharedJournal {
  /** To be called once, before the first request. */
  follow(own: OwnJournal): void;
  /** The id of the next entry: larger than any before in this process, and never that of another process. */
  nextId(): number;
  /**
   * Resolves with every request that was answered before this call. Throws StorageError, and JournalIncompleteError if a process does
   * not say what it has answered.
   */
  gather(): Promise<Recorded>;
  /** Resolves once no process shows what was answered before this call. Throws StorageError. */
  clear(): Promise<void>;
}

/** A process that serves the world has not said what it has answered: what there is may not be all. */
export class JournalIncompleteError extends Error {
  override readonly name = 'JournalIncompleteError';
}

/** The entry was pushed out, or the journal cleared, since it was found. */
export class EntryGoneError extends Error {
  override readonly name = 'EntryGoneError';
}
