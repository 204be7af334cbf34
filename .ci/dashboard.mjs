// Drives the dashboard in a real Chromium: node .ci/dashboard.mjs [--pictures] [part of a file's name…]. Needs `npm run build`.
// Each file of .ci/dashboard/ that ends in .test.mjs is named after what it guarantees. With --pictures, the pictures of the
// README are made anew; without it they are only compared with the page.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { problemOfChromium } from './dashboard/chromium.mjs';

const folder = join(import.meta.dirname, 'dashboard');
const { values, positionals } = parseArgs({ options: { pictures: { type: 'boolean', default: false } }, allowPositionals: true });

const problem = problemOfChromium();
if (problem !== undefined) {
  console.log(`the dashboard was not tested in a browser: ${problem}`);
  process.exit(process.env.CI === undefined ? 0 : 1);
}

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => positionals.length === 0 || positionals.some((wanted) => name.includes(wanted)))
  .map((name) => join(folder, name));
if (files.length === 0) throw new Error(`no test's name contains ${positionals.join(' or ')}`);

// One process, so that the tests share a browser.
const options = ['--test', '--test-isolation=none', '--test-reporter=spec', '--test-timeout=120000'];
const { status } = spawnSync(process.execPath, [...options, ...files], {
  stdio: 'inherit',
  env: { ...process.env, ...(values.pictures && { DASHBOARD_PICTURES: 'write' }) },
});
process.exitCode = status ?? 1;
