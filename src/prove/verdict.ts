import type { MutantStatus, ProveReport } from './report.ts';

/** What is to make the command fail, as `--fail-on` and `--min-score` say. */
export interface Demands {
  readonly failOn: 'survived' | 'untested' | 'never';
  /** In per cent; null: none is demanded. */
  readonly minScore: number | null;
}

/** What the whole comes to. */
export interface Verdict {
  /** 0: pass; 2: findings; 1: it could not be judged. */
  readonly status: 0 | 1 | 2;
  /** Why, in a few words: `2 survived`. */
  readonly because: string;
}

/** Judges a report. What is void, or what has tested nothing, is never a pass. */
export function verdictOf(report: ProveReport, demands: Demands): Verdict {
  const { killed, survived, untested, void: unjudged } = report.counts;
  const isFound = isFinding('survived', report, demands) && survived > 0;
  const isUntested = isFinding('untested', report, demands) && untested > 0;
  const isNothing = killed + survived === 0;
  const reasons = [
    ...(survived > 0 ? [`${survived} survived${isFound ? '' : ', which is not to fail it'}`] : []),
    ...(isUntested ? [`${untested} untested`] : []),
    ...(missesScore(report, demands) ? [`the score is below ${demands.minScore} %`] : []),
    ...(unjudged > 0 ? [`${unjudged} void`] : []),
    ...(isNothing ? ['nothing was tested'] : []),
  ];
  const status = isFound || isUntested ? 2 : unjudged > 0 || isNothing ? 1 : 0;
  return { status, because: reasons.length === 0 ? 'none survived' : reasons.join(', ') };
}

/** Whether a mutant that ended so makes the command fail. A score that is too low is the fault of all that lower it. */
export function isFinding(status: MutantStatus, report: ProveReport, demands: Demands): boolean {
  if (status !== 'survived' && status !== 'untested') return false;
  return demands.failOn === 'untested' || demands.failOn === status || missesScore(report, demands);
}

function missesScore({ score }: ProveReport, { minScore }: Demands): boolean {
  return minScore !== null && score !== null && score < minScore;
}
