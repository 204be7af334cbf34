import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenApiDocument } from '../scripts/documents.ts';
import { serveCommand } from './support/command.ts';

/** The part of vitest's JSON report that is looked at. */
interface Report {
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const parts = [
  'src',
  'test',
  'scripts',
  'types',
  'migrations',
  'openapi',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
  'tsconfig.library.json',
];
let copy = '';

/** A copy of the project in which Rockset's folders, and nothing else, stand once more under another name with other paths. */
beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'latchkey-fifth-'));
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const room of ['src/providers', 'test/providers']) {
    cpSync(join(copy, room, 'rockset'), join(copy, room, 'fifth'), { recursive: true });
    renameProvider(join(copy, room, 'fifth'));
  }
  await run(process.execPath, ['scripts/generate.ts'], { cwd: copy });
  await run(process.execPath, ['scripts/build.ts', '--no-types'], { cwd: copy });
}, 60_000);
afterAll(() => rmSync(copy, { recursive: true }));

function renameProvider(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8')
      .replaceAll("name: 'rockset'", "name: 'fifth'")
      .replaceAll("['*.rockset.com']", "['api.fifth.example']")
      .replaceAll("['/', '/v1/orgs']", "['/v5/orgs']")
      .replaceAll('/v1/orgs', '/v5/orgs');
    writeFileSync(file, text);
  }
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
  await supertest(url).get('/v5/orgs/self').set('Host', 'api.fifth.example').expect(401);
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

test('passes every guarantee of the life cycle, its documents and the architecture, with no other line changed', async () => {
  const files = ['test/providers/lifecycle.test.ts', 'test/documents.test.ts', 'test/architecture.test.ts'];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const outputFile = join(copy, 'report.json');
  await run(process.execPath, [vitest, 'run', '--reporter=json', '--outputFile', outputFile, ...files], { cwd: copy });
  const report: Report = JSON.parse(readFileSync(outputFile, 'utf8'));
  expect(report.numFailedTests).toBe(0);
  const passed = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed');
  const ofFifth = passed.map(({ fullName }) => fullName).filter((name) => name.startsWith('fifth '));
  expect(ofFifth.length).toBeGreaterThan(15);
}, 120_000);
