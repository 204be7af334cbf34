import { createRequire } from 'node:module';
import type { serve as sourceServe } from '../src/server/serve.ts';
import type { Bundle } from './code-cache.ts';

/** In the bundled library, this replaces `src/server/serve.ts`. It calls the one in the bundle of the program. */
export const serve: typeof sourceServe = (...given) => {
  const { serve: bundled }: Bundle = createRequire(import.meta.url)('./main.cjs');
  return bundled(...given);
};
