import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';

/** A file for a copy of a world, in a folder that only we may enter. */
export interface ScratchFile {
  readonly path: string;
  /** Writes a content into it; false if there was no room. */
  take(content: Buffer): Promise<boolean>;
  remove(): Promise<void>;
}

/** A new one, beside the file of a database, or among the temporary files for one in memory. Undefined if none can be made. */
export async function scratchFile(db: Database): Promise<ScratchFile | undefined> {
  try {
    const folder = await mkdtemp(join(db.memory ? tmpdir() : dirname(db.name), '.latchkey-'));
    const path = join(folder, 'copy.sqlite');
    return {
      path,
      take: (content) =>
        writeFile(path, content, { flag: 'wx', mode: 0o600 }).then(
          () => true,
          () => false,
        ),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  } catch {
    // A read-only file system, for example.
    return undefined;
  }
}
