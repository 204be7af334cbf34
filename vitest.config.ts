import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests that start processes of their own: the built command, or latchkey inside a test runner. */
const processes = [
  'test/cli/processes/*.test.ts',
  'test/config/settings.test.ts',
  'test/deployment.test.ts',
  'test/library/package.test.ts',
  'test/new-provider.test.ts',
  'test/prove/processes/*.test.ts',
  'test/provider/snippets.test.ts',
  'test/store/built-thread.test.ts',
  'test/store/crash.test.ts',
  'test/store/killed.test.ts',
  'test/testing/*.test.ts',
  'test/worlds/restart.test.ts',
];
/** Tests whose point is how much they do. */
const endurance = [
  'test/control/reset.test.ts',
  'test/fuzz/*.test.ts',
  'test/mutants/differential.test.ts',
  'test/providers/races.test.ts',
  'test/providers/remembering.test.ts',
  'test/worlds/parallel.test.ts',
];
/** Tests that need PostgreSQL: `bash .ci/postgres` starts one for them. */
const replicas = ['test/replicas/**/*.test.ts'];
const postgres =
  process.env['LATCHKEY_TEST_POSTGRES'] === undefined ? ['test/support/needs-latchkey-test-postgres.ts'] : replicas;

export default defineConfig({
  // Not installed here: see types/testcontainers.d.ts.
  resolve: { alias: { testcontainers: join(import.meta.dirname, 'test', 'testing', 'containers-as-processes.ts') } },
  test: {
    // Files share a process, which has loaded the program once: see docs/decisions/no-isolation-in-tests.md.
    isolate: false,
    // Threads lack process.seteuid, which a test needs to be somebody who may not write.
    pool: 'forks',
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: { include: ['src/core/**'], thresholds: { 100: true } },
    projects: [
      {
        extends: true,
        test: { name: 'main', include: ['test/**/*.test.ts'], exclude: [...processes, ...endurance, ...replicas] },
      },
      { extends: true, test: { name: 'processes', include: processes, globalSetup: 'test/support/build-command.ts' } },
      { extends: true, test: { name: 'endurance', include: endurance } },
      { extends: true, test: { name: 'postgres', include: postgres } },
    ],
  },
});
