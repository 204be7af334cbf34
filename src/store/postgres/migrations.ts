import { createHash } from 'node:crypto';
import { DatabaseError } from '../../core/world-store.ts';
import { readMigrations } from '../migrate.ts';
import type { Connections } from './connections.ts';

/** The number of the lock that processes take in turn while they migrate: the letters "ltch". */
const lock = 0x6c746368;

interface Applied {
  readonly n: number;
  readonly checksum: string;
}

/**
 * Applies the migrations that a database lacks, in one transaction; processes that start at once wait for each other. Throws
 * DatabaseError for tables that another version of latchkey has made.
 */
export async function migratePostgres(connections: Connections, folder: string): Promise<void> {
  const migrations = readMigrations(folder).map((sql, index) => ({ n: index + 1, sql, checksum: checksumOf(sql) }));
  try {
    await connections.transaction(async ({ query }) => {
      await query('SELECT pg_advisory_xact_lock($1)', [lock]);
      await query(
        'CREATE TABLE IF NOT EXISTS latchkey_migrations (n int PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
      );
      const applied = await query<Applied>('SELECT n, checksum FROM latchkey_migrations ORDER BY n');
      refuseOthers(applied, migrations);
      for (const { n, sql, checksum } of migrations.slice(applied.length)) {
        await query(sql);
        await query('INSERT INTO latchkey_migrations (n, checksum) VALUES ($1, $2)', [n, checksum]);
      }
    });
  } catch (error) {
    if (!(error instanceof TablesError)) throw connections.unusable(error instanceof Error ? (error.cause ?? error) : error);
    throw new DatabaseError(`cannot use the database ${connections.shown}: ${error.message}`);
  }
}

/** The tables are not those of this version. */
class TablesError extends Error {}

function refuseOthers(applied: readonly Applied[], migrations: readonly Applied[]): void {
  if (applied.length > migrations.length) throw new TablesError('a newer latchkey has made its tables: use that version');
  const isOther = applied.some(({ checksum }, index) => checksum !== migrations[index]?.checksum);
  if (isOther) throw new TablesError('another version of latchkey has made its tables: use an empty database');
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
