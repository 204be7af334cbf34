import type { MutantEvidence } from '../../client/types.ts';
import type { JudgedMutant, MutantStatus, ProveReport } from '../report.ts';
import { type Demands, verdictOf } from '../verdict.ts';
import { decisionOf, ended, furtherThan, oneLine, requestCount, scoresOf, seconds, timeoutNote } from './words.ts';

/** Colours a text, where it is printed on a terminal. */
export type Paint = (colour: 'green' | 'yellow' | 'red', text: string) => string;

/** How many decisions are shown of a mutant: the other reports have the rest. */
const mostDecisions = 3;
const indent = ' '.repeat(11);

/** The report for a terminal. */
export function textOf(report: ProveReport, demands: Demands, paint: Paint = (_colour, text) => text): string {
  const page: Page = { width: Math.max(0, ...report.mutants.map(({ id }) => oneLine(id).length)), paint };
  const lines = [
    baselineOf(report),
    ...ended(report, 'survived').flatMap((mutant) => survivorOf(mutant, page)),
    ...rowsOf(report, 'untested', page),
    ...killedOf(report, page),
    ...rowsOf(report, 'notApplicable', page),
    ...rowsOf(report, 'ignored', page),
    ...rowsOf(report, 'void', page),
    scoreOf(report, demands, paint),
  ];
  return `${lines.join('\n')}\n`;
}

interface Page {
  /** Of the longest id. */
  readonly width: number;
  readonly paint: Paint;
}

function baselineOf({ baseline: { ms, requests, providers } }: ProveReport): string {
  return `${labelled('baseline')}green in ${seconds(ms)}, ${requestCount(requests)}; called: ${oneLine(providers.join(', ')) || 'none'}`;
}

/** What stays green although it should not: where it was met, what was decided, what to do. */
function survivorOf(mutant: JudgedMutant, page: Page): readonly string[] {
  const shown = mutant.evidence.slice(0, mostDecisions);
  return [
    rowOf('SURVIVED', mutant, mutant.says, page, 'red'),
    ...shown.flatMap((evidence, index) => evidenceOf(evidence, shown[index - 1]?.mark ?? null)),
    ...furtherThan(mutant, shown.length).map((line) => `${indent}  ${line}`),
    ...(mutant.advice === null ? [] : [indent + oneLine(mutant.advice)]),
  ];
}

function evidenceOf(evidence: MutantEvidence, markAbove: string | null): readonly string[] {
  const { mark, says } = evidence;
  return [
    ...(mark === null || mark === markAbove ? [] : [indent + oneLine(mark)]),
    `${indent}  ${decisionOf(evidence)}`,
    ...(says === '' ? [] : [`${indent}    ${oneLine(says)}`]),
  ];
}

/** One line each, with the reason. Of what is void, what to do stands below. */
function rowsOf(report: ProveReport, status: 'untested' | 'notApplicable' | 'ignored' | 'void', page: Page): readonly string[] {
  const [word, colour] = rows[status];
  return ended(report, status).flatMap((mutant) => {
    const { reason, advice, says } = mutant;
    const below = status === 'void' && reason !== null && advice !== null ? [indent + oneLine(advice)] : [];
    return [rowOf(word, mutant, reason ?? advice ?? says, page, colour), ...below];
  });
}

const rows = {
  untested: ['untested', 'yellow'],
  notApplicable: ['n/a', undefined],
  ignored: ['ignored', undefined],
  void: ['void', 'yellow'],
} as const satisfies Partial<Record<MutantStatus, unknown>>;

/** All in one line, with the provider only where there are several; what is noted of one stands below. */
function killedOf(report: ProveReport, { paint }: Page): readonly string[] {
  const killed = ended(report, 'killed');
  if (killed.length === 0) return [];
  const isOneProvider = new Set(report.mutants.map(({ provider }) => provider)).size === 1;
  const names = killed.map((judged) => (isOneProvider ? judged.mutant : judged.id) + timeoutNote(judged));
  return [
    `${paint('green', labelled('killed'))}${killed.length}: ${oneLine(names.join(', '))}`,
    ...killed.flatMap(({ id, reason }) => (reason === null ? [] : [`${indent}${oneLine(`${id}: ${reason}`)}`])),
  ];
}

function scoreOf(report: ProveReport, demands: Demands, paint: Paint): string {
  const { ofAll, ofTested } = scoresOf(report);
  const { status, because } = verdictOf(report, demands);
  const colour = ({ 0: 'green', 1: 'yellow', 2: 'red' } as const)[status];
  return `score ${ofAll}, of the tested ${ofTested}; ${paint(colour, `${because}: status ${status}`)}`;
}

function rowOf(word: string, { id }: JudgedMutant, text: string, { width, paint }: Page, colour?: 'red' | 'yellow'): string {
  const label = labelled(word);
  return `${colour === undefined ? label : paint(colour, label)}${oneLine(id).padEnd(width)}  ${oneLine(text)}`;
}

const labelled = (word: string) => word.padEnd(indent.length);
