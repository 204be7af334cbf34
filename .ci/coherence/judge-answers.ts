import type { Disturbance, Ending, History, Sent, Span } from './history.ts';
import type { Finding } from './judge.ts';

/** How long after a disturbance a replica may still say 503: it notices a connection that is silent after 2 s, and connects anew. */
export const recoveryMs = 3000;
/** How long after a replica was killed a connection to it may still turn out to be broken. */
const breakingMs = 500;

/** Which answers, and which ends of processes, no disturbance explains. */
export function judgeUnderDisturbance({ sent, disturbances, endings }: History): Finding[] {
  return [
    ...sent.flatMap((one) => judgeAnswer(one, disturbances)),
    ...endings.filter((one) => !isExplained(one, disturbances)).map(endedByItself),
  ];
}

function judgeAnswer(one: Sent, disturbances: readonly Disturbance[]): Finding[] {
  const about = (kind: Finding['kind'], text: string): Finding[] => [
    { kind, text: `replica ${one.replica} ${text}`, evidence: [one] },
  ];
  switch (one.outcome) {
    case 'unavailable':
      if (disturbances.some((disturbance) => overlaps(disturbance, one, recoveryMs))) return [];
      return about('503 at rest', 'said 503 while nothing was disturbed');
    case 'broken':
      if (disturbances.some((disturbance) => isKillOf(disturbance, one.replica) && overlaps(disturbance, one, breakingMs)))
        return [];
      return about('connection broken', 'broke a connection, although it was not killed');
    case 'silent':
      return about('no answer', 'did not answer in time');
    case 'odd':
      return about('odd answer', 'gave an answer that nothing allows');
    default:
      return [];
  }
}

/** Whoever was killed, or could not start because PostgreSQL could not be reached, did not end by itself. */
function isExplained({ replica, startedAt, at, wasReady, wasKilled }: Ending, disturbances: readonly Disturbance[]): boolean {
  if (wasKilled) return true;
  const starting = { begun: startedAt, answered: at };
  return !wasReady && disturbances.some((one) => !isKillOf(one, replica) && overlaps(one, starting, recoveryMs));
}

function endedByItself(ending: Ending): Finding {
  return { kind: 'ended by itself', text: `replica ${ending.replica} ended by itself`, evidence: [ending] };
}

function isKillOf({ kind, replica }: Disturbance, killed: number): boolean {
  return kind === 'kill' && replica === killed;
}

function overlaps(disturbance: Disturbance, { begun, answered }: Span, graceMs: number): boolean {
  return disturbance.begun <= answered && begun <= disturbance.answered + graceMs;
}
