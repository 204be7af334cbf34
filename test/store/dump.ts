import Database from 'better-sqlite3';

/** Every row of every table, read from a snapshot by any SQLite. */
export function dump(snapshot: Buffer): Record<string, Record<string, unknown>[]> {
  const db = new Database(snapshot, { readonly: true });
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const rows = tables
    .pluck()
    .all()
    .map((table) => [table, db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()]);
  db.close();
  return Object.fromEntries(rows);
}
