import { open as openFile, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineCommand, defineGroup } from './command.ts';
import { drivingOptions, open } from './reaching/driving.ts';

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

const save = defineCommand({
  words: ['<file>'],
  options: drivingOptions,
  async run({ options, words: [file = ''], surroundings: { folder } }) {
    const lk = await open(options);
    await writePrivately(resolve(folder, file), await lk.snapshot());
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
