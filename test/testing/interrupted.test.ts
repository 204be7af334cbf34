import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Latchkey, startLatchkey } from '../../src/library.ts';
import { projectWithPackage } from '../support/installed.ts';

// found 2.12: a run that is interrupted leaves no world behind in a latchkey that others use too.

let folder = '';
beforeAll(() => {
  folder = projectWithPackage();
});
afterAll(() => rmSync(folder, { recursive: true }));

const running: { lk?: Latchkey } = {};
beforeEach(async () => {
  running.lk = await startLatchkey({ adminToken: 't' });
});
afterEach(() => running.lk?.close());

const url = () => running.lk?.url ?? '';
async function worlds(): Promise<string[]> {
  const answer = await fetch(`${url()}/_latchkey/worlds`, { headers: { authorization: 'Bearer t' } });
  const { worlds: list }: { readonly worlds: readonly { readonly name: string }[] } = Object(await answer.json());
  return list.map(({ name }) => name);
}

/** A test file of node:test that does something in the middle of a test. */
const program = (first: string, then: string) => `
  import { test } from 'node:test';
  import { useLatchkey } from 'latchkey/node-test';
  ${first}
  const latchkey = useLatchkey();
  test('is interrupted', async () => {
    await latchkey().keys.list();
    process.stdout.write('under way\\n');
    ${then}
  });`;

/** The same test without latchkey. */
const plain = (then: string) => `
  import { test } from 'node:test';
  test('is interrupted', async () => {
    process.stdout.write('under way\\n');
    ${then}
  });`;

/** Starts it, and waits until its test is under way and its world is there. */
function started(first: string, then: string): Promise<ChildProcess> {
  return underWay(program(first, then));
}

async function underWay(code: string): Promise<ChildProcess> {
  writeFileSync(join(folder, 'interrupted.mjs'), code);
  const env = { PATH: process.env['PATH'], LATCHKEY_URL: url(), LATCHKEY_ADMIN_TOKEN: 't' };
  const child = spawn(process.execPath, ['interrupted.mjs'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(text);
    if (said.includes('under way')) break;
  }
  child.stdout?.resume();
  return child;
}

const waits = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';

describe('a run that ends in the middle of a test leaves no world behind', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s: it ends as it would without latchkey', async (signal) => {
    const endOf = async (child: ChildProcess) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      return ended;
    };
    const usual = await endOf(await underWay(plain(waits)));
    expect(await endOf(await started('', waits))).toEqual(usual);
    await expect.poll(worlds).toEqual(['default']);
  });

  test('by a signal that a listener of the runner handles: it ends as that wants', async () => {
    const listener = `process.on('SIGUSR2', () => {}); process.on('SIGHUP', () => setTimeout(() => process.exit(7), 50));`;
    const child = await started(listener, waits);
    const ended = once(child, 'exit');
    child.kill('SIGHUP');
    expect(await ended).toEqual([7, null]);
    await expect.poll(worlds).toEqual(['default']);
  });

  test('by process.exit', async () => {
    const child = await started('', 'process.exit(3);');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(3);
    await expect.poll(worlds).toEqual(['default']);
  });
});

test('a run that ends by itself starts nothing, and ends as usual', async () => {
  const child = await started(
    `process.on('exit', () => process.stdout.write('listeners ' + process.listenerCount('SIGHUP')));`,
    '',
  );
  let said = '';
  child.stdout?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(said).toContain('listeners 0');
  expect(await worlds()).toEqual(['default']);
});
