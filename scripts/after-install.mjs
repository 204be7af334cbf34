// Builds the command after `npm ci` in a checkout. Without the development packages there is nothing to build with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const esbuild = join(import.meta.dirname, '..', 'node_modules', 'esbuild');
if (existsSync(esbuild)) await import('./build.ts');
