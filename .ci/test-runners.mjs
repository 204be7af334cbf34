// Installs the packed package beside each test runner, in projects outside the repository, and runs tests there as users would:
// vitest with parallel files, Jest, both with their global set-ups too, node:test, and Testcontainers' own classes as far as they work without a container engine.
// The tests' types are compiled, too. What runs on the oldest Node.js that package.json promises runs there once more; on an older one,
// a test says so. All projects, or those that are named: node .ci/test-runners.mjs jest
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { install, installNode, path, pathWith, removeScratch, run, scratch } from './scratch-projects.mjs';

const compiler = ['typescript@7.0.2', '@types/node@24.19.2'];
// ts-jest needs an older one.
const compilerOfJest = ['typescript@5.9.3', '@types/node@24.19.2', 'ts-jest@29.4.15'];
const doubles = ['happy-dom@21.0.4', 'jsdom@31.0.1', 'msw@3.0.5'];

/** What each project installs: the runner, also in the oldest version that package.json allows as a peer. */
const projects = [
  { name: 'vitest', packages: ['vitest@5.1.1', '@rockset/client@0.9.2', ...compiler], isForOldestNode: true },
  { name: 'vitest', packages: ['vitest@3.2.0', '@rockset/client@0.9.2', ...compiler], isForOlderNode: true },
  { name: 'vitest-doubles', packages: ['vitest@5.1.1', ...doubles, ...compiler] },
  {
    name: 'jest',
    packages: ['jest@30.5.2', '@types/jest@30.0.0', 'jest-environment-jsdom@30.5.2', ...compilerOfJest],
    isForOldestNode: true,
  },
  { name: 'node-test', packages: compiler, isForOldestNode: true },
  { name: 'testcontainers', packages: ['testcontainers@12.2.0', ...compiler] },
  { name: 'testcontainers', packages: ['testcontainers@10.28.0', ...compiler] },
];

/** The machine may be busy with other things. */
const patient = ['--testTimeout', '60000'];

try {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch]));
  const [older, oldest] = [installNode('20.20.2'), installNode('22.14.0')];
  const named = process.argv.slice(2);
  for (const { name, packages, isForOldestNode, isForOlderNode } of projects) {
    if (named.length > 0 && !named.includes(name)) continue;
    const folder = install([name, ...packages].join('-').replaceAll(/[@/]/g, '-'), [join(scratch, filename), ...packages]);
    cpSync(join('.ci', 'test-runners', name), folder, { recursive: true });
    run('npx', ['tsc', '-p', '.'], folder);
    check(name, folder, path);
    if (isForOldestNode) check(name, folder, pathWith(oldest));
    if (isForOlderNode) checkRefusal(folder, pathWith(older));
    console.log(`${[name, ...packages].join(' ')}: its tests pass, and their types compile`);
  }
} finally {
  removeScratch();
}

/** Tests on a Node.js that is too old fail with a sentence that says so. */
function checkRefusal(folder, searched) {
  const env = { ...process.env, PATH: searched };
  const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', '--no-color'], { cwd: folder, env, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stdout + stderr, /latchkey needs Node\.js 22\.14 or newer, but this is 20\.20\.2: npm i -D node@24 /);
}

function check(name, folder, searched) {
  if (name === 'vitest') {
    const vitest = ['vitest', 'run', '--no-color', ...patient];
    assert.match(
      run('npx', [...vitest, '--maxWorkers', '2'], folder, searched),
      /Test Files +3 passed \(3\)\s+Tests +6 passed \(6\)/,
    );
    // All files of a run can share one latchkey, each in its own world.
    assert.match(run('npx', ['latchkey', 'exec', '--', 'npx', ...vitest], folder, searched), /Tests +6 passed \(6\)/);
    // So they do with the global set-up, which takes the options of the configuration.
    const shared = run('npx', [...vitest, '--config', 'shared.config.ts', '--maxWorkers', '2'], folder, searched);
    assert.match(shared, /Test Files +2 passed \(2\)\s+Tests +2 passed \(2\)/);
  } else if (name === 'vitest-doubles') {
    assert.match(
      run('npx', ['vitest', 'run', '--no-color', ...patient], folder, searched),
      /Test Files +4 passed \(4\)\s+Tests +5 passed \(5\)/,
    );
  } else if (name === 'jest') {
    const report = JSON.parse(run('npx', ['jest', '--json', ...patient], folder, searched));
    assert.deepEqual([report.numPassedTests, report.numPassedTestSuites], [6, 4]);
    const shared = JSON.parse(
      run('npx', ['jest', '--config', 'shared.config.js', '--maxWorkers', '2', '--json', ...patient], folder, searched),
    );
    assert.deepEqual([shared.numPassedTests, shared.numPassedTestSuites], [2, 2]);
  } else if (name === 'node-test') {
    assert.match(run('node', ['--test'], folder, searched), /pass 2$/m);
  } else {
    run('node', ['container.mjs'], folder, searched);
  }
}
