import type { Entry, EntryMessages } from '../journal/entry.ts';
import { type EntryFilter, matches } from '../journal/filter.ts';
import { entryOf, type PlainEntry, plainOf } from '../journal/plain-entry.ts';
import { EntryGoneError, type OwnJournal, type Recorded, type SharedJournal } from '../journal/shared-journal.ts';
import type { EntryRow, Journals, ReadEntries } from '../store/postgres/journals.ts';
import { WorldGoneError } from '../worlds/sharing.ts';
import type { Gathering } from './gathering.ts';
import type { Numbering } from './numbering.ts';

/** How many entries are written at once, and about how many bytes: the texts of all would take too much memory, and too long a statement. */
const entriesAtOnce = 100;
const bytesAtOnce = 1 << 20;

export interface GatheredJournalParts {
  readonly journals: Journals;
  readonly gathering: Gathering;
  readonly numbering: Numbering;
  /** The id of this process. */
  readonly process: string;
  /** The id of the world; 0 before it was opened. */
  worldId(): number;
}

/** The requests to a world, answered by any process. Each writes its own only when another one asks, and when it stops. */
export class GatheredJournal implements SharedJournal {
  readonly #parts: GatheredJournalParts;
  #own: OwnJournal | undefined;
  /** The last id that was written. */
  #writtenId = 0;
  /** How many entries were written, or said to be lost, since the journal of this process was cleared. */
  #told = 0;
  #cleared = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: GatheredJournalParts) {
    this.#parts = parts;
  }

  follow(own: OwnJournal): void {
    this.#own = own;
    this.#cleared = own.cleared;
  }

  nextId(): number {
    return this.#parts.numbering.next();
  }

  async gather(): Promise<Recorded> {
    const { gathering, journals, process, worldId } = this.#parts;
    const own = this.#own ?? notFollowed();
    await gathering.ask(worldId());
    const { cleared } = own;
    const here = own.after(0);
    const [oldest = Number.MAX_SAFE_INTEGER] = here.map(({ id }) => id);
    const read = await readAll((before) => journals.read(worldId(), { process, ownFrom: oldest, before }));
    if (cleared !== own.cleared) return this.gather();
    if (oldest < read.clearedBefore) own.clearBefore(read.clearedBefore);
    const others = read.entries.map((entry) => this.#entryOf(JSON.parse(entry)));
    const all = [...here, ...others].filter(({ id }) => id >= read.from).sort((a, b) => b.id - a.id);
    return new Gathered(all, own.mostEntries, read.forgotten + this.#forgottenHere(own, read));
  }

  /** How many requests are not shown that only this process knows of. */
  #forgottenHere(own: OwnJournal, { from, clearedBefore }: ReadEntries): number {
    const lost = own.lastForgotten >= clearedBefore ? this.#lostHere(own) : 0;
    return lost + own.after(this.#writtenId).filter(({ id }) => id < from).length;
  }

  clear(): Promise<void> {
    return this.#parts.journals.clear(this.#parts.worldId());
  }

  /** Writes what only this process has. Throws StorageError. */
  write(): Promise<void> {
    const writing = this.#writing.then(() => this.#writeNew());
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  async #writeNew(): Promise<void> {
    const own = this.#own;
    if (own === undefined) return;
    // Not those that come meanwhile: somebody waits.
    for (let left = own.countAfter(this.#writtenId); ; ) {
      const lost = this.#lostHere(own);
      const { cleared } = own;
      const entries = beginningOf(own.after(this.#writtenId, Math.min(left, entriesAtOnce)));
      if (entries.length === 0 && lost === 0) return;
      const rows = await rowsOf(entries);
      // Then they may not be shown any more: what tells which of their words are secrets is gone.
      if (cleared !== own.cleared) continue;
      const isThere = await this.#put(own, rows, lost);
      left -= entries.length;
      if (!isThere || left <= 0) return;
    }
  }

  async #put(own: OwnJournal, rows: readonly EntryRow[], lost: number): Promise<boolean> {
    const { journals, process, worldId } = this.#parts;
    const { mostEntries, mostBytes, lastForgotten: lastLost, cleared } = own;
    const state = await journals.write(worldId(), { process, rows, lost, lastLost, mostEntries, mostBytes });
    if (state === undefined) return false;
    this.#writtenId = rows.at(-1)?.id ?? this.#writtenId;
    if (cleared === own.cleared) this.#told += rows.length + lost;
    else this.#cleared = Number.NaN;
    const [oldest] = own.after(0, 1);
    if (oldest !== undefined && oldest.id < state.clearedBefore) own.clearBefore(state.clearedBefore);
    return true;
  }

  /** How many entries this process has forgotten that it has not written. */
  #lostHere(own: OwnJournal): number {
    const recorded = own.forgotten + own.size;
    const unwritten = own.countAfter(this.#writtenId);
    if (own.cleared !== this.#cleared) {
      this.#cleared = own.cleared;
      // Those that are left were written, or will be.
      this.#told = own.size - unwritten;
    }
    return recorded - unwritten - this.#told;
  }

  #entryOf(plain: PlainEntry): Entry {
    const { journals, worldId } = this.#parts;
    return entryOf(plain, async () => {
      const text = await journals.messages(worldId(), plain.id);
      if (text === undefined) throw new EntryGoneError();
      const messages: EntryMessages = JSON.parse(text);
      return messages;
    });
  }
}

/** The entries of all processes, the newest first. */
class Gathered implements Recorded {
  readonly forgotten: number;
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[], most: number, forgotten: number) {
    this.#entries = entries.slice(0, most);
    this.forgotten = forgotten + entries.length - this.#entries.length;
  }

  find(filter: EntryFilter): Entry[] {
    return this.#entries.filter((entry) => matches(entry, filter));
  }

  get(id: number): Entry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }
}

/** Reads what others have written, piece by piece. Throws StorageError, WorldGoneError. */
async function readAll(read: (before: number) => Promise<ReadEntries | undefined>): Promise<ReadEntries> {
  const entries: string[] = [];
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const piece = await read(before);
    if (piece === undefined) throw new WorldGoneError();
    entries.push(...piece.entries);
    // What was pushed out since the first piece is not shown, but counted.
    if (piece.next === null) return { ...piece, entries };
    before = piece.next;
  }
}

/** The first entries, as many as are written at once. */
function beginningOf(entries: readonly Entry[]): readonly Entry[] {
  let bytes = 0;
  const end = entries.findIndex(({ weight }) => {
    bytes += weight;
    return bytes > bytesAtOnce;
  });
  return end === -1 ? entries : entries.slice(0, Math.max(end, 1));
}

async function rowsOf(entries: readonly Entry[]): Promise<EntryRow[]> {
  const rows: EntryRow[] = [];
  for (const one of entries) {
    const { entry, messages } = await plainOf(one);
    rows.push({ id: entry.id, weight: entry.weight, entry: JSON.stringify(entry), messages: JSON.stringify(messages) });
  }
  return rows;
}

function notFollowed(): never {
  throw new Error('no journal of this process is known');
}
