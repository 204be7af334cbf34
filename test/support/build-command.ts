import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Vitest's global set-up: the command under test is the bundle that users run. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', 'scripts', 'build.ts')], { stdio: 'inherit' });
}
