// Runs every code block of the README's tour against a fresh latchkey, and compares what the README says comes out.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const readme = readFileSync('README.md', 'utf8');
const tour = readme.slice(readme.indexOf('## A tour'), readme.indexOf('## Where a provider answers'));
const blocks = [...tour.matchAll(/```(sh|js)\n([\s\S]*?)```/g)].map(([, language, code]) => ({ language, code }));
assert.equal(blocks.length, 11, 'the tour has another number of code blocks');

const server = spawn(process.execPath, ['dist/cli.js', '--port', '0', '--log-level', 'warn']);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-readme-'));
try {
  const [announcement] = await once(server.stdout, 'data');
  const [url] = /http:\/\/[\w.:]+/.exec(String(announcement));
  // What is installed, this package among it.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['@rockset', 'estuary-client'])
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'latchkey'));
  let shell = '';
  for (const { language, code } of blocks) {
    const here = code.replaceAll('http://localhost:5282', url);
    if (language === 'sh') {
      // Later blocks use what earlier ones have set.
      const output = execFileSync('bash', ['-euo', 'pipefail', '-c', `exec 3>&1 >/dev/null\n${shell}\nexec >&3\n${here}`], {
        encoding: 'utf8',
      });
      for (const [, expected] of code.matchAll(/^# (\{.*)$/gm)) assert.match(output, pattern(expected));
      assert.doesNotMatch(output.replaceAll(/.*(ERR_TOKEN_EXPIRED|ERR_INVALID_TOKEN|ERR_AUTH_MISSING_BEARER).*/g, ''), /"error"/);
      shell += here;
    } else {
      const file = join(folder, 'tour.mjs');
      writeFileSync(file, here);
      const output = execFileSync(process.execPath, [file], { encoding: 'utf8' });
      assert.match(output, /suspended|token|keyId|expired 1 ms before/, `the block printed ${output}`);
    }
  }
  console.log(`README: ${blocks.length} code blocks do what they say`);
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

/** What the README shows, its `…` standing for anything. */
function pattern(expected) {
  return new RegExp(
    expected
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );
}
