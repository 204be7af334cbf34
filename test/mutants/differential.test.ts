import { expect } from 'vitest';
import { compareEach } from './comparing.ts';

/**
 * Requests to each provider for each mutant: a few, always the same; `test/fuzz/mutants.test.ts` sends more, and others. They share
 * the truth, so that none may begin before the one before it has ended, however busy the machine is.
 */
await compareEach({ count: 8, seed: 20261129, patienceMs: 180_000 }, [
  'some of these requests were decided',
  (decided) => expect(Math.max(...decided.values())).toBeGreaterThan(0),
]);
