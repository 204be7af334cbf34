import type { BehaviourRow, Ledger } from '../src/provider/ledger.ts';
import { aspects, cellsOf, fileOf } from './supported.ts';

/** The text above this line is written by hand, the text below it is generated. */
export const fidelityMark = '<!-- What follows is generated from the ledger by `npm run generate`. -->';

/** A provider's FIDELITY.md with new tables. Throws if it does not have the mark exactly once. */
export function fidelityMarkdown(present: string, ledger: Ledger, name: string): string {
  const [written, ...rest] = present.split(fidelityMark);
  if (rest.length !== 1) throw new Error(`FIDELITY.md of ${name} needs the line ${fidelityMark}, once`);
  const folder = `../../../test/providers/${name}`;
  return `${written}${fidelityMark}\n${operationTable(ledger, folder)}${behaviourTables(ledger, folder)}`;
}

function operationTable({ operations }: Ledger, folder: string): string {
  const rows = Object.entries(operations).map(([id, row]) => `| \`${id}\` | ${cellsOf(row, folder).join(' | ')} |`);
  return table('Operations', ['operation', ...aspects], rows);
}

function behaviourTables({ behaviours }: Ledger, folder: string): string {
  const topics = [...new Set(behaviours.map(({ topic }) => topic))];
  return topics
    .map((topic) => {
      const rows = behaviours.filter((row) => row.topic === topic).map((row) => behaviourRow(row, folder));
      return table(topic, ['behaviour', 'evidence', 'what differs on purpose, or is assumed', 'test'], rows);
    })
    .join('');
}

function behaviourRow(row: BehaviourRow, folder: string): string {
  const file = fileOf(row);
  const name = file.replace(/\.test\.ts$/, '');
  return `| ${cell(row.behaviour)} | ${row.evidence} | ${cell(row.differs ?? '–')} | [${name}](${folder}/${file}) |`;
}

function table(title: string, columns: readonly string[], rows: readonly string[]): string {
  return `\n## ${title}\n\n${[`| ${columns.join(' | ')} |`, `| ${columns.map(() => '---').join(' | ')} |`, ...rows].join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
