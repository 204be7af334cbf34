import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineCommand, defineGroup } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';

const save = defineCommand({
  words: ['<file>'],
  options: drivingOptions,
  async run({ options, words: [file = ''], surroundings: { folder } }) {
    const lk = await open(options);
    // It holds secrets.
    await writeFile(resolve(folder, file), await lk.snapshot(), { mode: 0o600 });
    return { data: { save: file }, text: `saved to ${file}\n` };
  },
});

const load = defineCommand({
  words: ['<file>'],
  options: drivingOptions,
  async run({ options, words: [file = ''], surroundings: { folder } }) {
    const content = await readFile(resolve(folder, file));
    const lk = await open(options);
    await lk.restore(content);
    return { data: { load: file }, text: `loaded from ${file}\n` };
  },
});

export const command = defineGroup({
  save: { does: 'save all keys to a file', examples: ['snapshot save keys.sqlite'], command: save },
  load: { does: 'replace all keys by those of a file', examples: ['snapshot load keys.sqlite'], command: load },
});
