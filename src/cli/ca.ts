import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError, defineCommand } from './command.ts';
import { open, type Reached, reachingOptions } from './reaching/driving.ts';

export const command = defineCommand({
  words: ['[file]'],
  options: {
    ...reachingOptions,
    out: { type: 'string', description: 'the same as [file]' },
    'tls-ca': {
      type: 'string',
      isSetting: true,
      description: 'file of an authority, made if it does not exist: latchkey need not be running',
    },
  },
  async run({ options, words: [file = options.out], surroundings: { folder } }) {
    const authorityFile = options['tls-ca'];
    const ca = authorityFile === undefined ? await certificateOf(options) : await certificateIn(resolve(folder, authorityFile));
    if (file === undefined) return { data: { ca }, text: ca };
    await writeFile(resolve(folder, file), ca);
    return { data: { file }, text: `written to ${file}\n` };
  },
});

/** The certificate of the authority behind a running latchkey. */
async function certificateOf(options: Reached): Promise<string> {
  const lk = await open(options);
  const { ca } = await lk.tls();
  if (ca === null) throw new CommandError('it was started with a certificate of your own: trust the authority that issued that');
  return ca;
}

async function certificateIn(authorityFile: string): Promise<string> {
  const { authorityOf } = await import('../server/tls/authority-file.ts');
  return (await authorityOf(authorityFile)).certificate;
}
