import type { main as sourceMain } from '../src/cli/main.ts';
import { loadBundle } from './code-cache.ts';

/** What the bundled command has in the place of `src/cli/main.ts`: the bundle of that, beside it, run with its code cache. */
export const main: typeof sourceMain = (...args) => loadBundle(import.meta.dirname).main(...args);
