import type { JudgedMutant, MutantStatus, ProveReport } from '../report.ts';
import { type Demands, isFinding, verdictOf } from '../verdict.ts';
import { commandOf, decisionOf, furtherThan, scoresOf } from './words.ts';

/**
 * The report as JUnit's XML: one test suite, one test case for each mutant. A finding is a failure, what is void an error, what does
 * not count is skipped. A run that tested nothing has one more test case, an error: without it nobody would see red.
 */
export function junitOf(report: ProveReport, demands: Demands): string {
  const cases = report.mutants.map((mutant) => caseOf(mutant, report, demands));
  const { status, because } = verdictOf(report, demands);
  const hasError = cases.some(({ kind }) => kind === 'error');
  if (status === 1 && !hasError)
    cases.push({
      kind: 'error',
      xml: element('testcase', inconclusive, element('error', { type: 'inconclusive', message: because })),
    });
  const count = (kind: Kind) => String(cases.filter((one) => one.kind === kind).length);
  const time = timeOf(report.mutants.reduce((sum, { ms }) => sum + ms, report.baseline.ms));
  const counts = {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time,
  };
  const suite = element(
    'testsuite',
    { name: 'latchkey prove', ...counts },
    propertiesOf(report, demands),
    ...cases.map(({ xml }) => xml),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'latchkey prove', ...counts }, suite)}`;
}

type Kind = 'passed' | 'failure' | 'error' | 'skipped';
type Attributes = Readonly<Record<string, string>>;

const inconclusive: Attributes = { classname: 'latchkey', name: 'prove', time: timeOf(0) };

function caseOf(mutant: JudgedMutant, report: ProveReport, demands: Demands): { readonly kind: Kind; readonly xml: string } {
  const kind = kindOf(mutant.status, report, demands);
  const attributes = { classname: mutant.provider, name: mutant.mutant, time: timeOf(mutant.ms) };
  const message = messageOf(mutant);
  const evidence = escaped(evidenceOf(mutant));
  if (kind === 'skipped')
    return { kind, xml: element('testcase', attributes, element('skipped', { message }), systemOut(evidence)) };
  if (kind === 'passed') return { kind, xml: element('testcase', attributes, systemOut(escaped(mutant.reason ?? ''))) };
  return { kind, xml: element('testcase', attributes, wrapped(kind, { type: mutant.status, message }, evidence)) };
}

function kindOf(status: MutantStatus, report: ProveReport, demands: Demands): Kind {
  if (status === 'killed') return 'passed';
  if (status === 'void') return 'error';
  return isFinding(status, report, demands) ? 'failure' : 'skipped';
}

/** One sentence. */
function messageOf({ status, says, reason }: JudgedMutant): string {
  const why = reason === null ? '' : `: ${reason}`;
  const sentences: Readonly<Record<MutantStatus, string>> = {
    killed: says,
    survived: `survived: ${says}, and the suite stays green`,
    untested: `untested (${says})${why}`,
    void: `void (${says})${why}`,
    ignored: `ignored (${says})${why}`,
    notApplicable: `not applicable (${says})${why}`,
  };
  return sentences[status];
}

/** Each decision, and what to do. */
function evidenceOf(mutant: JudgedMutant): string {
  const lines = [
    ...mutant.evidence.flatMap((one) => [
      ...(one.mark === null ? [] : [one.mark]),
      `  ${decisionOf(one)}`,
      ...(one.says === '' ? [] : [`    ${one.says}`]),
    ]),
    ...furtherThan(mutant, mutant.evidence.length).map((line) => `  ${line}`),
    ...(mutant.advice === null ? [] : [mutant.advice]),
  ];
  return lines.join('\n');
}

function propertiesOf(report: ProveReport, { failOn, minScore }: Demands): string {
  const { ofAll, ofTested } = scoresOf(report);
  const values = {
    version: report.version,
    command: commandOf(report),
    score: ofAll,
    scoreOfTested: ofTested,
    failOn,
    ...(minScore !== null && { minScore: String(minScore) }),
  };
  const all = Object.entries(values).map(([name, value]) => element('property', { name, value }));
  return element('properties', {}, ...all);
}

/** An element that holds others. */
function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const content = inside.join('');
  const open = `<${name}${attributesOf(attributes)}`;
  return content === '' ? `${open}/>\n` : `${open}>\n${content}</${name}>\n`;
}

/** An element that holds text, which is escaped already. */
function wrapped(name: string, attributes: Attributes, text: string): string {
  return text === '' ? element(name, attributes) : `<${name}${attributesOf(attributes)}>${text}</${name}>\n`;
}

const systemOut = (text: string) => (text === '' ? '' : wrapped('system-out', {}, text));

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll(/[\t\n]/g, (space) => `&#${space.charCodeAt(0)};`)}"`)
    .join('');
}

/** What XML forbids, even escaped, is marked. The `>` is escaped for `]]>`, the carriage return because a reader drops it. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"\r]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** In seconds, as JUnit has it. */
function timeOf(ms: number): string {
  return (ms / 1000).toFixed(3);
}
