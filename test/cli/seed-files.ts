import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';

const names = (await loadProviders()).map(({ name }) => name);

/** The problems of `bad.yaml`. */
export const badProblems: readonly string[] = [
  'bad.yaml:3: /estuary/keys/0/owner there is no user "nobody"',
  `bad.yaml:4: /rocket is not a provider: the providers are ${names.join(', ')}`,
];

/** Makes a folder with `good.yaml` and `bad.yaml` for the tests of a file. Read its name inside tests only. */
export function seedFiles(): { readonly folder: string } {
  const made = { folder: '' };
  beforeAll(() => {
    made.folder = mkdtempSync(join(tmpdir(), 'latchkey-seeds-'));
    const good = 'estuary:\n  users: [{username: carol}]\n  keys: [{owner: carol, secret: ESTcarolARY}]\n';
    writeFileSync(join(made.folder, 'good.yaml'), good);
    writeFileSync(join(made.folder, 'bad.yaml'), 'estuary:\n  keys:\n    - owner: nobody\nrocket: {}\n');
  });
  afterAll(() => rmSync(made.folder, { recursive: true }));
  return made;
}
