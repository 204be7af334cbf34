import { access, appendFile, constants, mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProveReport } from '../report.ts';
import type { Demands } from '../verdict.ts';
import { htmlOf } from './html.ts';
import { jsonOf } from './json.ts';
import { junitOf } from './junit.ts';
import { markdownOf } from './markdown.ts';
import { mutationOf } from './mutation.ts';

/** Where the reports go. */
export interface Places {
  /** As `--report` says; it is made if it is not there. */
  readonly folder: string;
  /** The file that `GITHUB_STEP_SUMMARY` names, which is added to. */
  readonly summary: string | undefined;
}

/** A report that cannot be written, and what to do. */
export class ReportError extends Error {}

const writers: Readonly<Record<string, (report: ProveReport, demands: Demands) => string>> = {
  'prove.json': jsonOf,
  'prove.xml': junitOf,
  'prove.html': htmlOf,
  'prove.md': markdownOf,
  'mutation.json': mutationOf,
};

/**
 * Makes the folder, and takes older reports away, so that none is left where nothing can be judged this time. What cannot be
 * written is known before the command runs. A folder that is a file is a `ReportError`; any other problem is the system's own
 * error, with the path, for whoever words those.
 */
export async function clearFolder(folder: string): Promise<void> {
  await makeFolder(folder);
  await access(folder, constants.W_OK);
  for (const name of Object.keys(writers)) await unlink(join(folder, name)).catch(unlessMissing);
}

/** Writes every report. Its errors are those of `clearFolder`. */
export async function writeReports(report: ProveReport, demands: Demands, { folder, summary }: Places): Promise<void> {
  await makeFolder(folder);
  for (const [name, textOf] of Object.entries(writers)) await writeFile(join(folder, name), textOf(report, demands));
  if (summary !== undefined && summary !== '') await appendFile(summary, `${markdownOf(report, demands)}\n`);
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    const isFile = hasCode(error, 'EEXIST') || hasCode(error, 'ENOTDIR');
    throw isFile ? new ReportError(`--report wants a folder, and ${folder} is a file, or lies below one`) : error;
  });
}

function unlessMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
