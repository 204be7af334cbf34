import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { serve as sourceServe } from '../src/server/serve.ts';
import type { Bundle } from './code-cache.ts';

/** Replaces `src/server/serve.ts` in the bundled library: calls that of the bundle of the program beside it. */
export const serve: typeof sourceServe = (...given) => {
  const { serve: bundled }: Bundle = createRequire(join(import.meta.dirname, 'main.cjs'))('./main.cjs');
  return bundled(...given);
};
