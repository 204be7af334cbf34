import { createRequire } from 'node:module';
import type { serve as sourceServe } from '../src/server/serve.ts';
import type { Bundle } from './code-cache.ts';

/** Replaces `src/server/serve.ts` in the bundled library: calls that of the bundle of the program beside it. */
export const serve: typeof sourceServe = (...given) => {
  const { serve: bundled }: Bundle = createRequire(import.meta.url)('./main.cjs');
  return bundled(...given);
};
