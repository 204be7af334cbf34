// Executes every fenced block of README.md, CONTRIBUTING.md, docs/ and the examples' pages, and compares its output with what the
// page shows. All pages, or those that are named. Needs dist/, bash and curl.
//
// Each page has its own folder, in which the package is installed, and its own latchkey, which answers wherever the page says
// localhost:5282 (and localhost:5283, over https). The language of a block decides what is done with it:
//
// | block                | what is done with it                                                                                |
// | -------------------- | --------------------------------------------------------------------------------------------------- |
// | `sh`                 | runs in the page's shell, with the variables and files of the blocks before it, and must not fail.  |
// |                      | Lines `# …` are the last output of the commands above them. In them `…` stands for any text; alone  |
// |                      | on a line, for any lines. An answer with `"error"` has to be shown                                  |
// | `sh` that starts one | a latchkey with `&`, or a container, takes the place of the page's latchkey                         |
// | `js`                 | runs as an ES module; each `console.log(…); // …` says what it prints                               |
// | any with a file name | is written to that file, which a later `sh` block has to use; workflows are compared with action.yml |
// | listed in elsewhere  | runs in another part of the gate                                                                    |
//
// Any other block fails. A block that calls Python or openssl is skipped if that is not installed, and the page's line of output says
// so. documents/commands.mjs makes the commands that a page may call and that are not installed: they run what was built.
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
    ...(executed > 0 ? [executed === 1 ? '1 code block is right' : `${executed} code blocks are right`] : []),
    ...(elsewhere > 0 ? [`${elsewhere} checked by another part of the gate`] : []),
    ...skipped.map((reason) => `SKIPPED ${reason}`),
  ];
  return parts.length === 0 ? 'no code' : parts.join(', ');
}
