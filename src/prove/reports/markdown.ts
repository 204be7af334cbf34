import type { JudgedMutant, MutantStatus, ProveReport } from '../report.ts';
import { type Demands, verdictOf } from '../verdict.ts';
import {
  commandOf,
  decisionOf,
  ended,
  furtherThan,
  oneLine,
  requestCount,
  scoresOf,
  seconds,
  statuses,
  timeoutNote,
  wordOf,
} from './words.ts';

/** How many decisions are shown of a mutant, and how long a text of others may be: GitHub takes a megabyte of a step. */
const mostDecisions = 2;
const mostLetters = 300;

/** The report for the summary of a job. */
export function markdownOf(report: ProveReport, demands: Demands): string {
  const { status, because } = verdictOf(report, demands);
  const { ofAll, ofTested } = scoresOf(report);
  const { ms, requests, providers } = report.baseline;
  const blocks = [
    `## latchkey prove: ${because}`,
    `Score ${ofAll}, of the tested ${ofTested}; status ${status}. Without a mutant: green in ${seconds(ms)}, ${requestCount(requests)} to ${plain(providers.join(', '))}.`,
    tableOf(
      ['outcome', 'mutants'],
      statuses.map((one) => [wordOf[one], String(report.counts[one])]),
    ),
    ...ended(report, 'survived').map(survivorOf),
    ...(['untested', 'void', 'killed', 'ignored', 'notApplicable'] as const).flatMap((one) => listOf(report, one)),
    `latchkey ${plain(report.version)}: <code>${plain(commandOf(report))}</code>`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function survivorOf(mutant: JudgedMutant): string {
  const decisions = mutant.evidence.slice(0, mostDecisions);
  const lines = [
    ...decisions.map((one) => {
      const test = one.mark === null ? '' : `${plain(one.mark)}: `;
      return `- ${test}<code>${plain(decisionOf(one))}</code>${one.says === '' ? '' : `<br>${plain(one.says)}`}`;
    }),
    ...furtherThan(mutant, decisions.length).map((line) => `- ${line}`),
  ];
  const blocks = [
    `### survived: ${plain(mutant.id)}: ${plain(mutant.says)}`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...(mutant.advice === null ? [] : [plain(mutant.advice)]),
  ];
  return blocks.join('\n\n');
}

/** A list of those that ended so, folded. */
function listOf(report: ProveReport, status: MutantStatus): readonly string[] {
  const mutants = ended(report, status);
  if (mutants.length === 0) return [];
  const rows = mutants.map((mutant) => [
    plain(mutant.id) + timeoutNote(mutant),
    plain(mutant.says),
    [mutant.reason, mutant.advice].flatMap((part) => (part === null ? [] : [plain(part)])).join('<br>'),
  ]);
  const summary = `<summary>${wordOf[status]}: ${mutants.length}</summary>`;
  return [`<details>${summary}`, tableOf(['mutant', 'what is wrong then', 'why, and what to do'], rows), '</details>'];
}

function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A text that Markdown takes as it is: what could be markup in it, a link, or the begin of a list, is an entity. */
function plain(text: string): string {
  const letters = [...oneLine(text).trim()];
  const cut = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('');
  return cut.replaceAll(/^-|^\d(?=\d*[.)]\s)|[!-+:<-@[-`{-~]|(?<=www)\./gi, (letter) => `&#${letter.charCodeAt(0)};`);
}
