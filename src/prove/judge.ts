import { isItCached } from './advice.ts';
import type { Attempt } from './attempt.ts';

/** What a run proves of its mutant. */
export interface Judgement {
  readonly status: 'killed' | 'survived' | 'untested' | 'void';
  readonly timedOut: boolean;
  readonly reason: string | null;
}

const hasActed = ({ mutant }: Attempt) => mutant.acted > 0;

/**
 * Judges a run with a mutant that the first run would have met. `again`: it is red though nothing was wrong, so that the first
 * run is repeated, and then this one. Runs that are broken are no judge's business.
 */
export function judge(attempt: Attempt): Judgement | 'again' {
  const timedOut = attempt.ending.kind === 'timeout';
  if (timedOut) return hasActed(attempt) ? { status: 'killed', timedOut, reason: null } : tooSlow;
  if (attempt.ending.kind === 'green')
    return hasActed(attempt)
      ? { status: 'survived', timedOut, reason: null }
      : { status: 'untested', timedOut, reason: notMet(attempt) };
  return hasActed(attempt) ? { status: 'killed', timedOut, reason: null } : 'again';
}

/** Judges the second run of a mutant that did nothing in the first one, which was red all the same. */
export function judgeSecond(attempt: Attempt): Judgement {
  const judgement = judge(attempt);
  if (judgement === 'again') return { status: 'void', timedOut: false, reason: 'red twice, though the mutant decided nothing' };
  if (judgement.status !== 'untested') return judgement;
  return { status: 'void', timedOut: false, reason: 'red once and green once, though the mutant decided nothing' };
}

const tooSlow: Judgement = { status: 'void', timedOut: true, reason: 'it took too long, though the mutant decided nothing' };

function notMet({ seen }: Attempt): string {
  const unmet = 'reached without a mutant, not with it';
  return seen.requests === 0 ? `${unmet}; no request came at all: ${isItCached}` : unmet;
}
