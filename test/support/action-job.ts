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

/** Starts a job in its own folder, with a checkout of the action that `npm` only writes down: this project is built. It ends with the test. */
export function startActionJob({ inputs, runs }: Action) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-action-'));
  const file = (name: string) => join(folder, name);
  const lines = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8').trim().split('\n') : []);
  const pairs = (name: string): Texts => Object.fromEntries(lines(name).map((line) => line.split(/=(.*)/).slice(0, 2)));
  mkdirSync(file('bin'));
  mkdirSync(file('action/node_modules/.bin'), { recursive: true });
  mkdirSync(file('action/dist'));
  writeFileSync(file('action/dist/cli.js'), '');
  writeFileSync(file('bin/npm'), `#!/bin/sh\necho "$PWD: $*" >>'${file('npm')}'\n`, { mode: 0o755 });
  writeFileSync(file('action/node_modules/.bin/node'), nodeFor(file('action/dist/cli.js'), file('processes')), { mode: 0o755 });
  onTestFinished(() => {
    for (const id of lines('processes')) end(Number(id));
    rmSync(folder, { recursive: true });
  });
  const runner = {
    PATH: `${file('bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    RUNNER_TEMP: folder,
    GITHUB_ACTION_PATH: file('action'),
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
    /** What npm was asked for, and where: the action's own checkout is `action`. */
    npmCalls: () => lines('npm').map((line) => line.replace(`${folder}/`, '')),
  };
}

/** The Node.js of the action's checkout: runs this project's command, and writes down the process of a server. */
function nodeFor(command: string, processes: string): string {
  return `#!/bin/sh
[ "$1" = '${command}' ] || exec '${process.execPath}' "$@"
shift
[ "$1" != serve ] || echo $$ >>'${processes}'
exec '${process.execPath}' '${join(root, 'dist', 'cli.js')}' "$@"
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
