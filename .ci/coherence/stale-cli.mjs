// latchkey with the mistake that the coherence check must see: what a process has looked at stays true for it until a notification
// says otherwise. Used as `node .ci/coherence.mjs --stale --build .ci/coherence/stale-cli.mjs`; nothing of it is in the program.
import { registerHooks } from 'node:module';

const looks = new URL('../../src/replicas/looks.ts', import.meta.url).href;
const stale = new URL('stale-looks.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return found.url === looks && context.parentURL !== stale ? { ...found, url: stale } : found;
  },
});
await import('../../src/cli.ts');
