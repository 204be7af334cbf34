import { type Ending, type History, isAbout, kindsOfDisturbance, type Outcome, type Sent, type Subject } from './history.ts';
import { type Finding, judge, kindsOfFinding } from './judge.ts';

/** What a run was meant to show. */
export type Mode =
  /** Nothing that cannot be. */
  | 'law'
  /** Stale acceptances: the replicas learn of changes too late, on purpose. */
  | 'stale'
  /** Stale acceptances and lost keys: the replicas share nothing, on purpose. */
  | 'apart';

export interface Verdict {
  /** 0: as it was meant to be; 1: too little was seen to say so; 2: not so. */
  readonly status: 0 | 1 | 2;
  /** The table, the evidence, and the judgement. */
  readonly text: string;
}

/** What a run must have seen before it can pass. */
const least = { requests: 1000, revocations: 100, moves: 20, faults: 10 };
const mostEvidence = 5;
/** A replica without PostgreSQL says 503 within 2 s. */
const lateMs = 2500;

export function verdictOn(history: History, mode: Mode, replicas: number): Verdict {
  const findings = judge(history);
  const rows = [...countsOf(history), ...kindsOfFinding.map((kind): Row => [kind, String(countOf(findings, kind))])];
  const [status, sentence] = judgement(history, findings, mode, replicas);
  const shown =
    mode === 'law'
      ? evidenceOf(findings)
      : evidenceOf(
          findings.filter(({ kind }) => kind === 'stale acceptance'),
          1,
        );
  return { status, text: [...rows.map(([name, value]) => `${name.padEnd(34)}${value}`), ...shown, sentence].join('\n') };
}

type Row = readonly [name: string, value: string];

function judgement(history: History, findings: readonly Finding[], mode: Mode, replicas: number): [Verdict['status'], string] {
  const wanted = { law: [], stale: ['stale acceptance'], apart: ['stale acceptance', 'lost'] } as const;
  const blind = wanted[mode].filter((kind) => countOf(findings, kind) === 0);
  if (blind.length > 0) return [2, `coherence check failed: it did not see what it must see here: ${blind.join(', ')}`];
  if (mode !== 'law') return [0, `coherence check passed: it sees ${wanted[mode].join(' and ')}`];
  if (findings.length > 0) return [2, `coherence check failed: ${findings.length} findings`];
  const missing = [...tooFewIn(history, replicas), ...uncounted(history.sent, replicas)];
  if (missing.length > 0) return [1, `coherence check is inconclusive: ${missing.join('; ')}`];
  return [0, 'coherence check passed'];
}

/** What a run has seen too little of. */
export function tooFewIn(history: History, replicas: number): readonly string[] {
  const seen = {
    requests: history.sent.filter(({ outcome }) => outcome === 'done' || outcome === 'refused').length,
    revocations: count(history, 'revocation', 'done'),
    moves: count(history, 'move', 'done'),
    faults: count(history, 'shot', 'done'),
  };
  const names = ['requests', 'revocations', 'moves', 'faults'] as const;
  const few = names.filter((name) => seen[name] < least[name]).map((name) => `${seen[name]} of ${least[name]} ${name} at least`);
  const silent = Array.from({ length: replicas }, (_, index) => index + 1).filter(
    (replica) => !history.sent.some((one) => one.replica === replica && one.subject.about === 'ask' && one.outcome === 'done'),
  );
  const undisturbed = kindsOfDisturbance.filter((kind) => !history.disturbances.some((one) => one.kind === kind));
  return [
    ...few,
    ...silent.map((replica) => `replica ${replica} accepted no key`),
    ...undisturbed.map((kind) => `no disturbance of the kind ${kind}`),
  ];
}

/** Each issued key must have been asked for at the end, at every replica, with a definite answer. */
function uncounted(sent: readonly Sent[], replicas: number): readonly string[] {
  const asked = new Set(
    sent
      .filter(isAbout('ask'))
      .filter(({ subject, outcome }) => subject.isLast && (outcome === 'done' || outcome === 'refused'))
      .map(({ subject, replica }) => `${subject.key} ${replica}`),
  );
  const issued = sent.filter(isAbout('issue')).filter(({ outcome }) => outcome === 'done').length;
  const missing = issued * replicas - asked.size;
  return missing === 0 ? [] : [`${missing} of ${issued * replicas} answers are missing at the end`];
}

function countsOf(history: History): readonly Row[] {
  const { sent, disturbances } = history;
  const late = sent.filter(({ begun, answered }) => answered - begun > lateMs).length;
  const longest = sent.reduce((most, { begun, answered }) => Math.max(most, answered - begun), 0);
  const kinds = kindsOfDisturbance.map((kind) => `${kind} ${disturbances.filter((one) => one.kind === kind).length}`);
  const answered = (outcome: Outcome) => String(sent.filter((one) => one.outcome === outcome).length);
  return [
    ['requests', String(sent.length)],
    ['acceptances', String(count(history, 'ask', 'done'))],
    ['refusals', String(count(history, 'ask', 'refused'))],
    ['503s', answered('unavailable')],
    ['broken connections', answered('broken')],
    ['answers after 2.5 s, the last', `${late}, ${Math.round(longest)} ms`],
    ['keys issued', String(count(history, 'issue', 'done'))],
    ['revocations answered', String(count(history, 'revocation', 'done'))],
    ['clock moves answered', String(count(history, 'move', 'done'))],
    ['faults added, hits', `${count(history, 'fault', 'done')}, ${count(history, 'shot', 'done')}`],
    ['disturbances', kinds.join(', ')],
  ];
}

function count({ sent }: History, about: Subject['about'], outcome: Outcome): number {
  return sent.filter((one) => one.subject.about === about && one.outcome === outcome).length;
}

function countOf(findings: readonly Finding[], kind: Finding['kind']): number {
  return findings.filter((one) => one.kind === kind).length;
}

/** The first few of each kind: what follows is mostly the same. */
function evidenceOf(findings: readonly Finding[], most = mostEvidence): readonly string[] {
  return kindsOfFinding.flatMap((kind) =>
    findings
      .filter((one) => one.kind === kind)
      .slice(0, most)
      .flatMap(({ text, evidence }) => [`${kind}: ${text}`, ...evidence.map((one) => `    ${lineOf(one)}`)]),
  );
}

function lineOf(one: Sent | Ending): string {
  if ('at' in one)
    return `replica ${one.replica}, started at ${inSeconds(one.startedAt)}, ended at ${inSeconds(one.at)}: ${one.told}`;
  return `replica ${one.replica}, begun ${inSeconds(one.begun)}, answered ${inSeconds(one.answered)}: ${one.told}`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(4)} s`;
}
