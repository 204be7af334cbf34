import type { JudgedMutant, MutantStatus, ProveReport } from './report.ts';

/** How many mutants ended in which way. */
export function countsOf(mutants: readonly JudgedMutant[]): ProveReport['counts'] {
  const count = (status: MutantStatus) => mutants.filter((one) => one.status === status).length;
  return {
    killed: count('killed'),
    survived: count('survived'),
    untested: count('untested'),
    void: count('void'),
    ignored: count('ignored'),
    notApplicable: count('notApplicable'),
  };
}

/** Both scores, in per cent; what is void or not judged counts in neither. */
export function scoresOf({ killed, survived, untested }: ProveReport['counts']): Pick<ProveReport, 'score' | 'scoreOfTested'> {
  const share = (all: number) => (all === 0 ? null : (100 * killed) / all);
  return { score: share(killed + survived + untested), scoreOfTested: share(killed + survived) };
}
