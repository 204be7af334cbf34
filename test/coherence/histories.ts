import type { Disturbance, Ending, History, Outcome, Sent, Subject } from '../../.ci/coherence/history.ts';

/** A request at replica 1, unless something else is said. */
export function sent(subject: Subject, begun: number, answered: number, outcome: Outcome = 'done', replica = 1): Sent {
  return { subject, begun, answered, outcome, replica, told: `${subject.about}: ${outcome}` };
}

/** Requests that are about the key `k`. */
export const issue = (begun: number, answered: number, outcome?: Outcome) =>
  sent({ about: 'issue', key: 'k' }, begun, answered, outcome);
export const revocation = (begun: number, answered: number, outcome?: Outcome) =>
  sent({ about: 'revocation', key: 'k' }, begun, answered, outcome);
export const ask = (begun: number, answered: number, outcome?: Outcome, replica = 2) =>
  sent({ about: 'ask', key: 'k' }, begun, answered, outcome, replica);
export const lastAsk = (begun: number, answered: number, outcome?: Outcome, replica = 2) =>
  sent({ about: 'ask', key: 'k', isLast: true }, begun, answered, outcome, replica);

export function historyOf(
  all: readonly Sent[],
  disturbances: readonly Disturbance[] = [],
  endings: readonly Ending[] = [],
): History {
  return { sent: all, disturbances, endings };
}
