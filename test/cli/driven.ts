import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Latchkey, startLatchkey } from '../../src/library.ts';
import type { Ended } from '../support/command.ts';
import { runHere } from '../support/command-here.ts';
import { guestNames } from '../support/guests.ts';

/** A latchkey that the tests of a file drive by commands. Use it inside tests. */
export interface Driven {
  readonly lk: Latchkey;
  /** A folder of the file's own. */
  readonly folder: string;
  /** Runs a command, with `LATCHKEY_URL` in its environment. */
  run(...args: readonly string[]): Promise<Ended>;
}

/** Starts it before the tests of a file, its clock frozen at the start of 2030, and stops it after them. */
export function drivenLatchkey(): Driven {
  const running: { lk?: Latchkey; folder: string } = { folder: '' };
  const lk = () => running.lk ?? notStarted();
  beforeAll(async () => {
    running.folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
    running.lk = await startLatchkey({ clock: '2030-01-01T00:00:00Z', providers: [...guestNames] });
    await running.lk.clock.freeze();
  });
  afterAll(async () => {
    await running.lk?.close();
    rmSync(running.folder, { recursive: true });
  });
  return {
    get lk() {
      return lk();
    },
    get folder() {
      return running.folder;
    },
    run: (...args) => runHere(args, { env: { LATCHKEY_URL: lk().url } }),
  };
}

function notStarted(): never {
  throw new Error('latchkey starts in beforeAll: use it inside tests');
}
