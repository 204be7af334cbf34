/** Something that takes memory, and that can give its oldest part back. */
export interface Budgeted {
  /** About how many bytes it takes. */
  readonly bytes: number;
  /** Gives back the oldest part: at least `bytes` if it has as much beside its newest part, which it keeps. */
  shed(bytes: number): void;
}

/** When the bound is passed, this part of it is freed at once, so that not every request has to look for the largest. */
const freedPart = 1 / 64;

/** One bound for the journals of all worlds: the oldest entries of the largest journal go first. */
export class JournalBudget {
  readonly #most: number;
  readonly #journals = new Set<Budgeted>();
  #bytes = 0;

  /** `most` is in bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** About how many bytes all journals take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Call this when a journal has grown, or shrunk, by some bytes. */
  changed(journal: Budgeted, by: number): void {
    this.#journals.add(journal);
    this.#bytes += by;
    if (this.#bytes > this.#most) this.#free();
  }

  /** Call this when a journal ends; its bytes count no more. */
  leave(journal: Budgeted): void {
    if (this.#journals.delete(journal)) this.#bytes -= journal.bytes;
  }

  #free(): void {
    const goal = this.#most * (1 - freedPart);
    while (this.#bytes > goal) {
      const before = this.#bytes;
      const [largest, next] = this.#twoLargest();
      // Down to the next largest, which is then as large; in steps, so that equal journals do not take turns for every entry.
      const step = Math.max((largest?.bytes ?? 0) - (next?.bytes ?? 0), this.#most * freedPart * freedPart);
      largest?.shed(Math.min(step, before - goal));
      if (this.#bytes === before) return;
    }
  }

  #twoLargest(): [Budgeted | undefined, Budgeted | undefined] {
    let largest: Budgeted | undefined;
    let next: Budgeted | undefined;
    for (const journal of this.#journals) {
      if (largest === undefined || journal.bytes > largest.bytes) [largest, next] = [journal, largest];
      else if (next === undefined || journal.bytes > next.bytes) next = journal;
    }
    return [largest, next];
  }
}
