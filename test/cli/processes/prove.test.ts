import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../../src/package.ts';
import { nothingCalled } from '../../../src/prove/advice.ts';
import { commandFile, runCommand } from '../../support/command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-prove-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keys = '/v1/orgs/self/users/self/apikeys';

/** A suite in Node.js, which can issue, use and revoke keys of Rockset. */
function suite(code: string): readonly string[] {
  const file = join(folder, 'suite.mjs');
  writeFileSync(
    file,
    `import { appendFileSync, writeFileSync } from 'node:fs';
    import assert from 'node:assert';
    import { spawn } from 'node:child_process';
    const { ROCKSET_APISERVER: base, ROCKSET_APIKEY: admin, LATCHKEY_URL: url, LATCHKEY_MUTANT: named } = process.env;
    const call = (secret, method, path, body) => {
      const authorization = secret === undefined ? {} : { authorization: 'ApiKey ' + secret };
      const headers = { ...authorization, 'content-type': 'application/json' };
      return fetch(base + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    };
    const issue = async (name) => (await (await call(admin, 'POST', '${keys}', { name })).json()).data.key;
    const revoke = (name) => call(admin, 'DELETE', '${keys}/' + name);
    const use = async (secret) => (await call(secret, 'GET', '/v1/orgs/self')).status;
    ${code}`,
  );
  return [process.execPath, file];
}

const rotation = `
  const secret = await issue('nightly');
  assert.equal(await use(secret), 200);
  await revoke('nightly');`;
const weak = `${rotation} await use(secret);`;
const strict = `${rotation} assert.equal(await use(secret), 401);`;
const chosen = ['--mutants', 'accept-revoked,accept-unknown,ignore-tenant,ignore-revoke,lose-new-key'];

/** Proves, and gives the status and how each mutant ended. */
async function proved(command: readonly string[], ...options: readonly string[]) {
  const { status, stdout, stderr } = await runCommand(['prove', ...chosen, ...options, '--json', '--', ...command], {
    cwd: folder,
  });
  expect(stderr).toBe('');
  const { mutants }: { readonly mutants: readonly { readonly id: string; readonly status: string }[] } = JSON.parse(stdout);
  return { status, mutants: Object.fromEntries(mutants.map((one) => [one.id, one.status])) };
}

const ended = {
  'accept-revoked@rockset': 'killed',
  'accept-unknown@rockset': 'untested',
  'ignore-tenant@rockset': 'notApplicable',
  'ignore-revoke@rockset': 'killed',
  'lose-new-key@rockset': 'killed',
};
const endedWeakly = { ...ended, 'accept-revoked@rockset': 'survived', 'ignore-revoke@rockset': 'survived' };

describe('a suite is proved with real mutants', () => {
  test('one that asserts each refusal passes', async () => {
    expect(await proved(suite(strict))).toEqual({ status: 0, mutants: ended });
  });

  test('one that does not has findings', async () => {
    expect(await proved(suite(weak))).toEqual({ status: 2, mutants: endedWeakly });
  });

  test('what was not met is a finding if it is to be', async () => {
    expect((await proved(suite(strict), '--fail-on', 'untested')).status).toBe(2);
  });

  test('one that meets no mutant is no pass', async () => {
    const unmet = Object.fromEntries(Object.entries(ended).map(([id, end]) => [id, end === 'killed' ? 'untested' : end]));
    expect(await proved(suite('assert.equal(await use(admin), 200)'))).toEqual({ status: 1, mutants: unmet });
  });

  test('two at a time come to the same', async () => {
    expect(await proved(suite(weak), '--jobs', '2')).toEqual({ status: 2, mutants: endedWeakly });
  });

  test('what is excluded is shown, and not run', async () => {
    expect(await proved(suite(weak), '--exclude', 'accept-revoked=r', '--exclude', 'ignore-revoke@rockset=r')).toEqual({
      status: 0,
      mutants: { ...ended, 'accept-revoked@rockset': 'ignored', 'ignore-revoke@rockset': 'ignored' },
    });
  });

  test('as a text, and as files', async () => {
    const { status, stdout } = await runCommand(['prove', '--report', 'out', ...chosen, '--', ...suite(weak)], { cwd: folder });
    expect(status).toBe(2);
    expect(stdout).toMatch(/^baseline +green in \d+\.\d s, 4 requests; called: rockset\nSURVIVED +accept-revoked@rockset/);
    expect(stdout).toMatch(/\nscore 25 % \(1 of 4\), of the tested 33 % \(1 of 3\); 2 survived: status 2\n$/);
    expect(readdirSync(join(folder, 'out')).toSorted()).toEqual([
      'mutation.json',
      'prove.html',
      'prove.json',
      'prove.md',
      'prove.xml',
    ]);
  });

  test('no report of an earlier time is left where nothing can be judged', async () => {
    const args = ['prove', '--report', 'out', '--mutants', 'accept-revoked', '--'];
    expect(await runCommand([...args, ...suite(strict)], { cwd: folder })).toMatchObject({ status: 0 });
    expect(readdirSync(join(folder, 'out'))).toContain('prove.xml');
    expect(await runCommand([...args, ...suite('process.exit(3)')], { cwd: folder })).toMatchObject({ status: 1, stdout: '' });
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });

  test('a dry run runs it once, and says what would be tried', async () => {
    const once = suite(`appendFileSync('runs', 'x'); ${strict}`);
    const { stdout } = await runCommand(['prove', ...chosen, '--dry-run', '--', ...once], { cwd: folder });
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('x');
    expect(stdout.replace(/\d+\.\d s/, '0.0 s')).toBe(
      `green in 0.0 s; requests: 4; called: rockset
MUTANT                  MET  TRIED
accept-revoked@rockset  1    yes
accept-unknown@rockset  0    no
ignore-tenant@rockset   0    no
ignore-revoke@rockset   1    yes
lose-new-key@rockset    1    yes
`,
    );
  });
});

describe('what the command finds in its environment', () => {
  test('its own latchkey each time, and the name of the mutant; nothing of a latchkey around prove', async () => {
    const told = suite(`
      const { LATCHKEY_TLS_URL: tls, LATCHKEY_CA: ca, LATCHKEY_ADMIN_TOKEN: token } = process.env;
      appendFileSync('told', JSON.stringify({ url, named, tls, ca, token, base: base === url }) + '\\n');
      ${strict}`);
    const inside = [process.execPath, commandFile, 'prove', '--mutants', 'accept-revoked', '--admin-token', 't', '--', ...told];
    const { status } = await runCommand(['exec', '--tls', 'self-signed', '--', ...inside], { cwd: folder });
    expect(status).toBe(0);
    const runs: readonly { readonly url: string }[] = readFileSync(join(folder, 'told'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(runs.map(({ url }) => url)).size).toBe(3);
    const same = { url: expect.any(String), token: 't', base: expect.any(Boolean) };
    const id = 'accept-revoked@rockset';
    expect(runs).toEqual([
      { ...same, named: '' },
      { ...same, named: id },
      { ...same, named: id },
    ]);
  });

  test('a suite that starts a latchkey of its own is told what to do', async () => {
    const library = pathToFileURL(join(root, 'dist', 'library.js')).href;
    const own = suite(`
      const { startLatchkey } = await import('${library}');
      const lk = await startLatchkey({ port: 0 });
      assert.equal((await fetch(lk.url + '/v1/orgs/self')).status, 401);
      await lk.close();`);
    expect(await runCommand(['prove', '--', ...own], { cwd: folder })).toEqual({
      status: 1,
      stdout: '',
      stderr: `latchkey: ${nothingCalled}\n`,
    });
  });
});

describe('a signal ends prove, and the command with all that it started', () => {
  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('%s', async (signal, status) => {
    const slow = suite(`
      const grandchild = spawn('sleep', ['600'], { stdio: 'inherit' });
      writeFileSync('pids', process.pid + ' ' + grandchild.pid);
      setInterval(() => {}, 1000);`);
    const begun = once(watch(folder), 'change');
    const child = spawn(process.execPath, [commandFile, 'prove', '--', ...slow], { cwd: folder });
    await begun;
    child.kill(signal);
    const [ended] = await once(child, 'close');
    expect(ended).toBe(status);
    const pids = readFileSync(join(folder, 'pids'), 'utf8').split(' ');
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pids.join(',')], { encoding: 'utf8' });
    // One that has ended is a zombie until the system's first process has noticed.
    expect(stdout.split('\n').filter((state) => state !== '' && !state.startsWith('Z'))).toEqual([]);
  });
});

test('no report has a secret, not of the command line, nor of the names of tests and keys', async () => {
  const secret = 'nightly0of0the0seed'.padEnd(64, '0');
  writeFileSync(
    join(folder, 'seed.json'),
    JSON.stringify({ rockset: { keys: [{ owner: 'admin@me.com', name: 'nightly', secret }] } }),
  );
  const named = suite(`
    const status = await use(process.argv[2]);
    await call(undefined, 'GET', '/v1/orgs/self/' + process.argv[2]);
    const title = 'accepts ' + process.argv[2];
    writeFileSync('junit.xml', '<testsuite><testcase name="' + title + '">' + (named ? '<failure/>' : '') + '</testcase></testsuite>');
    const own = await issue(process.argv[2]);
    assert.deepEqual([await use('x'), await use(own)], [401, 200]);`);
  const options = [
    '--seed',
    'seed.json',
    '--mutants',
    'accept-unknown,lose-new-key',
    '--results',
    'junit.xml',
    '--report',
    'proof',
  ];
  const { status, stdout } = await runCommand(['prove', ...options, '--json', '--', ...named, secret], {
    cwd: folder,
    env: { GITHUB_STEP_SUMMARY: join(folder, 'summary.md') },
  });
  expect({ status, command: JSON.parse(stdout).command.at(-1) }).toEqual({ status: 0, command: 'nightl…' });
  const { failedTests, evidence } = JSON.parse(stdout).mutants[1];
  expect({ failedTests, name: evidence[0].key.name }).toEqual({ failedTests: ['accepts nightl…'], name: 'nightl…' });
  const reports = readdirSync(join(folder, 'proof')).map((name) => readFileSync(join(folder, 'proof', name), 'utf8'));
  for (const text of [stdout, ...reports, readFileSync(join(folder, 'summary.md'), 'utf8')]) expect(text).not.toContain(secret);
});
