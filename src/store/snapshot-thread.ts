import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DatabaseError } from '../core/world-store.ts';

/** Larger files are checked in a thread: SQLite checks a file in one go, a megabyte in about ten milliseconds. */
export const smallFile = 1 << 20;

/** What the thread is given: the content of a snapshot, or the path of one or of a database. */
export type ThreadTask = ({ readonly content: Uint8Array } | { readonly path: string; readonly isSnapshot: boolean }) & {
  readonly migrations: readonly string[];
};

/** What the thread answers: the problem in our words, or the content of the newest version if the file was older. */
export interface ThreadVerdict {
  readonly problem: string | undefined;
  readonly migrated: Uint8Array | undefined;
}

/** The thread's script: bundled beside the program, or its source beside this file. */
const scripts = ['snapshot-worker.cjs', 'snapshot-worker.ts'].map((name) => join(import.meta.dirname, name));

/** Does what `checkedSnapshot` does in a thread of its own, so that other requests are answered meanwhile. Throws DatabaseError. */
export async function checkInThread(content: Buffer, migrations: readonly string[]): Promise<Buffer | undefined> {
  const migrated = await judged({ content, migrations });
  return migrated && Buffer.from(migrated.buffer, migrated.byteOffset, migrated.byteLength);
}

/** The same for `checkFile`. */
export async function checkFileInThread(path: string, migrations: readonly string[]): Promise<void> {
  await judged({ path, isSnapshot: false, migrations });
}

/** The same for `checkSnapshotFile`. */
export async function checkSnapshotInThread(path: string, migrations: readonly string[]): Promise<void> {
  await judged({ path, isSnapshot: true, migrations });
}

async function judged(task: ThreadTask): Promise<Uint8Array | undefined> {
  const script = scripts.find((path) => existsSync(path)) ?? '';
  const worker = new Worker(script, { workerData: task, execArgv: [] });
  const answers: ThreadVerdict[] = await once(worker, 'message');
  const { problem, migrated } = answers[0] ?? { problem: 'it cannot be read', migrated: undefined };
  if (problem !== undefined) throw new DatabaseError(problem);
  return migrated;
}
