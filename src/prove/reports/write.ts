import { appendFile, mkdir, writeFile } from 'node:fs/promises';
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

/**
 * Writes every report. A folder that is a file is a `ReportError`; any other problem is the system's own error, with the path, for
 * whoever words those.
 */
export async function writeReports(report: ProveReport, demands: Demands, { folder, summary }: Places): Promise<void> {
  const markdown = markdownOf(report, demands);
  const files = {
    'prove.json': jsonOf(report),
    'prove.xml': junitOf(report, demands),
    'prove.html': htmlOf(report, demands),
    'prove.md': markdown,
    'mutation.json': mutationOf(report, demands),
  };
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    const isFile = error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR');
    throw isFile ? new ReportError(`--report wants a folder, and ${folder} is a file, or lies below one`) : error;
  });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  if (summary !== undefined && summary !== '') await appendFile(summary, `${markdown}\n`);
}
