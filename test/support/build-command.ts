import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Vitest's global set-up: builds the bundle, because the tests run what users run. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '..', '..', 'scripts', 'build.ts')], { stdio: 'inherit' });
}
