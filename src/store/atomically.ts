import type { Database } from 'better-sqlite3';

/** Runs synchronous work inside one immediate transaction; a throw rolls back and comes out unchanged. */
export type Atomically = <T>(work: () => T) => T;

/** Made once per connection: building better-sqlite3's transaction functions costs more than running one. */
export function atomicallyOn(db: Database): Atomically {
  const run = db.transaction((work: () => void) => work());
  return <T>(work: () => T): T => {
    const results: T[] = [];
    run.immediate(() => {
      results.push(work());
    });
    for (const result of results) return result;
    throw new Error('a transaction ended without a result');
  };
}
