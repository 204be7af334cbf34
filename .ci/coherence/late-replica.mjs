// A latchkey that learns of what other replicas changed by notifications alone, and so too late: the negative control of the coherence
// check. It is the program as it is in src, with one module exchanged.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const fileUrl = (...path) => pathToFileURL(join(import.meta.dirname, ...path)).href;
const looks = fileUrl('..', '..', 'src', 'replicas', 'looks.ts');
const lateLooks = fileUrl('late-looks.ts');

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    return resolved.url === looks ? { ...resolved, url: lateLooks } : resolved;
  },
});
await import('../../src/cli.ts');
