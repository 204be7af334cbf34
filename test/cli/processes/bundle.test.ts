import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cacheFileOf, runBundle } from '../../../scripts/code-cache.ts';
import { serveCommand } from '../../support/command.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const dist = join(root, 'dist');

test('the build keeps a code cache that V8 accepts', () => {
  const { script } = runBundle(join(dist, 'main.cjs'), readFileSync(cacheFileOf(dist)));
  expect(script.cachedDataRejected).toBe(false);
});

test('the bundle is plain ASCII: one other character, even in a comment or a pattern, doubles what V8 must read', () => {
  expect(readFileSync(join(dist, 'main.cjs'), 'utf8').match(/[^\p{ASCII}]/u)).toBe(null);
});

test('the command also starts without the code cache', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'latchkey-bundle-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const part of ['node_modules', 'migrations', 'package.json']) symlinkSync(join(root, part), join(copy, part));
  mkdirSync(join(copy, 'dist'));
  for (const file of ['cli.js', 'main.cjs']) cpSync(join(dist, file), join(copy, 'dist', file));
  const { url } = await serveCommand([], { command: join(copy, 'dist', 'cli.js') });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(existsSync(cacheFileOf(join(copy, 'dist')))).toBe(false);
});

// found 3.15
test('the first visit of the API documents prints no warning', async () => {
  const { url, stop } = await serveCommand(['--log-level', 'warn']);
  expect((await fetch(`${url}/_latchkey/docs/`)).status).toBe(200);
  expect((await fetch(`${url}/_latchkey/docs/static/swagger-ui.css`)).status).toBe(200);
  expect(await stop()).toMatchObject({ status: 0, stderr: '' });
});
