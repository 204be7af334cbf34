import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DatabaseError } from '../core/world-store.ts';

/** What the thread is given. */
export interface SnapshotTask {
  readonly file: Uint8Array;
  readonly migrations: readonly string[];
}

/** What the thread answers: the problem in our words, or the content of the newest version if the file was older. */
export interface SnapshotVerdict {
  readonly problem: string | undefined;
  readonly migrated: Uint8Array | undefined;
}

/** The thread's script: bundled beside the program, or its source beside this file. */
const scripts = ['snapshot-worker.cjs', 'snapshot-worker.ts'].map((name) => join(import.meta.dirname, name));

/** Does what `checkedSnapshot` does in a thread of its own, so that other requests are answered meanwhile. Throws DatabaseError. */
export async function checkInThread(file: Buffer, migrations: readonly string[]): Promise<Buffer | undefined> {
  const script = scripts.find((path) => existsSync(path)) ?? '';
  const workerData: SnapshotTask = { file, migrations };
  const worker = new Worker(script, { workerData, execArgv: [] });
  const answers: SnapshotVerdict[] = await once(worker, 'message');
  const { problem, migrated } = answers[0] ?? { problem: 'it cannot be read', migrated: undefined };
  if (problem !== undefined) throw new DatabaseError(problem);
  return migrated && Buffer.from(migrated.buffer, migrated.byteOffset, migrated.byteLength);
}
