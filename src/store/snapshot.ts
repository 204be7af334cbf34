import Database from 'better-sqlite3';
import { othersTurn, pieceSize } from '../core/pieces.ts';
import { DatabaseError } from '../core/world-store.ts';
import { checkedSnapshot, plainFile, withoutWriteAhead } from './checked-snapshot.ts';
import { closedMeanwhile } from './closed-meanwhile.ts';
import type { ScratchFile } from './copies/scratch-file.ts';
import { distrust } from './ours.ts';
import { reasonOf } from './reasons.ts';
import { checkInThread, checkSnapshotInThread, smallFile } from './snapshot-thread.ts';
import { insertRowSql, selectAllSql, type Table, tableNames } from './tables.ts';
import { inTransaction } from './transaction.ts';

/**
 * A database as the content of a file. The file is not marked as using write-ahead logging: it has no log beside it, and
 * SQLite would not open it in memory.
 */
export function toFile(db: Database.Database): Buffer {
  return withoutWriteAhead(db.serialize());
}

/**
 * Opens the content of a file, which may be anybody's, as a database of the newest version, in memory or
 * if it is large in a scratch file. The content stays as it is.
 * Throws DatabaseError for a file that is not an SQLite file, is damaged, or belongs to another program or to a newer latchkey,
 * or SQLite's own error: `unusable` words both.
 */
export async function openSnapshot(
  file: Buffer,
  migrations: readonly string[],
  scratch: ScratchFile | undefined,
): Promise<Database.Database> {
  const plain = plainFile(file);
  if (plain.length <= smallFile) return new Database(checkedSnapshot(plain, migrations) ?? plain);
  // Each step copies the whole file, as its arrival did.
  await othersTurn();
  if (scratch !== undefined && (await scratch.take(plain))) return openLarge(scratch, migrations);
  const migrated = await checkInThread(plain, migrations);
  await othersTurn();
  return new Database(migrated ?? plain);
}

/** Opens the file: to open its content in memory would copy all of it in one go. */
async function openLarge({ path }: ScratchFile, migrations: readonly string[]): Promise<Database.Database> {
  await checkSnapshotInThread(path, migrations);
  const db = new Database(path, { fileMustExist: true, readonly: true });
  distrust(db);
  return db;
}

/**
 * Replaces everything in a database by what another one of the same version holds, all or nothing, in pieces. Nothing else
 * may use the database meanwhile. Throws DatabaseError if it is closed before all is done.
 */
export async function replaceAll(target: Database.Database, source: Database.Database): Promise<void> {
  await inTransaction(target, async () => {
    for (const table of tableNames) target.exec(`DELETE FROM ${table}`);
    await pauseIn(target);
    for (const table of tableNames) await copyTable(source, target, table);
  });
}

async function copyTable(source: Database.Database, target: Database.Database, table: Table): Promise<void> {
  const insert = target.prepare<unknown[]>(insertRowSql(table));
  let inPiece = 0;
  for (const row of source.prepare<[], unknown[]>(selectAllSql(table)).raw().iterate()) {
    insert.run(...row);
    inPiece += 1;
    if (inPiece < pieceSize) continue;
    inPiece = 0;
    await pauseIn(target);
  }
}

async function pauseIn(target: Database.Database): Promise<void> {
  await othersTurn();
  if (!target.open) throw closedMeanwhile();
}

/** What makes a snapshot unusable, as an error in our words; any other error as it is. */
export function unusable(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined ? error : new DatabaseError(`the snapshot cannot be used: ${reason}`, { cause: error });
}
