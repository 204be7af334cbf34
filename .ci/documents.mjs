// Executes every fenced block of README.md, CONTRIBUTING.md, docs/ and the examples' own pages, and compares what they say comes out:
// all pages, or those that are named. Needs dist/, bash and curl.
//
// Each page has a folder of its own, in which the package is installed, and a latchkey of its own, which answers wherever the page
// says localhost:5282 (and localhost:5283, over https). The language of a block says what is done with it:
//
// | block                | is                                                                                                  |
// | -------------------- | --------------------------------------------------------------------------------------------------- |
// | `sh`                 | run by the page's shell, so that it has the variables and files of those before it. It must not fail. |
// |                      | Lines `# …` are what the commands above them print last; `…` stands for anything, alone in its line   |
// |                      | for any lines. An answer with `"error"` has to be shown so                                           |
// | `sh` that starts one | a latchkey with `&`, or a container: it takes the place of the page's latchkey                       |
// | `js`                 | run as an ES module; each `console.log(…); // …` says what it prints                                |
// | any with a file name | written to that file, which a `sh` block after it has to use; a workflow is held against action.yml   |
// | listed in elsewhere  | run by another part of the gate                                                                     |
//
// Anything else fails. A block that calls Python or openssl where there is none is skipped, and the page's line says so. The commands
// that a page may call and that are not here are made by documents/commands.mjs: they run what is built.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeBlocksOf, pagesWithCode, readPage } from '../scripts/markdown.ts';
import { projectWithPackage } from '../test/support/installed.ts';
import { makeCommands } from './documents/commands.mjs';
import { checkElsewhere } from './documents/elsewhere.mjs';
import { runPage } from './documents/page.mjs';
import { checkSelf } from './documents/self-check.mjs';

const root = resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const pages = pagesWithCode(root).map((name) => ({ name, blocks: codeBlocksOf(readPage(root, name)) }));
const unknown = wanted.filter((page) => !pages.some(({ name }) => name === page));
if (unknown.length > 0) throw new Error(`no such pages: ${unknown.join(', ')}`);
checkSelf();
checkElsewhere(pages);

const project = projectWithPackage();
let failed = 0;
try {
  const commands = makeCommands(project, root);
  for (const page of pages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    try {
      const counts = await runPage(page, { folder: join(project, page.name.replaceAll('/', '-')), root, commands });
      console.log(`${page.name}: ${inWords(counts)}`);
    } catch (error) {
      failed += 1;
      console.error(`${page.name}: ${error.message}`);
    }
  }
} finally {
  rmSync(project, { recursive: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function inWords({ executed, elsewhere, skipped }) {
  const parts = [
    ...(executed > 0 ? [executed === 1 ? '1 code block does what it says' : `${executed} code blocks do what they say`] : []),
    ...(elsewhere > 0 ? [`${elsewhere} run by another part of the gate`] : []),
    ...skipped.map((reason) => `SKIPPED ${reason}`),
  ];
  return parts.length === 0 ? 'no code' : parts.join(', ');
}
