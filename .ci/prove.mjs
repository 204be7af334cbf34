// Runs `latchkey prove` of the packed package as its users would, in a folder outside the repository, with vitest, Jest, node:test and pytest.
// With each, a suite that asserts every refusal of a provider passes; the same suite without one assertion has exactly one finding,
// which says the request and what to do; one that calls nothing cannot be judged. Where the runner writes JUnit files, the report names
// the test that failed. The suites are in .ci/prove, that of pytest is the example. All runners, or those that are named:
// node .ci/prove.mjs jest. Without pytest, it is skipped; in CI it may not be.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderFor, install, path, removeScratch, run, scratch } from './scratch-projects.mjs';

const packages = ['vitest@5.1.1', 'jest@30.5.2', '@types/node@24.19.2'];
const python = ['python3', '/usr/bin/python3'].find((one) => spawnSync(one, ['-c', 'import pytest']).status === 0);

const killed = {
  all: 'accept-expired, accept-revoked, accept-suspended, accept-unknown, accept-missing, ignore-role, ignore-owner, ignore-revoke, lose-new-key, widen-grants',
  but: (mutant) => killed.all.replace(new RegExp(`${mutant}, |, ${mutant}$`), ''),
};

const baseline = 'baseline   green in … s, … requests; called: rockset';
const notApplicable = 'n/a        ignore-tenant@rockset     its paths say self instead of an organisation';

/**
 * The suite of each runner, its command, how that writes a JUnit file and which test then fails with the mutant `survivor`, an
 * assertion that is taken out, what is found then, and a suite that calls nothing.
 */
const suites = [
  {
    name: 'vitest',
    file: 'refusals.test.ts',
    command: ['npx', 'vitest', 'run', '--no-color'],
    junit: ['--reporter=junit', '--outputFile=results.xml'],
    failing: 'refusals.test.ts > a suspended key is refused',
    assertion: [`await expect(ask(lk, secret)).toBeRefused('key_suspended');`, 'await ask(lk, secret);'],
    survivor: 'accept-suspended',
    finding: `  a suspended key is accepted
           refusals.test.ts > a suspended key is refused
             GET /~…/rockset/v1/orgs/self with … (nightly): 401 key_suspended → 200
               The key … (nightly) of admin@me.com is suspended; this latchkey was told to accept it. rockset answers 401.
           Assert the refusal: await assert.rejects(use(secret)).`,
    idle: `import { expect, test } from 'vitest';\ntest('nothing', () => expect(1).toBe(1));\n`,
  },
  {
    name: 'jest',
    file: 'refusals.test.js',
    command: ['npx', 'jest'],
    assertion: [`expect(await ask('x'.repeat(64))).toEqual(unauthenticated);`, `await ask('x'.repeat(64));`],
    survivor: 'accept-unknown',
    finding: `    a key that was never issued is accepted, as that of the first administrator
           refusals.test.js > an unknown key is refused
             GET /~…/rockset/v1/orgs/self: 401 key_unknown → 200
               No key that rockset knows has this secret; this latchkey was told to accept it, as the key … (admin) of admin@me.com. rockset answers 401.
           Assert the refusal: await assert.rejects(use(secret)).`,
    idle: `test('nothing', () => expect(1).toBe(1));\n`,
  },
  {
    name: 'node-test',
    file: 'refusals.test.mjs',
    command: ['node', '--test'],
    junit: ['--test-reporter=junit', '--test-reporter-destination=results.xml'],
    failing: "refusals.test.mjs > a key that may only read may not list another user's keys",
    assertion: [
      `await assert.rejects(ask(secret, 'GET', '/v1/orgs/self/users/member@me.com/apikeys'), forbidden);`,
      `await ask(secret, 'GET', '/v1/orgs/self/users/member@me.com/apikeys').catch(() => 'tried');`,
    ],
    survivor: 'ignore-owner',
    finding: `      a key reaches other users' keys
           a key that may only read may not list another user's keys
             GET /v1/orgs/self/users/member@me.com/apikeys with … (nightly): 403 permission_denied → 200
               The key … (nightly) of admin@me.com may not reach the keys of another user (ALL_GLOBAL_ACTIONS); this latchkey was told to let it. rockset answers 403.
           Assert the refusal of another user's keys, and that none of them was changed.`,
    idle: `import { test } from 'node:test';\ntest('nothing', () => {});\n`,
  },
  {
    name: 'pytest',
    file: 'test_keys.py',
    command: [python, '-m', 'pytest', '-q'],
    junit: ['--junitxml=results.xml'],
    failing: 'test_keys > test_a_key_works_up_to_its_expiry_and_no_longer',
    assertion: [
      `latchkey.call("POST", "clock/advance", by="1ms")\n    assert ask(latchkey, secret) == UNAUTHENTICATED`,
      `latchkey.call("POST", "clock/advance", by="1ms")\n    ask(latchkey, secret)`,
    ],
    survivor: 'accept-expired',
    finding: `    an expired key is accepted
           test_keys.py::test_a_key_works_up_to_its_expiry_and_no_longer
             GET /~…/rockset/v1/orgs/self with … (nightly): 401 key_expired → 200
               The key … (nightly) of admin@me.com expired 1 ms earlier, at 2100-01-01T00:00:00.000Z; this latchkey was told to accept it. rockset answers 401.
           Assert the refusal: await assert.rejects(use(secret)).`,
    idle: 'def test_nothing():\n    pass\n',
  },
];

try {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch]));
  install('project', [join(scratch, filename), ...packages]);
  const named = process.argv.slice(2);
  for (const suite of suites) {
    if (named.length > 0 && !named.includes(suite.name)) continue;
    if (suite.name === 'pytest' && python === undefined) {
      assert.equal(process.env.CI ?? '', '', 'in CI pytest may not be skipped');
      console.log('pytest: SKIPPED, install python3-pytest');
      continue;
    }
    const began = performance.now();
    checkSuite(suite);
    console.log(`${suite.name}: good, weak and idle suites are told apart (${Math.round((performance.now() - began) / 1000)} s)`);
  }
} finally {
  removeScratch();
}

function checkSuite({ name, file, command, junit, failing, assertion, survivor, finding, idle }) {
  const folder = folderFor(join('project', name));
  cpSync(name === 'pytest' ? join('examples', name) : join('.ci', 'prove', name), folder, { recursive: true });
  // Where Jest's project begins.
  writeFileSync(join(folder, 'package.json'), '{}');
  const good = junit === undefined ? prove(command, folder) : proveWithResults([...command, ...junit], folder);
  assert.deepEqual(good, {
    status: 0,
    stderr: '',
    stdout: `${baseline}
killed     10: ${killed.all}
${notApplicable}
score 100 % (10 of 10), of the tested 100 % (10 of 10); none survived: status 0
`,
  });
  if (junit !== undefined) {
    const { mutants } = JSON.parse(readFileSync(join(folder, 'proof', 'prove.json'), 'utf8'));
    assert.deepEqual(mutants.find(({ mutant }) => mutant === survivor).failedTests, [failing]);
  }

  const suite = readFileSync(join(folder, file), 'utf8');
  assert.equal(suite.split(assertion[0]).length, 2, `${file} has another assertion than the one that is to be taken out`);
  writeFileSync(
    join(folder, file),
    suite.replace(assertion[0], () => assertion[1]),
  );
  assert.deepEqual(prove(command, folder), {
    status: 2,
    stderr: '',
    stdout: `${baseline}
SURVIVED   ${survivor}@rockset${finding}
killed     9: ${killed.but(survivor)}
${notApplicable}
score 90 % (9 of 10), of the tested 90 % (9 of 10); 1 survived: status 2
`,
  });

  writeFileSync(join(folder, file), idle);
  const { stderr, ...nothing } = prove(command, folder);
  assert.deepEqual(nothing, { status: 1, stdout: '' });
  assert.match(stderr, /^latchkey: the command did not call this latchkey\. Does it start one of its own\? Use connect\(.+\n$/);
}

/** The same with the names of the tests that failed, for which runs come one after the other, and with its reports. */
function proveWithResults(command, folder) {
  return prove(command, folder, ['--results', 'results.xml', '--report', 'proof']);
}

/** What `latchkey prove` says of a command: what differs from run to run is left out. By default, two runs at a time. */
function prove(command, folder, options = ['--jobs', '2']) {
  // With patience: other checks may use the machine too.
  const args = ['latchkey', 'prove', '--timeout-extra', '90s', ...options, '--', ...command];
  const { status, stdout, stderr } = spawnSync('npx', args, {
    cwd: folder,
    env: { ...process.env, PATH: path, GITHUB_STEP_SUMMARY: '' },
    encoding: 'utf8',
  });
  const masked = stdout
    .replace(/^(baseline +green in )[\d.]+ s, \d+/, '$1… s, …')
    .replaceAll(/\/~[\w-]+/g, '/~…')
    .replaceAll(/ \w{6}… /g, ' … ');
  return { status, stdout: masked, stderr };
}
