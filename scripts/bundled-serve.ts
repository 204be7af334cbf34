import { createRequire } from 'node:module';
import type { serve as sourceServe } from '../src/server/serve.ts';
import type { Bundle } from './code-cache.ts';

/** What the bundled library has in the place of `src/server/serve.ts`: that of the program, which lies beside it once. */
export const serve: typeof sourceServe = (...given) => {
  const { serve: bundled }: Bundle = createRequire(import.meta.url)('./main.cjs');
  return bundled(...given);
};
