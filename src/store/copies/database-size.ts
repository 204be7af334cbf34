import type { Database } from 'better-sqlite3';

/** Larger databases are copied in pieces: to copy a smaller one in one go takes less than about ten milliseconds. */
export const smallDatabase = 8 << 20;

/** About how many bytes the copy of a database has. */
export function sizeOf(db: Database): number {
  return Number(db.pragma('page_count', { simple: true })) * pageSizeOf(db);
}

export function pageSizeOf(db: Database): number {
  return Number(db.pragma('page_size', { simple: true }));
}
