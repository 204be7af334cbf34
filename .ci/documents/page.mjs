// Executes the blocks of one page.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { languages } from '../../scripts/markdown.ts';
import { isElsewhere } from './elsewhere.mjs';
import { compareModule, compareShell, partsOf } from './expected.mjs';
import { freePorts, startServer, stopServers } from './servers.mjs';
import { Shell } from './shell.mjs';
import { checkWorkflow } from './workflow.mjs';

const runFile = promisify(execFile);

/** Programs that some machines do not have. */
const optional = ['python3', 'openssl'];

/** Gives how many blocks were executed, and which were not. Throws an error with the line of a block that does not do what it shows. */
export async function runPage({ name, blocks }, { folder, root, commands }) {
  const here = blocks.filter((block) => !isElsewhere(name, block));
  const counts = { executed: 0, elsewhere: blocks.length - here.length, skipped: [] };
  if (here.length === 0) return counts;
  const page = await openPage(folder, root, commands);
  try {
    for (const [index, block] of here.entries()) {
      const missing = optional.find((program) => block.code.includes(`${program} `) && !isHere(program));
      if (missing !== undefined) {
        counts.skipped.push(`line ${block.line}: ${missing} is not installed`);
        continue;
      }
      try {
        await runBlock(block, here.slice(index + 1), page);
        counts.executed += 1;
      } catch (error) {
        throw new Error(`line ${block.line}: ${error.stderr ?? ''}${error.message}`);
      }
    }
  } finally {
    await stopServers(page);
    await page.shell.close();
  }
  return counts;
}

function isHere(program) {
  return spawnSync(program, ['--help']).error === undefined;
}

/** Makes the page's project folder, as in a checkout, with a list of the started processes beside it. */
async function openPage(folder, root, commands) {
  const cwd = join(folder, 'project');
  mkdirSync(cwd, { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  symlinkSync(join(root, 'examples'), join(cwd, 'examples'));
  const [port, tlsPort] = await freePorts(2);
  const processes = join(folder, 'processes');
  const env = {
    PATH: [commands, dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TMPDIR: join(folder, 'tmp'),
    PAGE_PORT: String(port),
    PAGE_TLS_PORT: String(tlsPort),
    PAGE_PROCESSES: processes,
    PAGE_LOG: join(folder, 'log'),
  };
  return { root, cwd, env, port, tlsPort, processes, shell: new Shell({ folder, cwd, env }), isServed: false };
}

async function runBlock({ language, file, code }, later, page) {
  assert.ok(
    languages.has(language),
    `there is no rule for ${language === '' ? 'a block without a language' : `the language ${language}`}`,
  );
  const text = code
    .replaceAll(/(localhost|127\.0\.0\.1):5282\b/g, `$1:${page.port}`)
    .replaceAll(/(localhost|127\.0\.0\.1):5283\b/g, `$1:${page.tlsPort}`);
  if (file !== undefined) return keepFile(file, text, later, page);
  if (startsServer(text)) await stopServers(page);
  else if (!page.isServed) await startServer(page);
  page.isServed = true;
  if (language === 'sh') return runShell(text, page);
  assert.equal(language, 'js', `a block of ${language} needs the name of its file: \`\`\`${language} name`);
  const module = join(page.cwd, 'block.mjs');
  writeFileSync(module, text);
  const { stdout } = await runFile(process.execPath, [module], { cwd: page.cwd, env: page.env, timeout: 60_000 });
  compareModule(text, stdout);
}

/** Whether a block starts a latchkey in the background, by itself or in a container. */
function startsServer(code) {
  return /^(npx )?latchkey( serve)?( -.*)? &$|^docker (run|compose up)\b/m.test(code);
}

async function runShell(code, { shell }) {
  for (const { commands, expected } of partsOf(code)) compareShell(await shell.run(commands), expected);
}

/** Writes the file that a block shows. A later `sh` block has to use it. */
function keepFile(file, text, later, { cwd, root }) {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text);
  if (file.startsWith('.github/workflows/')) return checkWorkflow(text, root);
  const use = file === 'compose.yaml' ? 'docker compose' : file;
  const isUsed = later.some(({ language, code }) => language === 'sh' && code.includes(use));
  assert.ok(isUsed, `no later sh block uses ${file}: none contains ${use}`);
}
