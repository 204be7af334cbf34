import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defineCommand } from '../../../src/cli/command.ts';
import { htmlOf } from '../../../src/prove/reports/html.ts';
import { jsonOf } from '../../../src/prove/reports/json.ts';
import { junitOf } from '../../../src/prove/reports/junit.ts';
import { markdownOf } from '../../../src/prove/reports/markdown.ts';
import { mutationOf } from '../../../src/prove/reports/mutation.ts';
import { clearFolder, writeReports } from '../../../src/prove/reports/write.ts';
import { example, usual } from './example.ts';

let scratch = '';
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'latchkey-reports-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

/** What a command prints that does this. */
async function problemsOf(act: () => Promise<void>): Promise<readonly string[]> {
  const problems: string[] = [];
  const command = defineCommand({
    options: {},
    run: async () => {
      await act();
      return undefined;
    },
  });
  const around = { env: {}, folder: scratch, paint: (_colour: string, text: string) => text, print: () => {} };
  const status = await command.run([], { ...around, printProblem: (problem) => problems.push(problem) });
  expect(status).toBe(problems.length === 0 ? 0 : 1);
  return problems;
}

test('every report is written to a folder that is made, and again over what is there', async () => {
  const folder = join(scratch, 'out', 'prove');
  await writeReports(example, usual, { folder, summary: undefined });
  writeFileSync(join(folder, 'prove.json'), 'x'.repeat(100_000));
  await writeReports(example, usual, { folder, summary: '' });
  expect(contents(folder)).toEqual({
    'prove.json': jsonOf(example),
    'prove.xml': junitOf(example, usual),
    'prove.html': htmlOf(example, usual),
    'prove.md': markdownOf(example, usual),
    'mutation.json': mutationOf(example, usual),
  });
});

test("a job's summary is added to", async () => {
  const summary = join(scratch, 'summary.md');
  writeFileSync(summary, 'before\n');
  await writeReports(example, usual, { folder: join(scratch, 'out'), summary });
  expect(readFileSync(summary, 'utf8')).toBe(`before\n${markdownOf(example, usual)}\n`);
});

const written = (folder: string, summary?: string) => problemsOf(() => writeReports(example, usual, { folder, summary }));
const cleared = (folder: string) => problemsOf(() => clearFolder(folder));

test.each([
  ['when they are written', written],
  ['before anything runs', cleared],
])('what cannot be written is named, in words for a person: %s', async (_when, problems) => {
  writeFileSync(join(scratch, 'file'), '');
  const wants = (folder: string) => [`--report wants a folder, and ${folder} is a file, or lies below one`];
  expect(await problems(join(scratch, 'file'))).toEqual(wants(join(scratch, 'file')));
  expect(await problems(join(scratch, 'file', 'below'))).toEqual(wants(join(scratch, 'file', 'below')));
  mkdirSync(join(scratch, 'taken', 'prove.xml'), { recursive: true });
  expect(await problems(join(scratch, 'taken'))).toEqual([`${join(scratch, 'taken', 'prove.xml')}: it is a folder, not a file`]);
});

test("a job's summary that cannot be added to is named", async () => {
  const summary = join(scratch, 'nowhere', 'summary.md');
  expect(await written(join(scratch, 'out'), summary)).toEqual([`${summary}: its folder does not exist`]);
});

test('older reports are taken away, and nothing else', async () => {
  const folder = join(scratch, 'out');
  await writeReports(example, usual, { folder, summary: undefined });
  writeFileSync(join(folder, 'other.json'), '{}');
  expect(await cleared(folder)).toEqual([]);
  expect(contents(folder)).toEqual({ 'other.json': '{}' });
});
