import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import { projectWithPackage } from '../support/installed.ts';

const run = promisify(execFile);
let folder = '';

beforeAll(() => {
  folder = projectWithPackage();
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a process that has started and closed a latchkey ends by itself', async () => {
  const program = `
    import { startLatchkey } from 'latchkey';
    const lk = await startLatchkey({ clock: '2030-01-01T00:00:00Z' });
    await lk.clock.advance('720h');
    console.log((await fetch(lk.url + '/health')).status, lk.credentials.rockset.admin.name);
    await lk.close();`;
  writeFileSync(join(folder, 'program.mjs'), program);
  const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder, timeout: 15_000 });
  expect(stdout).toBe('200 admin\n');
});

test('its types compile in strict mode, and refuse what it cannot do', async () => {
  const program = `
    import { connect, type FaultDraft, type Latchkey, startLatchkey } from 'latchkey';
    export async function use(): Promise<string> {
      await using lk: Latchkey = await startLatchkey({ port: 0, profiles: { estuary: 'v0.4' } });
      const fault: FaultDraft = { match: { provider: 'rockset' }, effect: { status: 429, retryAfter: 2 } };
      await lk.faults.add(fault);
      const [entry] = await lk.requests({ provider: 'rockset' });
      return entry?.code ?? (await connect(lk.url)).url;
    }
    // @ts-expect-error there is no such effect
    export const wrong: FaultDraft = { effect: { explode: true } };`;
  writeFileSync(join(folder, 'program.ts'), program);
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,esnext.disposable',
    '--strict',
    '--noEmit',
    '--skipLibCheck',
    'false',
    '--types',
    '',
  ];
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [compiler, ...options, 'program.ts'], { cwd: folder });
});
