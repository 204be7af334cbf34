import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../src/package.ts';

/** A project of somebody who has installed the package: what it publishes, beside what it depends on. For its caller to remove. */
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
