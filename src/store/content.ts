import type { Database } from 'better-sqlite3';
import { isWritable } from '../clock.ts';
import { othersTurn, pieceSize } from '../core/pieces.ts';
import { type ContentRules, DatabaseError } from '../core/world-store.ts';
import { keyColumns, type RevealedRow, toStored } from './key-rows.ts';
import { type ResourceRow, tables } from './tables.ts';

/** The highest number of a row: far from the last one that SQLite has, after which nothing could be added. */
const highestRow = 2 ** 48;

/**
 * Checks every record of a database by the rules, in pieces, so that other requests get their turn. The file must have been
 * found whole before. Throws DatabaseError, which names table, row and column.
 */
export async function checkContent(db: Database, rules: ContentRules): Promise<void> {
  const keys = `SELECT ${keyColumns}, secret FROM api_keys`;
  await checkRows<RevealedRow>(db, 'api_keys', keys, (row) => {
    const broken = ['grants', 'attributes'].find((_, index) => !isObject(row[10 + index]));
    return broken === undefined ? rules.problemOfKey(toStored(row).key, row[17]) : `${broken}: must be a JSON object`;
  });
  const found = new Map<string, Set<string>>();
  const resources = `SELECT ${tables.resources.join(', ')} FROM resources`;
  await checkRows<ResourceRow>(db, 'resources', resources, ([, provider, kind, id, tenant, name, createdAt, json]) => {
    if (!found.has(provider)) found.set(provider, new Set());
    found.get(provider)?.add(`${kind}/${id}`);
    const data = parsed(json);
    if (data === undefined) return 'data: must be JSON';
    return rules.problemOfResource(provider, { kind, resource: { id, tenant, name, createdAt, data } });
  });
  const seedings = db.prepare<[], [string, number]>('SELECT provider, seeded_at FROM seedings').raw().all();
  for (const [provider, seededAt] of seedings) {
    if (!isWritable(seededAt))
      refuse('seedings', JSON.stringify(provider), 'seeded_at: must be an instant of the years 0000 to 9999');
    const missing = rules.problemOfWhole(provider, found.get(provider) ?? new Set());
    if (missing !== undefined) throw new DatabaseError(missing);
  }
}

async function checkRows<Row extends readonly unknown[]>(
  db: Database,
  table: string,
  select: string,
  problemOf: (row: Row) => string | undefined,
): Promise<void> {
  const ends = db.prepare<[], [number | null, number | null]>(`SELECT min(seq), max(seq) FROM ${table}`).raw().get();
  const [first, last] = ends ?? [null, null];
  const wrong = [first, last].find((seq) => seq !== null && !(seq >= 1 && seq <= highestRow));
  if (wrong !== undefined) refuse(table, String(wrong), `seq: must be between 1 and ${highestRow}`);
  const page = db.prepare<[number, number], Row>(`${select} WHERE seq > ? ORDER BY seq LIMIT ?`).raw();
  for (let after = 0; ; ) {
    const rows = page.all(after, pieceSize);
    for (const row of rows) {
      const problem = problemOf(row);
      if (problem !== undefined) refuse(table, String(row[0]), problem);
    }
    if (rows.length < pieceSize) return;
    after = Number(rows.at(-1)?.[0]);
    await othersTurn();
  }
}

function refuse(table: string, row: string, problem: string): never {
  throw new DatabaseError(`table ${table}, row ${row}, column ${problem}`);
}

function isObject(json: unknown): boolean {
  const value = parsed(String(json));
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for a text that is not JSON: SQLite's JSON is wider in places, such as the depth. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
