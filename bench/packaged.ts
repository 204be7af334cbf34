import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from './process.ts';

const root = join(import.meta.dirname, '..');

/** The build as the npm package has it, in a folder of its own. */
export interface Packaged {
  readonly script: string;
  /** Where it keeps its compiled code. */
  readonly env: { readonly XDG_CACHE_HOME: string };
}

/** Makes that folder, and starts it once, after which its compiled code is kept. */
export async function packaged(): Promise<Packaged> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-package-'));
  for (const part of ['node_modules', 'migrations', 'package.json']) symlinkSync(join(root, part), join(folder, part));
  mkdirSync(join(folder, 'dist'));
  for (const name of readdirSync(join(root, 'dist')).filter((one) => !one.endsWith('.cache')))
    cpSync(join(root, 'dist', name), join(folder, 'dist', name), { recursive: true });
  const found = { script: join(folder, 'dist', 'cli.js'), env: { XDG_CACHE_HOME: join(folder, 'cache') } };
  const server = await startServer(found.script, '/health', found.env);
  const kept = join(found.env.XDG_CACHE_HOME, 'latchkey');
  while (!existsSync(kept) || !readdirSync(kept).some((name) => name.endsWith('.cache'))) await wait(50);
  server.stop();
  return found;
}
