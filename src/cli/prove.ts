import { resolve } from 'node:path';
import { readVersion } from '../package.ts';
import { cellsOf, type Mutable } from '../prove/plan.ts';
import { type Proof, prove, type Tries, tries } from '../prove/prove.ts';
import { jsonOf } from '../prove/reports/json.ts';
import { textOf } from '../prove/reports/text.ts';
import { clearFolder, ReportError, writeReports } from '../prove/reports/write.ts';
import { runnerOf } from '../prove/runner.ts';
import { InterruptedError, UnjudgeableError } from '../prove/stopped.ts';
import { verdictOf } from '../prove/verdict.ts';
import { mutants } from '../provider/mutants.ts';
import { loadProviders } from '../providers/index.ts';
import { type Command, CommandError, type Surroundings } from './command.ts';
import { startProblems } from './printed/start-problems.ts';
import { table } from './printed/table.ts';
import { type ProveCall, readProveCall } from './running/prove-call.ts';
import { startForRun } from './running/prove-latchkey.ts';
import { proveOptions } from './running/prove-options.ts';
import { endingSignals, statusAfter } from './running/signals.ts';

export const command: Command = {
  usage: { words: ['--', 'command'], options: proveOptions },
  async run(args, surroundings) {
    try {
      const call = await readProveCall(args, surroundings);
      return call.options.list ? await list(call, surroundings) : await untilSignal(call, surroundings);
    } catch (error) {
      for (const problem of await problemsOf(error)) surroundings.printProblem(problem);
      return 1;
    }
  },
};

async function problemsOf(error: unknown): Promise<readonly string[]> {
  if (error instanceof CommandError || error instanceof UnjudgeableError) return error.problems;
  if (error instanceof ReportError) return [error.message];
  return startProblems(error);
}

/** Lists what a loop over latchkeys of one's own would set, one after the other. */
async function list({ choice, options, providers }: ProveCall, { print, paint, columns }: Surroundings): Promise<number> {
  const emulated = await mutablesOf(choice.only ?? providers);
  const cells = cellsOf(choice, emulated).filter(({ excluded, notApplicable }) => (excluded ?? notApplicable) === undefined);
  const rows = cells.map(({ id, mutant }) => [id, mutants[mutant].set, mutants[mutant].says]);
  if (options.json) print(`${JSON.stringify({ mutants: cells.map(({ id }) => id) })}\n`);
  else print(table(['MUTANT', 'SET', 'WHAT IS WRONG THEN'], rows, { paint, columns }));
  return 0;
}

/** Proves until a signal comes, which ends the command too. The status is then that of such a command. */
async function untilSignal(call: ProveCall, surroundings: Surroundings): Promise<number> {
  const stopping = new AbortController();
  let by: (typeof endingSignals)[number] | undefined;
  const stop = (signal: (typeof endingSignals)[number]) => {
    by ??= signal;
    stopping.abort();
  };
  for (const signal of endingSignals) process.on(signal, stop);
  try {
    return await proveAndPrint(call, surroundings, stopping.signal);
  } catch (error) {
    if (error instanceof InterruptedError && by !== undefined) return statusAfter(by);
    throw error;
  } finally {
    surroundings.showProgress?.('');
    for (const signal of endingSignals) process.off(signal, stop);
  }
}

async function proveAndPrint(call: ProveCall, surroundings: Surroundings, stop: AbortSignal): Promise<number> {
  const { options, demands } = call;
  const proof = await proofOf(call, surroundings, stop);
  if (options['dry-run']) {
    const found = await tries(proof);
    surroundings.print(options.json ? `${JSON.stringify(found)}\n` : dryRunText(found, surroundings));
    return 0;
  }
  const { folder, env } = surroundings;
  const reports = options.report === undefined ? undefined : resolve(folder, options.report);
  if (reports !== undefined) await clearFolder(reports);
  const report = await prove(proof);
  surroundings.showProgress?.('');
  surroundings.print(options.json ? jsonOf(report) : textOf(report, demands, surroundings.paint));
  if (reports !== undefined) await writeReports(report, demands, { folder: reports, summary: env['GITHUB_STEP_SUMMARY'] });
  return verdictOf(report, demands).status;
}

async function proofOf(
  { command: program, sources, options, choice, timing, providers }: ProveCall,
  { showProgress, folder }: Surroundings,
  stop: AbortSignal,
): Promise<Proof> {
  return {
    version: readVersion(),
    choice,
    timing,
    providers: await mutablesOf(providers),
    runOnce: runnerOf({
      program: { command: program, folder, stop },
      start: (mutant) => startForRun(sources, mutant),
      results: options.results,
    }),
    ...(showProgress && { onProgress: (what) => showProgress(`prove: ${what}`) }),
  };
}

async function mutablesOf(names: readonly string[]): Promise<readonly Mutable[]> {
  const modules = await loadProviders();
  return modules
    .filter(({ name }) => names.includes(name))
    .map(({ name, mutability: { notApplicable } }) => ({ name, notApplicable }));
}

function dryRunText({ baseline, mutants: tried }: Tries, { paint, columns }: Surroundings): string {
  const rows = tried.map(({ id, reached, isRun }) => [id, `${reached}`, isRun ? 'yes' : 'no']);
  const { ms, requests, providers } = baseline;
  const called = providers.length === 0 ? 'none' : providers.join(', ');
  const heading = `green in ${(ms / 1000).toFixed(1)} s; requests: ${requests}; called: ${called}\n`;
  return heading + table(['MUTANT', 'MET', 'TRIED'], rows, { paint, columns });
}
