import { open } from 'node:fs/promises';
import type { Database } from 'better-sqlite3';
import { fail } from '../../core/errors.ts';
import { withoutWriteAhead } from '../checked-snapshot.ts';
import { reasonOf } from '../reasons.ts';
import { pageSizeOf } from './database-size.ts';
import { scratchFile } from './scratch-file.ts';

/** How much is copied in one turn. */
const bytesAtOnce = 1 << 20;

/**
 * A database as the content of a file, copied in pieces by way of a file of its own, which is removed again. Nobody may write to
 * the database meanwhile. Undefined if there is no room for such a file. Throws unavailable if the database is closed
 * before all is done.
 */
export async function largeCopy(db: Database): Promise<Buffer | undefined> {
  const scratch = await scratchFile(db);
  if (scratch === undefined) return undefined;
  try {
    const pages = Math.max(1, Math.floor(bytesAtOnce / pageSizeOf(db)));
    await db.backup(scratch.path, { progress: () => pages });
    return withoutWriteAhead(await contentOf(scratch.path));
  } catch (error) {
    if (!db.open) fail('unavailable', null);
    if (reasonOf(error) === undefined) throw error;
    return undefined;
  } finally {
    await scratch.remove();
  }
}

/** Reads a file outside the loop, straight to where it stays. */
async function contentOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const content = Buffer.allocUnsafeSlow((await file.stat()).size);
    for (let read = 0; read < content.length; ) {
      const { bytesRead } = await file.read(content, read, Math.min(bytesAtOnce, content.length - read), read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return content;
  } finally {
    await file.close();
  }
}
