// Packs the package and checks what its users rely on: node .ci/package.mjs [--node v22.14.0]. The package holds what it should
// and no more, and publint and are-the-types-wrong find nothing. Installed in an empty folder, its command and its library work
// with the providers' own clients, and refuse an older Node. All of that runs on the Node that runs this file; `--node` fails
// at once where that is another one. Only the build runs on the checkout's own Node, because npm scripts find that first.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, posix } from 'node:path';
import { parseArgs } from 'node:util';
import { folderFor, foldersWithout, install, path, removeScratch, run, scratch } from './scratch-projects.mjs';

// The dashboard may take 90,000 of them.
const mostBytes = 1_000_000;
const typesChecker = '@arethetypeswrong/cli@0.18.5';
const clients = ['@rockset/client@0.9.2', 'rockset@3.3.0', 'estuary-client@1.0.1'];

const { values } = parseArgs({ options: { node: { type: 'string', default: process.version } } });
assert.equal(process.version, values.node, 'this runs on another Node than it was asked for');

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
try {
  const tarball = pack();
  run('npx', ['publint', 'run', tarball, '--strict']);
  run('npx', ['attw', tarball, '--format', 'ascii'], install('types', [typesChecker]));
  const fetched = ['--yes', '--cache', join(scratch, 'cache'), '--package', tarball];
  assert.equal(run('npx', [...fetched, 'latchkey', '--version'], folderFor('nowhere')), `${version}\n`);
  const project = install('project', [tarball]);
  console.log(`installed: ${describeFolder(project)}`);
  checkUse(project);
  checkClients(install('project', clients));
  await checkServer(project);
  checkOldNode(project);
} finally {
  removeScratch();
}

/** Makes the tarball, and checks what is in it. */
function pack() {
  const [{ filename, size, files }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch]));
  const names = files.map(({ path: name }) => name);
  for (const name of [
    'LICENSE',
    'README.md',
    'dist/cli.js',
    'dist/library.d.ts',
    'dist/THIRD-PARTY-LICENSES.txt',
    'seed.schema.json',
  ])
    assert.ok(names.includes(name), `${name} is missing`);
  const allowed =
    /^(LICENSE|[A-Z]+\.md|action\.yml|package\.json|seed\.schema\.json|(dist|migrations|openapi|docs|examples)\/.+|src\/providers\/\w+\/FIDELITY\.md)$/;
  const unwanted = /^test\/|node_modules|package-lock|__pycache__|\.map$|(?<!\.d)\.ts$/;
  assert.deepEqual(
    names.filter((name) => !allowed.test(name) || unwanted.test(name)),
    [],
    'the package has files that it does not need',
  );
  assert.deepEqual(deadLinks(names), [], 'pages of the package link what is not in it');
  assert.ok(size <= mostBytes, `the tarball has ${size} bytes`);
  console.log(`packed: ${names.length} files, ${size} bytes`);
  return join(scratch, filename);
}

/**
 * The links of the packed pages that lead out of the package (found 4.4). Pages for those who change latchkey may link its
 * source and its tests, which only the repository has.
 */
function deadLinks(names) {
  const isForContributors = (page) => /^(CONTRIBUTING|RELEASE)\.md$|^docs\/(adding-|decisions\/)|\/FIDELITY\.md$/.test(page);
  return names
    .filter((name) => name.endsWith('.md'))
    .flatMap((page) => {
      const prose = readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```$|`[^`\n]*`/gm, '');
      const targets = [...prose.matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)/g)].map(([, target]) =>
        posix.join(posix.dirname(page), target),
      );
      const isThere = (target) => names.some((name) => name === target || name.startsWith(`${target}/`));
      const isInRepository = (target) => isForContributors(page) && /^(src|test|\.github)\//.test(target);
      return targets.filter((target) => !isThere(target) && !isInRepository(target)).map((target) => `${page}: ${target}`);
    });
}

/** The command and the library, as a user calls them. */
function checkUse(project) {
  assert.equal(run('npx', ['latchkey', '--version'], project), `${version}\n`);
  const program = `
    import { startLatchkey } from 'latchkey';
    const lk = await startLatchkey();
    console.log((await fetch(lk.url + '/health')).status, (await fetch(lk.url + '/_latchkey/docs')).status);
    await lk.close();`;
  assert.equal(run('node', ['--input-type=module', '-e', program], project), '200 200\n');
  const required = `
    const { startLatchkey } = require('latchkey');
    startLatchkey().then(async (lk) => { console.log((await lk.countRequests()).count); await lk.close(); });`;
  assert.equal(run('node', ['--input-type=commonjs', '-e', required], project), '0\n');
}

/** `latchkey exec` runs a life cycle with each provider's own client, over http and over https. */
function checkClients(project) {
  cpSync('.ci/life-cycles', project, { recursive: true });
  for (const name of ['rockset-client', 'rockset', 'estuary-client']) {
    process.stdout.write(run('npx', ['latchkey', 'exec', '--', 'node', `${name}.mjs`], project));
    const secure = ['sh', '-c', `node ${name}.mjs "$LATCHKEY_TLS_URL"`];
    process.stdout.write(`https: ${run('npx', ['latchkey', 'exec', '--tls', 'self-signed', '--', ...secure], project)}`);
  }
}

/** A server runs on the Node that was asked for, as it says itself, serves a life cycle, and ends well on SIGTERM. */
async function checkServer(project) {
  const command = [join('node_modules', 'latchkey', 'dist', 'cli.js'), '--port', '0', '--log-level', 'error'];
  const env = { ...process.env, PATH: path };
  const server = spawn('node', command, { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    server.stdout.once('data', (chunk) => resolve(/http:\/\/[\w.:]+/.exec(String(chunk))?.[0]));
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
  assert.equal((await fetch(`${url}/_latchkey/health`)).status, 200);
  const metrics = await (await fetch(`${url}/_latchkey/metrics`)).text();
  const [, served] = /^nodejs_version_info\{version="(v[\d.]+)"/m.exec(metrics) ?? [];
  assert.equal(served, process.version, 'the server runs on another Node');
  process.stdout.write(`served by Node ${served}: ${run('node', ['rockset-client.mjs', url], project)}`);
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
}

/** An older Node is refused in one line, if this machine has one. */
function checkOldNode(project) {
  const old = foldersWithout(process.env.PATH, 'node_modules')
    .map((folder) => join(folder, 'node'))
    .find(isOld);
  if (old === undefined) return console.log('there is no older Node on this machine');
  const env = { ...process.env, PATH: [dirname(old), path].join(delimiter) };
  const command = spawnSync(join(project, 'node_modules', '.bin', 'latchkey'), { env, encoding: 'utf8' });
  assert.deepEqual([command.status, command.stdout], [1, '']);
  assert.match(command.stderr, /^latchkey: needs Node\.js 22\.14 or newer, but this is [\d.]+: npm i -D node@24 .+\n$/);
  const program = "import('latchkey').catch(({ message }) => { console.log(message); })";
  const library = spawnSync(old, ['-e', program], { cwd: project, encoding: 'utf8' });
  assert.deepEqual([library.status, library.stderr], [0, '']);
  assert.match(library.stdout, /^latchkey needs Node\.js 22\.14 or newer, but this is [\d.]+: npm i -D node@24 .+\n$/);
  console.log(`${old}: ${command.stderr.trim()}`);
}

function isOld(node) {
  if (!existsSync(node)) return false;
  const [major, minor] = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.').map(Number);
  return major < 22 || (major === 22 && minor < 14);
}

function describeFolder(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const [kilobytes] = run('du', ['-sk', 'node_modules'], folder).split('\t');
  return `${Object.keys(packages).length - 1} packages, ${Math.round(kilobytes / 1024)} MiB`;
}
