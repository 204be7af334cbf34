/** Longer lists are not remembered: they would hold too much memory. */
const longestList = 200;

/**
 * Remembers what was read from the database until anything is written to it. Its owner is the only writer, and forgets
 * in the very call that writes, so a reading can never be older than the last write. What is remembered must not change.
 */
export class Memo<V> {
  readonly #capacity: number;
  readonly #known = new Map<string, V>();
  #rows = 0;

  /** `capacity` is how many rows are remembered at most; when there are more, all are forgotten. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** What `read` gives for this question; what is undefined is asked for again. */
  recall(question: string, read: () => V): V {
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    const value = read();
    const rows = Array.isArray(value) ? value.length + 1 : 1;
    if (value === undefined || rows > longestList) return value;
    if (this.#rows + rows > this.#capacity) this.forget();
    this.#rows += rows;
    this.#known.set(question, value);
    return value;
  }

  forget(): void {
    this.#known.clear();
    this.#rows = 0;
  }
}
