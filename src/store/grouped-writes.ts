import type { Database, Statement } from 'better-sqlite3';

/**
 * Puts the writes of one turn of the loop into one transaction: most of what a small write costs is its commit. Only for a
 * database in memory, of which nothing would be left after a crash anyway. A write that fails is undone alone.
 */
export class GroupedWrites {
  readonly #db: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #isOpen = false;

  constructor(db: Database) {
    this.#db = db;
    this.#begin = db.prepare('BEGIN');
    this.#commit = db.prepare('COMMIT');
  }

  /** Call this before a write. */
  begin(): void {
    if (this.#isOpen) return;
    this.#begin.run();
    this.#isOpen = true;
    setImmediate(() => this.end());
  }

  /** Ends the transaction, if there is one. Call it before work that needs a transaction of its own, or none. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // After some errors SQLite has ended it already.
    if (this.#db.open && this.#db.inTransaction) this.#commit.run();
  }
}
