// A stand-in for `docker` on a page, which needs no container engine: a container of the image latchkey is a process of the command, in
// the environment that the options give it, with the page's ports and with folders of the page. Unknown options fail.
// .ci/container checks the image itself.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

const { PAGE_PORT, PAGE_TLS_PORT, PAGE_PROCESSES, PATH } = process.env;
const cli = join(import.meta.dirname, '../../dist/cli.js');
const room = join(dirname(PAGE_PROCESSES), 'docker');
const noteOf = (name) => join(room, `${name}.json`);
mkdirSync(room, { recursive: true });

const commands = { build, run, exec, stop, compose };
try {
  const [name, ...args] = process.argv.slice(2);
  assert.ok(Object.hasOwn(commands, name), `it does not know the command ${name}`);
  await commands[name](args);
} catch (error) {
  console.error(`docker: the pages' runner: ${error.message}`);
  process.exitCode = 2;
}

function build(args) {
  assert.deepEqual(args, ['-t', 'latchkey', '.']);
}

/** `docker run [options] latchkey [arguments]`; always in the background. */
async function run(args) {
  const many = { type: 'string', multiple: true, default: [] };
  const options = {
    ...{ detach: { type: 'boolean', short: 'd' }, rm: { type: 'boolean' }, 'read-only': { type: 'boolean' } },
    ...{ publish: { ...many, short: 'p' }, env: { ...many, short: 'e' }, volume: { ...many, short: 'v' } },
    ...{ name: { type: 'string' }, 'cap-drop': { type: 'string' } },
  };
  // The first word that is not an option is the image.
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const at = tokens.find(({ kind }) => kind === 'positional')?.index ?? args.length;
  assert.equal(args[at], 'latchkey', 'it knows only the image latchkey');
  const { values } = parseArgs({ args: args.slice(0, at), options });
  assert.ok(values.detach, 'a container that is not detached would never end');
  const env = Object.fromEntries(values.env.map((pair) => pair.split(/=(.*)/).slice(0, 2)));
  await start({ name: values.name ?? 'unnamed', env, ports: values.publish, volumes: values.volume, args: args.slice(at + 1) });
}

/** `docker exec NAME node /app/dist/cli.js …`: the command in the same environment. */
function exec([name, node, program, ...args]) {
  assert.deepEqual([node, program], ['node', '/app/dist/cli.js']);
  const { status } = spawnSync('node', [cli, ...args], { env: read(name).env, stdio: 'inherit' });
  process.exitCode = status;
}

async function stop([name, ...more]) {
  assert.deepEqual(more, []);
  process.kill(read(name).id);
  // If this takes too long, the page's shell ends it.
  while (await isListening()) await pause(5);
}

/** `docker compose up --detach --wait`, `docker compose down`. */
async function compose([action, ...args]) {
  const { services, volumes = {}, ...rest } = parse(readFileSync('compose.yaml', 'utf8'));
  assert.deepEqual(rest, {});
  const { image, environment: env = {}, ports = [], volumes: mounts = [], read_only: _isReadOnly, ...more } = services.latchkey;
  assert.deepEqual([Object.keys(services), image, more], [['latchkey'], 'latchkey', {}]);
  for (const [source] of mounts.map((mount) => mount.split(':')))
    assert.ok(/^[./]/.test(source) || Object.hasOwn(volumes, source), `the volume ${source} is not declared`);
  if (action === 'down') return stop(['compose']);
  assert.deepEqual([action, args], ['up', ['--detach', '--wait']]);
  await start({ name: 'compose', env, ports, volumes: mounts, args: [] });
}

/** Starts a container and waits until it is ready, as its health check would say. */
async function start({ name, env, ports, volumes, args }) {
  const published = { '5282:5282': { LATCHKEY_PORT: PAGE_PORT }, '5283:5283': { LATCHKEY_TLS_PORT: PAGE_TLS_PORT } };
  for (const port of ports) assert.ok(Object.hasOwn(published, port), `it does not know the port ${port}`);
  const mounted = volumes.map((volume) => mountOf(volume.split(':')));
  const inPlace = (text) => mounted.reduce((path, { target, source }) => path.replace(target, source), String(text));
  const given = Object.fromEntries(Object.entries(env).map(([variable, value]) => [variable, inPlace(value)]));
  const whole = { PATH, LATCHKEY_LOG_LEVEL: 'warn', ...Object.assign({}, ...ports.map((port) => published[port])), ...given };
  const data = join(room, 'data');
  mkdirSync(data, { recursive: true });
  const log = openSync(join(room, 'log'), 'a');
  const options = { cwd: data, env: whole, detached: true, stdio: ['ignore', 'pipe', log] };
  const child = spawn('node', [cli, ...args.map(inPlace)], options);
  writeFileSync(PAGE_PROCESSES, `${child.pid}\n`, { flag: 'a' });
  writeFileSync(noteOf(name), JSON.stringify({ id: child.pid, env: whole }));
  await new Promise((ready, reject) => {
    child.stdout.once('data', ready);
    child.once('exit', () => reject(new Error(`it does not start: ${readFileSync(join(room, 'log'), 'utf8')}`)));
  });
  // The container keeps running when this command ends.
  child.stdout.destroy();
  child.unref();
}

/** A folder or file of the page, or a named volume, which is a folder that outlives the container. */
function mountOf([source, target, mode]) {
  assert.ok([undefined, 'ro'].includes(mode), `it does not know the mode ${mode}`);
  if (/^[./]/.test(source)) {
    assert.ok(existsSync(source), `${source} does not exist`);
    return { source: resolve(source), target };
  }
  const volume = join(room, 'volumes', source);
  mkdirSync(volume, { recursive: true });
  return { source: volume, target };
}

function read(name) {
  return JSON.parse(readFileSync(noteOf(name), 'utf8'));
}

function isListening() {
  return new Promise((found) => {
    const socket = connect(Number(PAGE_PORT), '127.0.0.1');
    socket.on('connect', () => found(socket.destroy() && true));
    socket.on('error', () => found(false));
  });
}
