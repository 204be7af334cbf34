import { readFile, writeFile } from 'node:fs/promises';
import type { Latchkey } from '../client/types.ts';
import { chosen, defineCommand } from './command.ts';
import { drivingOptions, open } from './driving.ts';

interface Action {
  readonly done: string;
  act(lk: Latchkey, file: string): Promise<void>;
}

const actions: Readonly<Record<string, Action>> = {
  save: { done: 'saved to', act: async (lk, file) => writeFile(file, await lk.snapshot()) },
  load: { done: 'loaded from', act: async (lk, file) => lk.restore(await readFile(file)) },
};

export const command = defineCommand({
  words: ['<action>', '<file>'],
  options: drivingOptions,
  async run({ options, words: [action = '', file = ''], surroundings: { env } }) {
    const { done, act } = chosen(actions, action);
    await act(await open(options, env), file);
    return { data: { [action]: file }, text: `${done} ${file}\n` };
  },
});
