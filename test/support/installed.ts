import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/package.ts';

/** Makes the project of a user who has installed the package: the published files, and the dependencies. The caller removes it. */
export function projectWithPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-user-'));
  const installed = join(folder, 'node_modules', 'latchkey');
  mkdirSync(installed, { recursive: true });
  for (const part of ['dist', 'migrations', 'openapi', 'seed.schema.json', 'SUPPORTED.md', 'package.json']) {
    cpSync(join(root, part), join(installed, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}
