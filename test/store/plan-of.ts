import { migrationsFolder } from '../../src/package.ts';
import { openDatabase } from '../../src/store/database.ts';

/** How SQLite carries out a statement, in a database without rows: a line for each step. */
export function planOf(sql: string): string[] {
  const db = openDatabase(':memory:', migrationsFolder);
  try {
    const parameters = Array.from(sql.matchAll(/\?/g), () => 1);
    const steps = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    return steps.map(({ detail }) => detail);
  } finally {
    db.close();
  }
}
