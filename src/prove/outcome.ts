import type { JudgedMutant, MutantStatus, ProveReport } from './report.ts';

/** What counts as a finding. */
export interface Demands {
  /** `untested`: those that survived, too. */
  readonly failOn: 'survived' | 'untested' | 'never';
  /** The lowest score of all, in per cent, that passes. */
  readonly minScore: number | undefined;
}

type Counts = ProveReport['counts'];

/** How many mutants ended in which way. */
export function countsOf(mutants: readonly JudgedMutant[]): Counts {
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

/** Both scores, in per cent. */
export function scoresOf({ killed, survived, untested }: Counts): Pick<ProveReport, 'score' | 'scoreOfTested'> {
  const share = (all: number) => (all === 0 ? null : (100 * killed) / all);
  return { score: share(killed + survived + untested), scoreOfTested: share(killed + survived) };
}

/**
 * What it comes to. Findings come first: they stand, whatever else could not be judged. Without any, a void mutant, and a suite
 * that met no mutant at all, leave it open whether it would have noticed: that is no pass, even with `--fail-on never`.
 */
export function outcomeOf(counts: Counts, { failOn, minScore }: Demands): ProveReport['outcome'] {
  const { survived, untested, killed } = counts;
  const { score } = scoresOf(counts);
  const findings = [
    ...(failOn !== 'never' && survived > 0 ? [`${survived} survived`] : []),
    ...(failOn === 'untested' && untested > 0 ? [`${untested} untested`] : []),
    ...(minScore !== undefined && score !== null && score < minScore ? [`the score is below ${minScore} %`] : []),
  ];
  if (findings.length > 0) return { status: 2, says: findings.join(', ') };
  if (counts.void > 0) return { status: 1, says: `inconclusive: ${counts.void} void` };
  if (killed + survived === 0) return { status: 1, says: 'inconclusive: no mutant was met, so nothing was judged' };
  return { status: 0, says: survived === 0 ? 'none survived' : `${survived} survived, which was not to fail` };
}
