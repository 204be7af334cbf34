import type { MutantEvidence } from '../../client/types.ts';
import type { JudgedMutant, MutantStatus, ProveReport } from '../report.ts';

/** How a mutant ended, in the words of every report. */
export const wordOf: Readonly<Record<MutantStatus, string>> = {
  killed: 'killed',
  survived: 'survived',
  untested: 'untested',
  void: 'void',
  ignored: 'ignored',
  notApplicable: 'n/a',
};

/** The same, in the order of every report that lists them. */
export const statuses: readonly MutantStatus[] = ['survived', 'untested', 'void', 'killed', 'ignored', 'notApplicable'];

/** The mutants that ended so. */
export function ended(report: ProveReport, status: MutantStatus): readonly JudgedMutant[] {
  return report.mutants.filter((mutant) => mutant.status === status);
}

/**
 * A text as one line that says what it seems to say: names come from clients, and a terminal obeys control characters, a reader the
 * letters that turn the direction of a text. Half a letter, which no encoding has, is marked too.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

/** One decision: `GET /v1/orgs/self with Qz81kd… (nightly): 401 key_revoked → 200`. */
export function decisionOf(evidence: MutantEvidence): string {
  return oneLine(`${requestOf(evidence)}: ${changeOf(evidence)}`);
}

/** The request, and its key. */
export function requestOf({ method, path, key }: MutantEvidence): string {
  const asked = method === null ? 'latchkey itself was asked' : `${method} ${path ?? ''}`;
  if (key === null) return oneLine(asked);
  const { hint, name } = key;
  return oneLine(
    `${asked} ${method === null ? 'about' : 'with'} ${hint}\u2026${name === null || name === '' ? '' : ` (${name})`}`,
  );
}

/** What the provider answers, and what was answered instead, if that differs. */
export function changeOf({ truth, answered }: MutantEvidence): string {
  const right = truth.code === null ? String(truth.status) : `${truth.status} ${truth.code}`;
  const instead = answered === null ? (truth.code === null ? 'refused' : 'accepted') : String(answered);
  return oneLine(right === instead ? right : `${right} \u2192 ${instead}`);
}

/** What follows the name or the outcome of a mutant whose run took too long. */
export function timeoutNote({ timedOut }: JudgedMutant): string {
  return timedOut ? ' (timeout)' : '';
}

/** What stands below the decisions that are shown, if there were more. */
export function furtherThan(mutant: JudgedMutant, shown: number): readonly string[] {
  const more = moreThan(mutant, shown);
  return more > 0 ? [`\u2026 and ${more} more`] : [];
}

/** How many decisions there were besides those that are shown. */
export function moreThan({ acted, evidence }: JudgedMutant, shown: number): number {
  return Math.max(acted, evidence.length) - shown;
}

/** `11 requests`. */
export function requestCount(requests: number): string {
  return requests === 1 ? '1 request' : `${requests} requests`;
}

/** How long something took: `1.6 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** `40 %`. What is rounded never becomes all, or nothing. */
export function perCent(score: number | null): string {
  if (score === null) return 'none';
  const rounded = Math.round(score);
  return `${rounded === 100 && score < 100 ? 99 : rounded === 0 && score > 0 ? 1 : rounded} %`;
}

/** The score, of all and of the tested: `40 % (4 of 10)`. */
export function scoresOf({ score, scoreOfTested, counts: { killed, survived, untested } }: ProveReport) {
  return {
    ofAll: `${perCent(score)} (${killed} of ${killed + survived + untested})`,
    ofTested: `${perCent(scoreOfTested)} (${killed} of ${killed + survived})`,
  };
}

/** The command, as it would be typed, more or less. */
export function commandOf({ command }: ProveReport): string {
  return oneLine(command.map((word) => (/^[\w./:@%+,=~-]+$/.test(word) ? word : JSON.stringify(word))).join(' '));
}
