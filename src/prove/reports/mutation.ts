import { mutants } from '../../provider/mutants.ts';
import type { JudgedMutant, MutantStatus, ProveReport } from '../report.ts';
import type { Demands } from '../verdict.ts';
import { decisionOf, furtherThan } from './words.ts';

/** What colours a score in the viewer where no score is demanded: Stryker's own defaults. */
const usual = { high: 80, low: 60 };

/**
 * The report in the schema of mutation-testing-elements, which Stryker's viewer and dashboard show. Each provider is a "file" of
 * sentences, one for each of its mutants, which replaces that line.
 */
export function mutationOf(report: ProveReport, { minScore }: Demands): string {
  const tests = new Tests();
  const providers = Map.groupBy(report.mutants, ({ provider }) => provider);
  const files = [...providers].map(([provider, judged]) => [`${provider}/refusals.md`, fileOf(judged, tests)] as const);
  const low = minScore === null ? usual.low : Math.min(100, Math.max(0, Math.ceil(minScore)));
  const result = {
    schemaVersion: '2.0',
    thresholds: { high: Math.max(low, usual.high), low },
    framework: { name: 'latchkey prove', version: report.version },
    files: Object.fromEntries(files),
    testFiles: tests.files(),
  };
  return `${JSON.stringify(result)}\n`;
}

function fileOf(judged: readonly JudgedMutant[], tests: Tests) {
  const sentences = judged.map(sentenceOf);
  return {
    language: 'markdown',
    source: `${sentences.join('\n')}\n`,
    mutants: judged.map((mutant, index) => mutantOf(mutant, index + 1, sentences[index]?.length ?? 0, tests)),
  };
}

/** What is right. */
function sentenceOf({ mutant, says }: JudgedMutant): string {
  const known: Readonly<Record<string, { readonly right: string }>> = mutants;
  return (Object.hasOwn(known, mutant) ? known[mutant]?.right : undefined) ?? `It is wrong that ${says.replaceAll(/\s+/g, ' ')}.`;
}

function mutantOf(mutant: JudgedMutant, line: number, length: number, tests: Tests) {
  const { id, mutant: mutatorName, says, ms, evidence, failedTests } = mutant;
  const met = evidence.flatMap(({ mark }) => (mark === null ? [] : [mark]));
  return {
    id,
    mutatorName,
    replacement: says,
    location: { start: { line, column: 1 }, end: { line, column: length + 1 } },
    status: statusOf(mutant),
    statusReason: reasonOf(mutant),
    duration: ms,
    coveredBy: tests.idsOf([...met, ...failedTests]),
    killedBy: mutant.status === 'killed' ? tests.idsOf(failedTests) : [],
  };
}

function statusOf({ status, timedOut }: JudgedMutant): string {
  const words: Readonly<Record<MutantStatus, string>> = {
    killed: timedOut ? 'Timeout' : 'Killed',
    survived: 'Survived',
    untested: 'NoCoverage',
    void: 'RuntimeError',
    ignored: 'Ignored',
    notApplicable: 'Ignored',
  };
  return words[status];
}

function reasonOf(mutant: JudgedMutant): string {
  const { status, evidence, advice, reason } = mutant;
  const decisions = status === 'survived' || status === 'killed' ? evidence.map(decisionOf) : [];
  const lines = [
    ...(status === 'notApplicable' ? [`not applicable: ${reason ?? ''}`] : reason === null ? [] : [reason]),
    ...decisions,
    ...(decisions.length > 0 ? furtherThan(mutant, evidence.length) : []),
    ...(advice === null ? [] : [advice]),
  ];
  return lines.join('\n');
}

/** The tests that reports name: `file > suite > test`, or without a file. */
class Tests {
  readonly #ids = new Map<string, string>();

  /** A number for each, given to those that are new. */
  idsOf(names: readonly string[]): readonly string[] {
    return [...new Set(names)].map((name) => {
      const id = this.#ids.get(name) ?? String(this.#ids.size + 1);
      this.#ids.set(name, id);
      return id;
    });
  }

  files(): Readonly<Record<string, { readonly tests: readonly { readonly id: string; readonly name: string }[] }>> {
    const all = [...this.#ids].map(([text, id]) => {
      const [, file = 'tests', name = text] = /^(.*?) > (.+)$/s.exec(text) ?? [];
      return { file, test: { id, name } };
    });
    const grouped = Map.groupBy(all, ({ file }) => file);
    return Object.fromEntries([...grouped].map(([file, listed]) => [file, { tests: listed.map(({ test }) => test) }]));
  }
}
