import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { root } from '../../../src/package.ts';
import { isItCached, nothingCalled } from '../../../src/prove/advice.ts';
import { runProgram } from '../../../src/prove/program.ts';
import { prove } from '../../../src/prove/prove.ts';
import type { ProveReport } from '../../../src/prove/report.ts';
import { type RunnerParts, runnerOf } from '../../../src/prove/runner.ts';
import { fakeLatchkey } from './fake-latchkey.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-prove-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Given {
  readonly stop?: AbortSignal;
  readonly results?: string;
  readonly start?: RunnerParts['start'];
}

/** Proves a command with a latchkey that knows `accept-revoked` alone, and little patience. */
function proveHere(
  command: readonly string[],
  { stop = new AbortController().signal, results, start = fakeLatchkey }: Given = {},
) {
  return prove({
    version: '1.2.3',
    choice: { mutants: ['accept-revoked'], only: undefined, exclusions: [] },
    timing: { factor: 1, extraMs: 1000, jobs: 1 },
    providers: [{ name: 'rockset', notApplicable: {} }],
    runOnce: runnerOf({ program: { command, folder, stop, graceMs: 500 }, start, results }),
  });
}

/** A suite in Node.js. `status` is what the provider says to a revoked key; `named` is LATCHKEY_MUTANT. */
function suite(code: string): readonly string[] {
  const program = `
    const { writeFileSync, existsSync, appendFileSync, readFileSync } = await import('node:fs');
    const { spawn } = await import('node:child_process');
    const named = process.env.LATCHKEY_MUTANT;
    const ask = async () => (await fetch(process.env.LATCHKEY_URL + '/revoked')).status;
    ${code}`;
  return [process.execPath, '--input-type=module', '-e', program];
}

const shell = (line: string) => ['sh', '-c', line];
const ends = ({ mutants }: ProveReport) => mutants.map(({ status, timedOut, reason }) => ({ status, timedOut, reason }));
const written = (name: string) => readFileSync(join(folder, name), 'utf8');

/** A process that has ended is a zombie until the system's first process has noticed. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

/** What is killed is gone a moment later. */
async function expectGone(pids: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), 10_000);
}

test('a suite that asserts the refusal kills; one that does not lets survive', async () => {
  const strict = await proveHere(suite('if ((await ask()) !== 401) process.exitCode = 1;'));
  expect(ends(strict)).toEqual([{ status: 'killed', timedOut: false, reason: null }]);
  const weak = await proveHere(suite('await ask();'));
  expect(ends(weak)).toEqual([{ status: 'survived', timedOut: false, reason: null }]);
});

test('a suite that hangs is killed with all that it started, even what ignores SIGTERM', async () => {
  const report = await proveHere(
    suite(`
      if ((await ask()) === 401) process.exit();
      const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); require('fs').writeFileSync('ready', '')";
      const grandchild = spawn(process.execPath, ['-e', deaf], { stdio: 'inherit' });
      writeFileSync('pids', process.pid + ' ' + grandchild.pid);
      process.on('SIGTERM', () => {});
      setInterval(() => {}, 1000);`),
  );
  expect(ends(report)).toEqual([{ status: 'killed', timedOut: true, reason: null }]);
  expect(existsSync(join(folder, 'ready'))).toBe(true);
  await expectGone(written('pids').split(' '));
});

test('a suite that hangs before it met the mutant proves nothing', async () => {
  const report = await proveHere(suite('if (named) setInterval(() => {}, 1000); else await ask();'));
  expect(ends(report)).toEqual([
    { status: 'void', timedOut: true, reason: 'it took too long, though the mutant decided nothing' },
  ]);
});

test('what a suite leaves behind is ended, and does not hold it up', async () => {
  const report = await proveHere(
    suite(`
      const left = spawn('sleep', ['600'], { stdio: 'inherit' });
      left.unref();
      appendFileSync('pids', left.pid + '\\n');
      await ask();
      process.exit();`),
  );
  expect(ends(report)).toEqual([{ status: 'survived', timedOut: false, reason: null }]);
  await expectGone(written('pids').trim().split('\n'));
});

test('what left the process group and keeps the output open does not hold it up', async () => {
  const report = await proveHere(
    suite(`
      const left = spawn('sleep', ['600'], { stdio: 'inherit', detached: true });
      left.unref();
      appendFileSync('pids', left.pid + '\\n');
      await ask();
      process.exit();`),
  );
  for (const pid of written('pids').trim().split('\n')) process.kill(Number(pid));
  expect(ends(report)).toEqual([{ status: 'survived', timedOut: false, reason: null }]);
});

test.each([
  ['no-such-command-here', /status 127: something does not exist \(without a mutant\)\. Its last lines:\n.*no-such-command-here/],
  ['./file', /status 126: something cannot be run/],
  ['kill -KILL $$', /^SIGKILL ended the command, which latchkey did not send/],
  ["sh -c 'kill -TERM $$'; exit $?", /status 143: SIGTERM ended it, or a part of it/],
  ['echo one; echo two >&2; exit 3', /^the command is red without a mutant \(status 3\): .* Its last lines:\n {2}one\n {2}two$/],
  ['echo the key is s3cret; exit 3', / {2}the key is s3…$/],
  ['true', nothingCalled],
])('nothing is judged: %s', async (line, problem) => {
  writeFileSync(join(folder, 'file'), '');
  await expect(proveHere(shell(line))).rejects.toThrow(problem);
});

test('nothing is judged if a signal from outside ends it in the middle', async () => {
  await expect(proveHere(suite("if ((await ask()) === 200) process.kill(process.pid, 'SIGKILL')"))).rejects.toThrow(
    /^SIGKILL ended the command, which latchkey did not send \(with accept-revoked@rockset\)/,
  );
});

test('a command that is not there, or is no program, is the error of the system', async () => {
  await expect(proveHere(['/no/such/command'])).rejects.toMatchObject({ code: 'ENOENT', syscall: 'spawn /no/such/command' });
  await expect(proveHere([folder])).rejects.toMatchObject({ code: 'EACCES' });
});

test('a suite that is red whenever LATCHKEY_MUTANT is set kills nothing, whether it meets the mutant or not', async () => {
  const before = await proveHere(suite('if (named) process.exit(1); await ask();'));
  expect(ends(before)).toEqual([{ status: 'void', timedOut: false, reason: 'red twice, though the mutant decided nothing' }]);
  await expect(proveHere(suite('await ask(); if (named) process.exit(1);'))).rejects.toThrow(
    /^with LATCHKEY_MUTANT=accept-revoked@rockset the command is red, though its latchkey did nothing wrong/,
  );
});

test.each([1, 2, 3])('a suite that is red at random, and meets nothing with a mutant, kills nothing (seed %i)', async (seed) => {
  writeFileSync(join(folder, 'state'), `${seed}`);
  const outcome = await proveHere(
    suite(`
      const state = (Number(readFileSync('state', 'utf8')) * 48271) % 2147483647;
      writeFileSync('state', String(state));
      if (!named) await ask();
      process.exitCode = state / 2147483647 < 0.3 ? 1 : 0;`),
  ).catch((error: Error) => error);
  if (outcome instanceof Error) expect(outcome.name).toBe('UnjudgeableError');
  else expect(outcome.counts).toMatchObject({ killed: 0, survived: 0 });
});

test('a suite that starts a latchkey of its own calls nothing', async () => {
  const own = suite(`
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => response.writeHead(401).end()).listen(0, '127.0.0.1', async () => {
      const { status } = await fetch('http://127.0.0.1:' + server.address().port);
      process.exit(status === 401 ? 0 : 1);
    });`);
  await expect(proveHere(own)).rejects.toThrow(nothingCalled);
});

test('a suite that keeps its result is not tested, and it says how to run it again', async () => {
  const report = await proveHere(suite("if (existsSync('result')) process.exit(); writeFileSync('result', ''); await ask();"));
  const reason = `reached without a mutant, not with it; no request came at all: ${isItCached}`;
  expect(ends(report)).toEqual([{ status: 'untested', timedOut: false, reason }]);
});

test('it can be stopped, which ends the command and what it started', async () => {
  const stopping = new AbortController();
  const running = proveHere(
    suite(`
      const grandchild = spawn('sleep', ['600'], { stdio: 'inherit' });
      writeFileSync('pids', process.pid + ' ' + grandchild.pid);
      await ask();
      setInterval(() => {}, 1000);`),
    { stop: stopping.signal, start: (mutant) => fakeLatchkey(mutant, () => stopping.abort()) },
  );
  await expect(running).rejects.toMatchObject({ name: 'InterruptedError' });
  await expectGone(written('pids').split(' '));
});

test('--results names the tests that failed, and old files do not count', async () => {
  const junit = (name: string, inside: string) =>
    `<testsuites><testcase name="${name}" classname="f">${inside}</testcase></testsuites>`;
  writeFileSync(join(folder, 'old.xml'), junit('old', '<failure/>'));
  const report = await proveHere(
    suite(`
      const isRefused = (await ask()) === 401;
      writeFileSync('new.xml', isRefused ? '${junit('fails', '')}' : '${junit('fails', '<failure/>')}');
      process.exitCode = isRefused ? 0 : 1;`),
    { results: '*.xml' },
  );
  expect(report.mutants.map(({ status, failedTests }) => ({ status, failedTests }))).toEqual([
    { status: 'killed', failedTests: ['f > fails'] },
  ]);
  await expect(proveHere(suite('await ask()'), { results: '*.xml' })).rejects.toThrow(/^--results names no JUnit file/);
});

test('a process that ends in an unforeseen way takes the command with it', async () => {
  const program = `
    import { runProgram } from ${JSON.stringify(pathToFileURL(join(root, 'src', 'prove', 'program.ts')).href)};
    setInterval(() => { if (existsSync('pid')) throw new Error('unforeseen'); }, 10);
    const { existsSync } = await import('node:fs');
    const code = "require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)";
    const command = [process.execPath, '-e', code];
    await runProgram({ command, folder: process.cwd(), stop: new AbortController().signal }, process.env);`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining('unforeseen')]);
  await expectGone([written('pid')]);
});

test('many at a time are no reason for Node.js to warn', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const program = { command: ['true'], folder, stop: new AbortController().signal };
  const runs = await Promise.all(Array.from({ length: 16 }, () => runProgram(program, { PATH: process.env['PATH'] }, 10_000)));
  // A warning is told of in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect(runs.map(({ ending }) => ending)).toEqual(runs.map(() => ({ kind: 'green' })));
  expect(warnings).toEqual([]);
});
