// Projects as users of the package have them: folders outside the repository, removed at the end.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';

export const scratch = mkdtempSync(join(tmpdir(), 'latchkey-package-'));
export const path = pathWith(process.execPath);

export function removeScratch() {
  rmSync(scratch, { recursive: true });
}

/** Installs packages into a folder that is empty, or holds what an earlier call installed. */
export function install(name, packages) {
  const folder = folderFor(name);
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{}');
  run('npm', ['install', '--no-audit', '--no-fund', ...packages], folder);
  return folder;
}

/** A path on which `npx` and what it starts find this Node first. The commands of this checkout are not on it. */
export function pathWith(node) {
  return [dirname(node), ...foldersWithout(process.env.PATH, 'node_modules')].join(delimiter);
}

/** Another Node.js: the program, from npm's package `node`. */
export function installNode(version) {
  const node = join(install(`node-${version}`, [`node@${version}`]), 'node_modules', 'node', 'bin', 'node');
  assert.equal(run(node, ['--version']), `v${version}\n`);
  return node;
}

/** A folder of this run. */
export function folderFor(name) {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs a command to its end, and gives what it prints. Throws an error with all of its output if it fails. */
export function run(command, args, cwd = '.', searched = path) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: { ...process.env, PATH: searched }, encoding: 'utf8' });
  assert.equal(status, 0, `${basename(command)} ${args.join(' ')}:\n${stdout}${stderr}`);
  return stdout;
}

/** The folders of a search path whose names do not contain `part`. */
export function foldersWithout(searched, part) {
  return searched.split(delimiter).filter((folder) => !folder.includes(part));
}
