/** The thread that checks a large snapshot. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkedSnapshot } from './checked-snapshot.ts';
import { reasonOf } from './reasons.ts';
import type { SnapshotTask, SnapshotVerdict } from './snapshot-thread.ts';

const { file, migrations }: SnapshotTask = workerData;

/** An unforeseen error passes through: it ends the thread, and the other side gets it. */
function judge(): SnapshotVerdict {
  try {
    const migrated = checkedSnapshot(Buffer.from(file.buffer, file.byteOffset, file.byteLength), migrations);
    return { problem: undefined, migrated };
  } catch (error) {
    const problem = reasonOf(error);
    if (problem === undefined) throw error;
    return { problem, migrated: undefined };
  }
}

parentPort?.postMessage(judge());
