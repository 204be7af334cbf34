// Installs the packed package beside each test runner, in projects outside the repository, and runs tests there as users would:
// vitest with parallel files, Jest, both with their global set-ups too, node:test, and Testcontainers' own classes as far as they work without a container engine.
// The tests' types are compiled, too.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { install, removeScratch, run, scratch } from './scratch-projects.mjs';

/** What each project installs: the runner, also in the oldest version that package.json allows as a peer. */
const projects = [
  { name: 'vitest', packages: ['vitest@5.1.1', '@rockset/client@0.9.2'] },
  { name: 'vitest', packages: ['vitest@3.2.0', '@rockset/client@0.9.2'] },
  { name: 'jest', packages: ['jest@30.5.2', '@types/jest@30.0.0'] },
  { name: 'node-test', packages: [] },
  { name: 'testcontainers', packages: ['testcontainers@12.2.0'] },
  { name: 'testcontainers', packages: ['testcontainers@10.28.0'] },
];
const compiler = ['typescript@7.0.2', '@types/node@24.19.2'];

try {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch]));
  for (const { name, packages } of projects) {
    const folder = install([name, ...packages].join('-').replaceAll(/[@/]/g, '-'), [
      join(scratch, filename),
      ...packages,
      ...compiler,
    ]);
    cpSync(join('.ci', 'test-runners', name), folder, { recursive: true });
    run('npx', ['tsc', '-p', '.'], folder);
    check(name, folder);
    console.log(`${[name, ...packages].join(' ')}: its tests pass, and their types compile`);
  }
} finally {
  removeScratch();
}

function check(name, folder) {
  if (name === 'vitest') {
    const vitest = ['vitest', 'run', '--no-color'];
    assert.match(run('npx', [...vitest, '--maxWorkers', '2'], folder), /Test Files +3 passed \(3\)\s+Tests +6 passed \(6\)/);
    // All files of a run can share one latchkey, each in its own world.
    assert.match(run('npx', ['latchkey', 'exec', '--', 'npx', ...vitest], folder), /Tests +6 passed \(6\)/);
    // So they do with the global set-up, which takes the options of the configuration.
    const shared = run('npx', [...vitest, '--config', 'shared.config.ts', '--maxWorkers', '2'], folder);
    assert.match(shared, /Test Files +2 passed \(2\)\s+Tests +2 passed \(2\)/);
  } else if (name === 'jest') {
    const report = JSON.parse(run('npx', ['jest', '--json'], folder));
    assert.deepEqual([report.numPassedTests, report.numPassedTestSuites], [4, 2]);
    const shared = JSON.parse(run('npx', ['jest', '--config', 'shared.config.js', '--maxWorkers', '2', '--json'], folder));
    assert.deepEqual([shared.numPassedTests, shared.numPassedTestSuites], [2, 2]);
  } else if (name === 'node-test') {
    assert.match(run('node', ['--test'], folder), /pass 2$/m);
  } else {
    run('node', ['container.mjs'], folder);
  }
}
