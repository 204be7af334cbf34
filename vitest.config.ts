import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Not installed here: see types/testcontainers.d.ts.
  resolve: { alias: { testcontainers: join(import.meta.dirname, 'test', 'testing', 'containers-as-processes.ts') } },
  test: {
    globalSetup: 'test/support/build-command.ts',
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    coverage: { include: ['src/core/**'], thresholds: { 100: true } },
  },
});
