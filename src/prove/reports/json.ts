import type { MutantEvidence } from '../../client/types.ts';
import type { JudgedMutant, ProveReport } from '../report.ts';

/** The report for programs, in one line. It holds what the shape names and no more, whatever the value carries besides. */
export function jsonOf({ version, command, baseline, score, scoreOfTested, counts, mutants }: ProveReport): string {
  const { killed, survived, untested, void: unjudged, ignored, notApplicable } = counts;
  const { ms, requests, providers } = baseline;
  const picked: ProveReport = {
    version,
    command,
    baseline: { ms, requests, providers },
    score,
    scoreOfTested,
    counts: { killed, survived, untested, void: unjudged, ignored, notApplicable },
    mutants: mutants.map(mutantOf),
  };
  return `${JSON.stringify(picked)}\n`;
}

function mutantOf(judged: JudgedMutant): JudgedMutant {
  const { id, mutant, provider, status, says, reached, acted, ms, timedOut, evidence, failedTests, advice, reason } = judged;
  return {
    ...{ id, mutant, provider, status, says, reached, acted, ms, timedOut },
    ...{ evidence: evidence.map(evidenceOf), failedTests, advice, reason },
  };
}

function evidenceOf(one: MutantEvidence): MutantEvidence {
  const { request, mark, provider, operation, method, path, key, truth, answered, says } = one;
  return {
    ...{ request, mark, provider, operation, method, path },
    key: key === null ? null : { hint: key.hint, name: key.name },
    truth: { status: truth.status, code: truth.code },
    ...{ answered, says },
  };
}
