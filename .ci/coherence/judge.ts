import { type About, type Ending, type History, isAbout, type Sent } from './history.ts';
import { judgeUnderDisturbance } from './judge-answers.ts';
import { judgeFaults } from './judge-faults.ts';

/** What may not be, in the order in which it is told. */
export const kindsOfFinding = [
  'stale acceptance',
  'good key refused',
  'lost',
  'back',
  'fault hit too often',
  'fault hit too seldom',
  'ended by itself',
  '503 at rest',
  'connection broken',
  'no answer',
  'odd answer',
] as const;
export type KindOfFinding = (typeof kindsOfFinding)[number];

export interface Finding {
  readonly kind: KindOfFinding;
  /** The key, the fault or the replica that it is about, and what cannot be. */
  readonly text: string;
  /** The requests that show it: the cause first. */
  readonly evidence: readonly (Sent | Ending)[];
}

/**
 * What of a history cannot be if each change that was answered is seen by each request that begins later, at whichever replica.
 * What was in progress at the same time may have happened in either order, and what was not answered may have happened or not,
 * even later: neither is ever a finding.
 */
export function judge(history: History): readonly Finding[] {
  const { sent } = history;
  const found = [...judgeKeys(sent), ...judgeFaults(sent), ...judgeUnderDisturbance(history)];
  return found.toSorted((one, other) => kindsOfFinding.indexOf(one.kind) - kindsOfFinding.indexOf(other.kind));
}

function judgeKeys(sent: readonly Sent[]): Finding[] {
  const asks = Map.groupBy(sent.filter(isAbout('ask')), ({ subject }) => subject.key);
  const revocations = Map.groupBy(sent.filter(isAbout('revocation')), ({ subject }) => subject.key);
  const moves = Map.groupBy(sent.filter(isAbout('move')), ({ subject }) => subject.clock);
  return sent.filter(isAbout('issue')).flatMap((issue) => {
    // Of a key whose issue was not answered nobody knows the secret.
    if (issue.outcome !== 'done') return [];
    const { key, clock } = issue.subject;
    const asked = asks.get(key) ?? [];
    if (clock !== undefined) return judgeByClock(issue, asked, moves.get(clock) ?? []);
    return judgeByRevocation(issue, asked, revocations.get(key) ?? []);
  });
}

function judgeByRevocation(
  issue: About<'issue'>,
  asks: readonly About<'ask'>[],
  revocations: readonly About<'revocation'>[],
): Finding[] {
  const firstAttempt = earliest(revocations, 'begun');
  const mayBeRevoked = ({ answered }: Sent) => firstAttempt !== undefined && firstAttempt.begun <= answered;
  // A refusal that somebody was told shows that the revocation was done, as does its own answer.
  const gone = earliest(
    [...revocations.filter(isDone), ...revocations.filter(isRefused), ...asks.filter(isRefused)].filter(mayBeRevoked),
    'answered',
  );
  const stale = asks.filter(isDone).filter(({ begun }) => gone !== undefined && begun > gone.answered);
  const unfounded = asks.filter(isRefused).filter((ask) => ask.begun > issue.answered && !mayBeRevoked(ask));
  return [
    ...stale.map((ask) =>
      finding(ask, ['back', 'stale acceptance'], 'was accepted after its end was answered', [gone ?? issue, ask]),
    ),
    ...unfounded.map((ask) =>
      finding(ask, ['lost', 'good key refused'], 'was refused, although nobody had begun to revoke it', [issue, ask]),
    ),
    ...lostBefore(issue, firstAttempt),
  ];
}

/** The first attempt to revoke a key finds it, unless it was lost. Later ones may find out that the first has succeeded. */
function lostBefore(issue: About<'issue'>, firstAttempt: About<'revocation'> | undefined): Finding[] {
  if (firstAttempt?.outcome !== 'refused') return [];
  const text = `${issue.subject.key} was not found by the first attempt to revoke it`;
  return [{ kind: 'lost', text, evidence: [issue, firstAttempt] }];
}

function judgeByClock(issue: About<'issue'>, asks: readonly About<'ask'>[], moves: readonly About<'move'>[]): Finding[] {
  const inOrder = moves.toSorted((one, other) => one.begun - other.begun);
  // What was not answered may happen at any time from then on.
  const unsure = inOrder.find(({ outcome }) => outcome !== 'done')?.begun ?? Number.POSITIVE_INFINITY;
  return asks.flatMap((ask) => {
    if (ask.answered >= unsure || ask.begun <= issue.answered) return [];
    const last = inOrder.findLast(({ answered }) => answered < ask.begun);
    const meanwhile = inOrder.filter(({ begun, answered }) => begun <= ask.answered && answered >= ask.begun);
    const possible = new Set([last?.subject.over ?? false, ...meanwhile.map(({ subject }) => subject.over)]);
    const cause = last ?? issue;
    if (isDone(ask) && !possible.has(false))
      return [
        finding(ask, ['back', 'stale acceptance'], 'was accepted after the move over its expiry was answered', [cause, ask]),
      ];
    if (isRefused(ask) && !possible.has(true))
      return [finding(ask, ['lost', 'good key refused'], 'was refused, although its clock was before its expiry', [cause, ask])];
    return [];
  });
}

function finding(
  { subject }: About<'ask'>,
  [atTheEnd, before]: readonly [KindOfFinding, KindOfFinding],
  text: string,
  evidence: readonly Sent[],
): Finding {
  return { kind: subject.isLast ? atTheEnd : before, text: `${subject.key} ${text}`, evidence };
}

function isDone({ outcome }: Sent): boolean {
  return outcome === 'done';
}

function isRefused({ outcome }: Sent): boolean {
  return outcome === 'refused';
}

function earliest<One extends Sent>(all: readonly One[], by: 'begun' | 'answered'): One | undefined {
  return all.reduce<One | undefined>((first, one) => (first === undefined || one[by] < first[by] ? one : first), undefined);
}
