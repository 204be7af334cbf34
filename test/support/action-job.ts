import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../src/package.ts';

type Texts = Readonly<Record<string, string>>;

interface Step {
  readonly shell: string;
  readonly env: Texts;
  readonly run: string;
}

/** A composite action of GitHub, as far as this project's own needs it. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Result {
  readonly status: number;
  /** What the failed step printed. */
  readonly output: string;
}

/** Starts a job in its own folder, where `npx --yes latchkey@…` runs this project's command. It ends with the test. */
export function startActionJob({ inputs, runs }: Action) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-action-'));
  const file = (name: string) => join(folder, name);
  const lines = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8').trim().split('\n') : []);
  const pairs = (name: string): Texts => Object.fromEntries(lines(name).map((line) => line.split(/=(.*)/).slice(0, 2)));
  mkdirSync(file('bin'));
  writeFileSync(file('bin/npx'), npxFor(file('packages'), file('processes')), { mode: 0o755 });
  onTestFinished(() => {
    for (const id of lines('processes')) end(Number(id));
    rmSync(folder, { recursive: true });
  });
  const runner = {
    PATH: `${file('bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    RUNNER_TEMP: folder,
    GITHUB_ENV: file('env'),
    GITHUB_OUTPUT: file('output'),
  };

  /** An input, or an output of an earlier step. */
  const evaluate = (expression: string, given: Texts): string => {
    const [, input, output] = /^\$\{\{ (?:inputs\.(\w+)|steps\.\w+\.outputs\.(\w+)) \}\}$/.exec(expression) ?? [];
    const value = input === undefined ? pairs('output')[output ?? ''] : (given[input] ?? inputs[input]?.default);
    if (value === undefined) throw new Error(`${expression} has no value`);
    return value;
  };

  return {
    /** Runs the steps in order, until one fails. */
    async run(given: Texts): Promise<Result> {
      for (const step of runs.steps) {
        const own = Object.entries(step.env).map(([name, expression]) => [name, evaluate(expression, given)]);
        const result = await runStep(step, folder, { ...runner, ...Object.fromEntries(own) });
        if (result.status !== 0) return result;
      }
      return { status: 0, output: '' };
    },
    outputs: () => pairs('output'),
    environment: () => pairs('env'),
    /** The packages that npx was asked for. */
    packages: () => [...new Set(lines('packages'))],
  };
}

/** Writes down the package that it is asked for, and the process of a server. */
function npxFor(packages: string, processes: string): string {
  return `#!/bin/sh
[ "$1" = --yes ] || exit 2
echo "$2" >>'${packages}'
shift 2
[ "$1" != serve ] || echo $$ >>'${processes}'
exec node '${join(root, 'dist', 'cli.js')}' "$@"
`;
}

/** Runs a step with `shell: bash` as GitHub's runner does. */
function runStep({ shell, run }: Step, cwd: string, env: Record<string, string>): Promise<Result> {
  if (shell !== 'bash') throw new Error(`this runner has bash, not ${shell}`);
  return new Promise((resolve) => {
    execFile('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], { cwd, env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // The process has ended by itself.
  }
}
