// Walks as a new user does, with each Node.js that a machine may have first on the path: in a checkout, what the README and
// docs/getting-started.md say, word by word, and in an empty folder, what a package that a checkout made needs (found 4.1 to 4.3).
// Takes what npm has already fetched. Everything is in a folder of its own, which is removed at the end; the ports are free ones.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeBlocksOf, readPage } from '../scripts/markdown.ts';
import { compareShell, partsOf } from './documents/expected.mjs';
import { freePorts } from './documents/servers.mjs';
import { folderFor, installNode, pathWith, removeScratch, run } from './scratch-projects.mjs';

const root = resolve(import.meta.dirname, '..');
const { version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** The oldest of which the README speaks, the oldest that the package promises, and the checkout's own. */
const [older, oldest, own] = ['20.20.2', '22.14.0', devDependencies.node];
const blocks = codeBlocksOf(readPage(root, 'docs/getting-started.md')).filter(({ code }) => code.includes('npx latchkey &'));
assert.equal(blocks.length, 2, 'docs/getting-started.md starts a latchkey in a checkout and from the package');
const [inCheckout, asPackage] = blocks.map(({ code }) => code);

const nodes = new Map();
const [longestMs, longestStopMs] = [180_000, 2000];

const home = folderFor('home');
const checkout = join(home, 'latchkey');
const environment = { HOME: home, npm_config_cache: ownCache(), npm_config_update_notifier: 'false' };
try {
  copyCheckout();
  await walkCheckout(older, inCheckout);
  for (const other of [oldest, own]) await walkCheckout(other, withoutFirstLine(inCheckout));
  await follow('from the package', oldest, asPackage, folderFor('project'));
  await follow('from the package', own, withoutFirstLine(asPackage), folderFor('other-project'));
  await refuseOlder(folderFor('older-project'));
} finally {
  removeScratch();
}

/** The files of this checkout that are, or would be, in the repository. Nothing is installed or built in the copy. */
function copyCheckout() {
  for (const name of run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], root)
    .split('\0')
    .filter(Boolean)) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(checkout, name));
  }
}

/** npm's cache, but with no commands in it that `npx` fetched earlier. */
function ownCache() {
  const cache = folderFor('cache');
  const fetched = join(run('npm', ['config', 'get', 'cache']).trim(), '_cacache');
  if (existsSync(fetched)) symlinkSync(fetched, join(cache, '_cacache'));
  return cache;
}

/** What a checkout offers: the first steps, the command, `npm start`, and tests, of which one file shows that they start. */
async function walkCheckout(wanted, block) {
  await follow('in a checkout', wanted, block, checkout);
  assert.match(await shell('npx latchkey --help', wanted, checkout), /latchkey exec -- npm test/);
  assert.equal(await shell('npx --silent latchkey exec -- node --version', wanted, checkout), `v${own}\n`);
  // npm finds the checkout's own Node.js for it, so one walk is enough.
  if (wanted === older)
    assert.match(await shell('npm test -- --no-color test/clock.test.ts', wanted, checkout), /Test Files +1 passed \(1\)/);
  await shell(`node '${join(root, '.ci/npm-start.mjs')}'`, wanted, checkout);
  console.log(`Node ${wanted}: in the checkout, npx latchkey, npm start and npm test work`);
}

/** Runs a block of a page, and ends what it starts in the background. */
async function follow(how, wanted, block, folder) {
  const [port] = await freePorts(1);
  const [{ commands, expected }, ...others] = partsOf(block.replaceAll(':5282', `:${port}`));
  assert.deepEqual(others, []);
  const printed = await shell(`${commands}\necho '== end'\nkill $!\nwait $! || true`, wanted, folder, {
    LATCHKEY_PORT: String(port),
  });
  const [shown] = printed.split('== end\n');
  compareShell(shown, expected);
  assert.ok(shown.includes(`"version":"${version}"`), shown);
  assert.doesNotMatch(shown, /EBADENGINE|npm warn/, 'npm warns of what a checkout is made for');
  await stopped(port);
  console.log(`Node ${wanted}: ${how}, docs/getting-started.md works word by word`);
}

/** An older Node.js gets one line that says what to do, and doing that helps. */
async function refuseOlder(folder) {
  const refusal = `needs Node.js 22.14 or newer, but this is ${older}: npm i -D node@24 gives a project its own, which npx and npm scripts use\n`;
  await shell('npm i -D ~/latchkey-*.tgz', older, folder);
  const command = await shell('npx latchkey || echo "ended with $?"', older, folder);
  assert.equal(command, `latchkey: ${refusal}ended with 1\n`);
  for (const load of ["import('latchkey')", "Promise.resolve().then(() => require('latchkey'))"]) {
    const program = `${load}.catch(({ message }) => console.log(message))`;
    assert.equal(await shell(`node -e "${program}"`, older, folder), `latchkey ${refusal}`);
  }
  await shell('npm i -D node@24', older, folder);
  assert.match(await shell('npx latchkey exec -- node --version', older, folder), /^v24\./m);
  console.log(`Node ${older}: the package is refused in one line, and works once that is done`);
}

/** Runs commands in bash with this Node.js first on the path, and gives everything they print. Nothing of them stays. */
async function shell(commands, wanted, cwd, variables = {}) {
  if (!nodes.has(wanted)) nodes.set(wanted, wanted === own ? process.execPath : installNode(wanted));
  const env = { ...process.env, PATH: pathWith(nodes.get(wanted)), ...environment, ...variables };
  const child = spawn('bash', ['-euc', commands], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), longestMs);
  const [status] = await once(child, 'exit');
  clearTimeout(timer);
  if (status !== 0) process.kill(-child.pid, 'SIGKILL');
  assert.equal(status, 0, `Node ${wanted}, in ${cwd}:\n${commands}\n${printed}`);
  return printed;
}

async function stopped(port) {
  const until = performance.now() + longestStopMs;
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/_latchkey/health`).then(
      () => true,
      () => false,
    );
  while (await answers()) {
    assert.ok(performance.now() < until, 'the latchkey behind npx outlives it');
    await pause(20);
  }
}

function withoutFirstLine(block) {
  return block.slice(block.indexOf('\n') + 1);
}
