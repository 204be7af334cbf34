/** Longer lists are not remembered: they would take too much memory. */
const longestList = 200;

/**
 * Remembers what was read from the database until something is written. Its owner is the only writer and forgets in the
 * same call in which it writes, so that nothing remembered is older than the last write. Remembered values must be frozen.
 */
export class Memo<V> {
  readonly #capacity: number;
  readonly #known = new Map<string, V>();
  #rows = 0;

  /** Remembers at most `capacity` rows; when there would be more, all are forgotten first. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The remembered answer to a question, or else the one that `read` gives. An answer of undefined is not remembered. */
  recall(question: string, read: () => V): V {
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    const value = read();
    const rows = rowsOf(value);
    if (value === undefined || rows > longestList) return value;
    if (this.#rows + rows > this.#capacity) this.forget();
    this.#rows += rows;
    this.#known.set(question, value);
    return value;
  }

  /** Forgets the answers that a write was about, and no others. */
  forgetThose(isAbout: (value: V) => boolean): void {
    for (const [question, value] of this.#known) {
      if (!isAbout(value)) continue;
      this.#known.delete(question);
      this.#rows -= rowsOf(value);
    }
  }

  forget(): void {
    // Clearing a map makes a new table for it, empty or not.
    if (this.#known.size === 0) return;
    this.#known.clear();
    this.#rows = 0;
  }
}

function rowsOf(value: unknown): number {
  return Array.isArray(value) ? value.length + 1 : 1;
}
