import type { Entry } from '../../src/journal/entry.ts';
import { matches } from '../../src/journal/filter.ts';
import { entryOf, plainOf } from '../../src/journal/plain-entry.ts';
import { JournalIncompleteError, type OwnJournal, type Recorded, type SharedJournal } from '../../src/journal/shared-journal.ts';

/** Journals that are one, as those of several processes are, in this process. What one has is handed to another as JSON. */
export class SharedJournals {
  readonly #all: OwnJournal[] = [];
  #lastId = 7_356_381_076_594_752;
  /** Why not everything is known; undefined: it is. */
  missing: string | undefined;

  join(): SharedJournal {
    let own: OwnJournal | undefined;
    return {
      follow: (journal) => {
        own = journal;
        this.#all.push(journal);
      },
      // With gaps, as several processes leave them.
      nextId: () => {
        this.#lastId += 64;
        return this.#lastId;
      },
      gather: () => this.#gather(own),
      clear: async () => this.clear(),
    };
  }

  clear(): void {
    for (const journal of this.#all) journal.clearBefore(Number.MAX_SAFE_INTEGER);
  }

  async #gather(own: OwnJournal | undefined): Promise<Recorded> {
    if (this.missing !== undefined) throw new JournalIncompleteError(this.missing);
    const found: Entry[] = [];
    for (const journal of this.#all) {
      for (const entry of journal.after(0)) found.push(journal === own ? entry : await handedOver(entry));
    }
    found.sort((a, b) => b.id - a.id);
    return {
      forgotten: this.#all.reduce((sum, { forgotten }) => sum + forgotten, 0),
      find: (filter) => found.filter((entry) => matches(entry, filter)),
      get: (id) => found.find((entry) => entry.id === id),
    };
  }
}

async function handedOver(one: Entry): Promise<Entry> {
  const { entry, messages } = JSON.parse(JSON.stringify(await plainOf(one)));
  return entryOf(entry, async () => messages);
}
