import type { MutantReport } from '../client/mutant.ts';
import type { RunOnce, Seen } from './attempt.ts';
import { type Program, runProgram } from './program.ts';
import { stampsOf, testsSince } from './results.ts';

/** A latchkey that was started for one run. */
export interface RunLatchkey {
  /** The environment in which a command finds it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was asked of it until now. */
  seen(): Seen;
  /** What its mutant has done until now. */
  mutant(): Promise<MutantReport>;
  /** A text without the secrets that it knows. */
  shown(text: string): string;
  close(): Promise<void>;
}

/** What a run needs. */
export interface RunnerParts {
  readonly program: Program;
  /** Starts a latchkey that does something wrong: `accept-revoked@rockset`, or nothing (`none`). */
  start(mutant: string): Promise<RunLatchkey>;
  /** Where the command writes JUnit files; undefined if nobody said. */
  readonly results: string | undefined;
}

/** Runs a command, each time with a latchkey of its own, which ends with it. */
export function runnerOf({ program, start, results }: RunnerParts): RunOnce {
  const { folder } = program;
  return async ({ mutant, variable, limitMs }) => {
    const before = results === undefined ? undefined : await stampsOf(results, folder);
    const latchkey = await start(mutant);
    try {
      const ran = await runProgram(program, { ...latchkey.env, LATCHKEY_MUTANT: variable }, limitMs);
      const tests = results === undefined || before === undefined ? null : await testsSince(before, results, folder);
      const shown = (text: string) => latchkey.shown(text);
      return {
        ...ran,
        command: program.command.map(shown),
        output: ran.output.map(shown),
        seen: latchkey.seen(),
        mutant: shownReport(await latchkey.mutant(), shown),
        tests: tests?.map((test) => ({ ...test, name: shown(test.name), title: shown(test.title) })) ?? null,
      };
    } finally {
      await latchkey.close();
    }
  };
}

/** The names of keys are the users' own: a test may have named one after a secret. */
function shownReport(report: MutantReport, shown: (text: string) => string): MutantReport {
  const evidence = report.evidence.map(({ key, says, ...others }) => ({
    ...others,
    key: key && { hint: key.hint, name: key.name === null ? null : shown(key.name) },
    says: shown(says),
  }));
  return { ...report, evidence };
}
