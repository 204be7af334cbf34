import type { Database, Statement } from 'better-sqlite3';
import { atEndOfTurn } from '../core/turns.ts';

/** After so many writes a transaction ends in any case, so that what could undo it grows no further. */
const mostWrites = 500;

/**
 * Puts the writes of one turn of the loop into one transaction, and those of the next turns too while there are several in each:
 * most of what a small write costs is its commit, and the copies of pages that a transaction makes before its first change to them.
 * Only for a database in memory, of which nothing would be left after a crash anyway. A write that fails is undone alone.
 */
export class GroupedWrites {
  readonly #db: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #isOpen = false;
  #isAwaited = false;
  /** In the transaction, and of those the ones before this turn. */
  #writes = 0;
  #earlier = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#begin = db.prepare('BEGIN');
    this.#commit = db.prepare('COMMIT');
  }

  /** Call this before a write. */
  begin(): void {
    if (!this.#isOpen) {
      this.#begin.run();
      this.#isOpen = true;
      this.#writes = 0;
      this.#earlier = 0;
      this.#awaitTurn();
    }
    this.#writes += 1;
  }

  /** Ends the transaction, if there is one. Call it before work that needs a transaction of its own, or none. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // After some errors SQLite has ended it already.
    if (this.#db.open && this.#db.inTransaction) this.#commit.run();
  }

  #awaitTurn(): void {
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    atEndOfTurn(() => this.#turned());
  }

  #turned(): void {
    this.#isAwaited = false;
    const isBusy = this.#writes - this.#earlier > 1 && this.#writes < mostWrites;
    this.#earlier = this.#writes;
    if (isBusy) this.#awaitTurn();
    else this.end();
  }
}
