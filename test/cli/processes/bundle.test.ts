import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { cacheFileOf, keptCacheFileOf, runBundle } from '../../../scripts/code-cache.ts';
import { isOursAlone } from '../../../scripts/user-cache.ts';
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

/** A copy of the build as a package has it: without the code cache. */
function packaged(): { readonly folder: string; readonly command: string; readonly cacheHome: string } {
  const copy = mkdtempSync(join(tmpdir(), 'latchkey-bundle-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  for (const part of ['node_modules', 'migrations', 'package.json']) symlinkSync(join(root, part), join(copy, part));
  const folder = join(copy, 'dist');
  mkdirSync(folder);
  for (const file of ['cli.js', 'main.cjs', 'beside', 'fingerprint'])
    cpSync(join(dist, file), join(folder, file), { recursive: true });
  return { folder, command: join(folder, 'cli.js'), cacheHome: join(copy, 'cache') };
}

test('a package starts without the code cache, and keeps its code for the next start where this user alone can write', async () => {
  const { folder, command, cacheHome } = packaged();
  const { url, stop } = await serveCommand([], { command, env: { XDG_CACHE_HOME: cacheHome } });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(existsSync(cacheFileOf(folder))).toBe(false);
  const kept = join(cacheHome, 'latchkey');
  await vi.waitUntil(() => existsSync(kept) && readdirSync(kept).some((name) => name.endsWith('.cache')), { timeout: 20_000 });
  const [name = ''] = readdirSync(kept);
  const file = join(kept, name);
  expect([statSync(kept).mode & 0o777, statSync(file).mode & 0o777]).toEqual([0o700, 0o600]);
  expect(runBundle(join(folder, 'main.cjs'), readFileSync(file)).script.cachedDataRejected).toBe(false);
  expect(isOursAlone(file)).toBe(true);
  chmodSync(kept, 0o777);
  expect(isOursAlone(file)).toBe(false);
  await stop();
});

test('a cache folder that is a file, damaged code in it, and a user who wants none do not keep the command from starting', async () => {
  const { folder, command, cacheHome } = packaged();
  const healthy = async (env: Readonly<Record<string, string>>) => {
    const { url, stop } = await serveCommand([], { command, env: { XDG_CACHE_HOME: cacheHome, ...env } });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await stop()).toMatchObject({ status: 0, stderr: '' });
  };
  await healthy({ NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(existsSync(cacheHome)).toBe(false);
  writeFileSync(cacheHome, 'a file');
  await healthy({});
  rmSync(cacheHome);
  mkdirSync(join(cacheHome, 'latchkey'), { recursive: true, mode: 0o700 });
  const name = basename(keptCacheFileOf(folder) ?? '');
  writeFileSync(join(cacheHome, 'latchkey', name), 'not what V8 wrote', { mode: 0o600 });
  await healthy({});
});

// found 3.15
test('the first visit of the API documents prints no warning', async () => {
  const { url, stop } = await serveCommand(['--log-level', 'warn']);
  expect((await fetch(`${url}/_latchkey/docs/`)).status).toBe(200);
  expect((await fetch(`${url}/_latchkey/docs/static/swagger-ui.css`)).status).toBe(200);
  expect(await stop()).toMatchObject({ status: 0, stderr: '' });
});
