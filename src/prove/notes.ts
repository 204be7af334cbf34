import type { Attempt } from './attempt.ts';

/**
 * What to know of a kill: that it may be one by knock-on, where the mutant broke what every test needs instead of one that met
 * it, or that only latchkey was asked. Null if there is nothing to say.
 */
export function noteOn(attempt: Attempt): string | null {
  const notes = [...knockOnOf(attempt), ...(isAskedOnly(attempt) ? [askedOnly] : [])];
  return notes.length === 0 ? null : notes.join('; ');
}

const askedOnly = 'your own code never met the refusal: latchkey was asked, the provider was not';

function isAskedOnly({ mutant }: Attempt): boolean {
  return isWhole(mutant) && mutant.evidence.every(({ answered }) => answered === null);
}

function knockOnOf({ tests, mutant }: Attempt): readonly string[] {
  const failed = (tests ?? []).filter(({ hasFailed }) => hasFailed);
  if (tests === null || failed.length === 0) return [];
  if (tests.length > 1 && failed.length === tests.length) return ['knock-on: every test failed'];
  const marks = mutant.evidence.flatMap(({ mark }) => (mark === null ? [] : [mark]));
  // Without a mark for each decision it cannot be told which test met it.
  if (!isWhole(mutant) || marks.length < mutant.evidence.length) return [];
  const hasMet = failed.some(({ title }) => marks.some((mark) => isOf(mark, title)));
  return hasMet ? [] : ['knock-on: no test that failed met the mutant'];
}

/** Runners name a test differently in their files and in the marks that they send: the end is the same. */
function isOf(mark: string, title: string): boolean {
  const last = mark.slice(mark.lastIndexOf(' > ') + 1).replace(/^> /, '');
  return mark.endsWith(title) || title.endsWith(last);
}

/** Whether the evidence has every decision: latchkey keeps the first ones. */
function isWhole({ acted, evidence }: Attempt['mutant']): boolean {
  return evidence.length > 0 && evidence.length >= acted;
}
