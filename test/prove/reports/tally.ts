import type { MutantStatus } from '../../../src/prove/report.ts';
import { type Element, readXml } from './xml.ts';

/** How many mutants ended how, as a text says. */
export type Tally = Readonly<Record<MutantStatus, number>>;

function tally(count: (status: MutantStatus) => number): Tally {
  return {
    ...{ killed: count('killed'), survived: count('survived'), untested: count('untested') },
    ...{ void: count('void'), ignored: count('ignored'), notApplicable: count('notApplicable') },
  };
}

const numberIn = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
const word = (status: MutantStatus) => (status === 'notApplicable' ? 'n/a' : status);

export function ofText(text: string): Tally {
  const rows = (status: MutantStatus) => {
    const label = (status === 'survived' ? 'SURVIVED' : word(status)).padEnd(11);
    return text.split('\n').filter((line) => line.startsWith(label)).length;
  };
  return tally((status) => (status === 'killed' ? numberIn(text, /^killed {5}(\d+): /m) : rows(status)));
}

interface ReadReport {
  readonly counts: Tally;
  readonly mutants: readonly { readonly status: MutantStatus }[];
}

/** Of its counts, and of its mutants. */
export function ofJson(text: string): readonly [Tally, Tally] {
  const { counts, mutants }: ReadReport = JSON.parse(text);
  return [counts, tally((wanted) => mutants.filter(({ status }) => status === wanted).length)];
}

/** Of its test cases; those that are about the run and not about a mutant are not counted. */
export function ofJunit(text: string): Tally {
  const [suite] = readXml(text).elements;
  const cases = suite?.elements.filter(({ name, attributes }) => name === 'testcase' && attributes.get('name') !== 'prove') ?? [];
  const ended = cases.map(endOf);
  return tally((status) => ended.filter((one) => one === (status === 'notApplicable' ? 'not applicable' : status)).length);
}

function endOf({ elements }: Element): string | undefined {
  const found = elements.find(({ name }) => name !== 'system-out');
  if (found === undefined) return 'killed';
  return found.attributes.get('type') ?? /^(not applicable|\w+)/.exec(found.attributes.get('message') ?? '')?.[0];
}

/** Of its table of counts, and of its table of mutants. */
export function ofHtml(text: string): readonly [Tally, Tally] {
  const every = text.slice(text.indexOf('id="every"'));
  return [
    tally((status) => numberIn(text, new RegExp(`<th scope="row">${word(status)}</th><td class="number">(\\d+)</td>`))),
    tally((status) => every.split(`<td class="${status}">`).length - 1),
  ];
}

/** Of its table of counts, and of what it lists. */
export function ofMarkdown(text: string): readonly [Tally, Tally] {
  const headings = text.split('\n').filter((line) => line.startsWith('### survived: ')).length;
  const listed = (status: MutantStatus) =>
    numberIn(text, new RegExp(`^<details><summary>${word(status)}: (\\d+)</summary>$`, 'm'));
  return [
    tally((status) => numberIn(text, new RegExp(`^\\| ${word(status)} \\| (\\d+) \\|$`, 'm'))),
    tally((status) => (status === 'survived' ? headings : listed(status))),
  ];
}

interface ReadMutation {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string; readonly statusReason: string }[] }>
  >;
}

export function ofMutation(text: string): Tally {
  const { files }: ReadMutation = JSON.parse(text);
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const statuses: Readonly<Record<MutantStatus, readonly string[]>> = {
    killed: ['Killed', 'Timeout'],
    survived: ['Survived'],
    untested: ['NoCoverage'],
    void: ['RuntimeError'],
    ignored: ['Ignored'],
    notApplicable: ['Ignored'],
  };
  return tally(
    (wanted) =>
      mutants.filter(
        ({ status, statusReason }) =>
          statuses[wanted].includes(status) &&
          (status !== 'Ignored' || statusReason.startsWith('not applicable: ') === (wanted === 'notApplicable')),
      ).length,
  );
}
