import { open as openFile, readFile } from 'node:fs/promises';
import type { Latchkey } from '../client/types.ts';
import { chosen, defineCommand } from './command.ts';
import { drivingOptions, open } from './driving.ts';

interface Action {
  readonly done: string;
  act(lk: Latchkey, file: string): Promise<void>;
}

const actions: Readonly<Record<string, Action>> = {
  save: { done: 'saved to', act: async (lk, file) => writePrivately(file, await lk.snapshot()) },
  load: { done: 'loaded from', act: async (lk, file) => lk.restore(await readFile(file)) },
};

/** Writes a file that only its owner may read, also if it was there before: a snapshot holds secrets. */
async function writePrivately(file: string, content: Uint8Array): Promise<void> {
  const handle = await openFile(file, 'w', 0o600);
  try {
    if ((await handle.stat()).isFile()) await handle.chmod(0o600);
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
}

export const command = defineCommand({
  words: ['<action>', '<file>'],
  options: drivingOptions,
  async run({ options, words: [action = '', file = ''], surroundings: { env } }) {
    const { done, act } = chosen(actions, action);
    await act(await open(options, env), file);
    return { data: { [action]: file }, text: `${done} ${file}\n` };
  },
});
