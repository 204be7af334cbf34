import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { filesLike } from './files.ts';

/** A test that a run wrote into a JUnit file. Tests that were skipped are left out. */
export interface TestResult {
  /** With what it is in: `weak.test.mjs > a revoked key fails`. */
  readonly name: string;
  /** Without. */
  readonly title: string;
  readonly hasFailed: boolean;
}

/** Files as they were, so that those which a run writes can be told from older ones. */
export type Stamps = ReadonlyMap<string, string>;

/** The files that a pattern names now. */
export async function stampsOf(pattern: string, folder: string): Promise<Stamps> {
  const stamps = new Map<string, string>();
  for await (const file of filesLike(pattern, folder)) {
    const found = await stat(file, { bigint: true }).catch(() => undefined);
    if (found?.isFile()) stamps.set(file, `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`);
  }
  return stamps;
}

/** The tests in the files that were written since. A file that is not JUnit's XML, or was cut off, has none. */
export async function testsSince(before: Stamps, pattern: string, folder: string): Promise<readonly TestResult[]> {
  const tests: TestResult[] = [];
  for (const [file, stamp] of await stampsOf(pattern, folder)) {
    if (before.get(file) !== stamp) tests.push(...testsIn(await readFile(file, 'utf8'), folder));
  }
  return tests;
}

/** The tests in the text of a JUnit file. Files with tests are named from the folder. */
export function testsIn(text: string, folder: string): readonly TestResult[] {
  try {
    const { root } = parseXml(text);
    return root === null ? [] : testsBelow(root, folder);
  } catch {
    return [];
  }
}

function testsBelow(element: XmlElement, folder: string): readonly TestResult[] {
  const inside = element.children.filter((child) => child instanceof XmlElement);
  if (element.name !== 'testcase') return inside.flatMap((child) => testsBelow(child, folder));
  const kinds = new Set(inside.map(({ name }) => name));
  if (kinds.has('skipped')) return [];
  const { name: title = '', classname = '', file = classname } = element.attributes;
  // Node.js has this for the class of every test.
  const place = file === 'test' ? '' : isAbsolute(file) ? relative(folder, file) : file;
  const name = [place, title].filter((part) => part !== '').join(' > ');
  return [{ name, title, hasFailed: kinds.has('failure') || kinds.has('error') }];
}
