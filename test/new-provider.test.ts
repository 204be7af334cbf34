import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenApiDocument } from '../scripts/documents.ts';
import { root } from '../src/package.ts';
import { serveCommand } from './support/command.ts';

/** The part of vitest's JSON report that is looked at. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const run = promisify(execFile);
/** What is no part of the project, or is made of it. */
const left = new Set(['.git', 'node_modules', 'dist', 'coverage']);
/** The example seed comes with its provider: the provider's own tests read it. */
const exampleSeeds = 'examples/seeds';
let copy = '';

/** A copy of the project in which Rockset's folders stand once more under another name with other paths. No other line is changed. */
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'latchkey-fifth-'));
  // A test reads the migrations as a user who may not write.
  chmodSync(copy, 0o755);
  for (const part of readdirSync(root).filter((one) => !left.has(one)))
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const room of ['src/providers', 'test/providers']) {
    cpSync(join(copy, room, 'rockset'), join(copy, room, 'fifth'), { recursive: true });
    for (const file of filesBelow(join(copy, room, 'fifth'))) writeFileSync(file, renamed(readFileSync(file, 'utf8')));
  }
  writeFileSync(join(copy, exampleSeeds, 'fifth.yaml'), renamed(readFileSync(join(copy, exampleSeeds, 'rockset.yaml'), 'utf8')));
  await run(process.execPath, ['scripts/generate.ts'], { cwd: copy });
  await run(process.execPath, ['scripts/build.ts', '--no-types'], { cwd: copy });
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true }));

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The name where it stands by itself, the hosts, and the paths: `rockset_user` is a field, `./rockset.ts` a file that keeps its name. */
function renamed(text: string): string {
  return text
    .replaceAll(/(?<![\w@-])rockset(?![\w-]|\.ts)/g, 'fifth')
    .replaceAll("['/', '/v1/orgs']", "['/v1/orgs']")
    .replaceAll('/v1/', '/v5/');
}

test('is served beside the others, by prefix, owned path, host name and a port of its own', async () => {
  const { url, announcement } = await serveCommand(['--fifth-port', '0', '--fifth-profile', '2023'], {
    command: join(copy, 'dist', 'cli.js'),
  });
  const { body } = await supertest(url).get('/_latchkey/credentials').expect(200);
  const { name, value } = body.fifth.credentials[0].header;
  await supertest(url).get('/fifth/v5/orgs/self').set(name, value).expect(200);
  await supertest(url).get('/v5/orgs/self').set(name, value).expect(200);
  await supertest(url).get('/v5/orgs/self').set('Host', 'fifth.localhost').set(name, value).expect(200);
  await supertest(url).get('/v5/orgs/self').set('Host', 'api.fifth.com').expect(401);
  await supertest(/fifth (http:[^,)]+)/.exec(announcement)?.[1] ?? '')
    .get('/v5/orgs/self')
    .set(name, value)
    .expect(200);
  await supertest(url).get('/v1/orgs/self').set(name, value).expect(200);
});

test('is documented', async () => {
  const document: OpenApiDocument = JSON.parse(readFileSync(join(copy, 'openapi', 'fifth.json'), 'utf8'));
  expect(Object.keys(document.paths)).toContain('/v5/orgs/self/users/{user}/apikeys/{name}');
  expect(readFileSync(join(copy, 'SUPPORTED.md'), 'utf8')).toContain('src/providers/fifth/FIDELITY.md');
});

test('passes every fast test, with no other line changed', async () => {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const outputFile = join(copy, 'report.json');
  const args = [vitest, 'run', '--project', 'main', '--reporter=json', '--outputFile', outputFile];
  await run(process.execPath, args, { cwd: copy }).catch(() => undefined);
  const report: Report = JSON.parse(readFileSync(outputFile, 'utf8'));
  const results = report.testResults.flatMap(({ name, status, assertionResults }) => [
    // A file that cannot be loaded has no tests.
    { fullName: name, status: assertionResults.length === 0 ? status : 'passed', failureMessages: [] },
    ...assertionResults,
  ]);
  const failed = results.filter(({ status }) => status === 'failed');
  expect(failed.map(({ fullName, failureMessages: [message = ''] }) => `${fullName}: ${message.slice(0, 300)}`)).toEqual([]);
  const ofFifth = results.filter(({ fullName, status }) => fullName.startsWith('fifth ') && status === 'passed');
  expect(ofFifth.length).toBeGreaterThan(15);
}, 400_000);
