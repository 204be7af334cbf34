import type { GivenSettings } from './given.ts';

/** Whether a database is a PostgreSQL that any number of processes may serve. */
export function isShared(db: string): boolean {
  return /^postgres(ql)?:/.test(db);
}

/** Reads where keys are kept, and refuses what does not go with a PostgreSQL. */
export function readDatabase(given: GivenSettings): string {
  const { db } = given.values;
  if (!isShared(db)) return db;
  // Not the text itself: it may hold a password.
  if (!/^postgres(ql)?:\/\/[^/\s]*\/[^/?#\s]/.test(db))
    given.refuse('db', 'must be a URL that names a database, such as postgres://user:password@host:5432/latchkey');
  if (given.values.tls === 'self-signed' && given.values['tls-ca'] === undefined)
    given.refuse(
      'tls',
      'is self-signed, but --tls-ca names no file: every process on the database would have an authority of its own',
    );
  if (given.values['world-idle'] !== 'off')
    given.refuse('world-idle', 'does not go with a PostgreSQL: no process knows when another one was asked last');
  return db;
}
