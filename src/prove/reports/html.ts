import { createHash } from 'node:crypto';
import type { JudgedMutant, ProveReport } from '../report.ts';
import { type Demands, verdictOf } from '../verdict.ts';
import { ringOf } from './html-ring.ts';
import { style } from './html-style.ts';
import { shownWithin, table } from './html-text.ts';
import {
  changeOf,
  commandOf,
  ended,
  moreThan,
  requestCount,
  requestOf,
  scoresOf,
  seconds,
  statuses,
  timeoutNote,
  wordOf,
} from './words.ts';

/** What a page may have. */
export const mostBytes = 150_000;

/** How much is shown: decisions of each survivor, and bytes of each text that others have written. */
interface Budget {
  readonly decisions: number;
  readonly bytes: number;
}

/** The first with which the page is small enough is taken. */
const budgets: readonly Budget[] = [
  { decisions: 20, bytes: 600 },
  { decisions: 5, bytes: 400 },
  { decisions: 2, bytes: 250 },
  { decisions: 1, bytes: 150 },
  { decisions: 0, bytes: 90 },
];

/** The report as one page: no script, no font, nothing that is loaded. */
export function htmlOf(report: ProveReport, demands: Demands): string {
  let page = '';
  for (const budget of budgets) {
    page = pageOf(report, demands, budget);
    if (Buffer.byteLength(page) <= mostBytes) break;
  }
  return page;
}

function pageOf(report: ProveReport, demands: Demands, budget: Budget): string {
  const { status, because } = verdictOf(report, demands);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>latchkey prove: ${because}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>latchkey prove: ${because}</h1>
<p>Status ${status}. Would the tests notice if a provider failed to refuse?</p>
<p class="quiet">${baselineOf(report, budget)}</p>
</header>
<main>
${scoreOf(report)}
${survivorsOf(report, budget)}
${byProvider(report, budget)}
${everyMutant(report, budget)}
</main>
<footer><p>latchkey ${shownWithin(report.version, 40)}: <code>${shownWithin(commandOf(report), budget.bytes)}</code></p></footer>
</body>
</html>
`;
}

function baselineOf({ baseline: { ms, requests, providers } }: ProveReport, { bytes }: Budget): string {
  return `Without a mutant: green in ${seconds(ms)}, ${requestCount(requests)} to ${shownWithin(providers.join(', '), bytes)}`;
}

function scoreOf(report: ProveReport): string {
  const { ofAll, ofTested } = scoresOf(report);
  const counts = statuses.map(
    (status) => `<th scope="row">${wordOf[status]}</th><td class="number">${report.counts[status]}</td>`,
  );
  const scores = [`<th scope="row">score</th><td>${ofAll}</td>`, `<th scope="row">of the tested</th><td>${ofTested}</td>`];
  const rows = [...scores, ...counts];
  const outcomes = table({ id: 'outcomes', caption: 'How the mutants ended', heading: ['Outcome', 'Mutants'], rows });
  return `<section aria-labelledby="score">
<h2 id="score">Score</h2>
<div class="score">${ringOf(report)}${outcomes}</div>
</section>`;
}

function survivorsOf(report: ProveReport, budget: Budget): string {
  const survivors = ended(report, 'survived');
  const articles = survivors.map((mutant) => survivorOf(mutant, anchorOf(report, mutant), budget));
  return `<section aria-labelledby="survivors">
<h2 id="survivors">Survived: ${survivors.length}</h2>
${articles.length === 0 ? '<p>No mutant that the tests met stayed unnoticed.</p>' : articles.join('\n')}
</section>`;
}

function survivorOf(mutant: JudgedMutant, anchor: string, budget: Budget): string {
  const decisions = mutant.evidence.slice(0, budget.decisions);
  const more = moreThan(mutant, decisions.length);
  const text = (value: string) => shownWithin(value, budget.bytes);
  const rows = decisions.map(
    (one) => `<td>${text(one.mark ?? '')}</td><td><code>${text(requestOf(one))}</code></td>
<td><code>${text(changeOf(one))}</code></td><td>${text(one.says)}</td>`,
  );
  const caption = `What ${shownWithin(mutant.id, 60)} decided`;
  return `<article id="${anchor}">
<h3>${shownWithin(mutant.id, 60)}: ${text(mutant.says)}</h3>
${mutant.advice === null ? '' : `<p>${text(mutant.advice)}</p>`}
${rows.length === 0 ? '' : table({ id: `${anchor}-decisions`, caption, heading: decisionHeading, rows })}
${more > 0 ? `<p class="quiet">… and ${more} more decisions, which are not shown.</p>` : ''}
</article>`;
}

const decisionHeading = ['Test', 'Request', 'Truth, and answer', 'What happened'];

/** A word and a colour for each mutant of each provider. */
function byProvider(report: ProveReport, budget: Budget): string {
  const providers = [...new Set([...report.baseline.providers, ...report.mutants.map(({ provider }) => provider)])];
  const rows = [...Map.groupBy(report.mutants, ({ mutant }) => mutant)].map(([name, judged]) => {
    const cells = providers.map((provider) =>
      cellOf(
        report,
        judged.find((one) => one.provider === provider),
      ),
    );
    return `<th scope="row">${shownWithin(name, 60)}</th>${cells.join('')}`;
  });
  const heading = ['Mutant', ...providers.map((provider) => shownWithin(provider, budget.bytes))];
  return `<section aria-labelledby="providers">
<h2 id="providers">Mutants by provider</h2>
${table({ id: 'by-provider', caption: 'How each mutant of each provider ended', heading, rows })}
</section>`;
}

function cellOf(report: ProveReport, judged: JudgedMutant | undefined): string {
  if (judged === undefined) return '<td>not tried</td>';
  const word = wordOf[judged.status] + timeoutNote(judged);
  const content = judged.status === 'survived' ? `<a href="#${anchorOf(report, judged)}">${word}</a>` : word;
  return `<td class="${judged.status}">${content}</td>`;
}

/** The survivors first. */
function everyMutant(report: ProveReport, budget: Budget): string {
  const rows = statuses.flatMap((status) => ended(report, status)).map((mutant) => rowOf(mutant, budget));
  const heading = ['Mutant', 'Outcome', 'Reached', 'Acted', 'Took', 'What and why'];
  return `<section aria-labelledby="every">
<h2 id="every">Every mutant</h2>
${table({ id: 'each', caption: 'What is wrong with each mutant, how often its decision was reached, and how it ended', heading, rows })}
</section>`;
}

function rowOf(judged: JudgedMutant, budget: Budget): string {
  const { id, status, says, reached, acted, ms, reason, advice, failedTests } = judged;
  const text = (value: string) => shownWithin(value, budget.bytes);
  // What to do about a survivor stands with its decisions.
  const parts = [says, reason, status === 'survived' ? null : advice].flatMap((part) => (part === null ? [] : [text(part)]));
  if (failedTests.length > 0) parts.push(`noticed by ${text(failedTests.join(', '))}`);
  return `<th scope="row">${shownWithin(id, 60)}</th><td class="${status}">${wordOf[status]}${timeoutNote(judged)}</td>
<td class="number">${reached}</td><td class="number">${acted}</td><td class="number">${seconds(ms)}</td>
<td>${parts.join('<br>')}</td>`;
}

const anchorOf = (report: ProveReport, mutant: JudgedMutant) => `mutant-${report.mutants.indexOf(mutant) + 1}`;
