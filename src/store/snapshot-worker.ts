/** The thread that checks a large snapshot or database. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkFile } from './checked-file.ts';
import { checkedSnapshot, checkSnapshotFile } from './checked-snapshot.ts';
import { reasonOf } from './reasons.ts';
import type { ThreadTask, ThreadVerdict } from './snapshot-thread.ts';

const task: ThreadTask = workerData;

/** An unforeseen error passes through: it ends the thread, and the other side gets it. */
function judge(): ThreadVerdict {
  try {
    return { problem: undefined, migrated: checked() };
  } catch (error) {
    const problem = reasonOf(error);
    if (problem === undefined) throw error;
    return { problem, migrated: undefined };
  }
}

function checked(): Uint8Array | undefined {
  const { migrations } = task;
  if ('path' in task) {
    if (task.isSnapshot) checkSnapshotFile(task.path, migrations);
    else checkFile(task.path, migrations);
    return undefined;
  }
  const { buffer, byteOffset, byteLength } = task.content;
  return checkedSnapshot(Buffer.from(buffer, byteOffset, byteLength), migrations);
}

parentPort?.postMessage(judge());
