// A stand-in for `kubectl apply -f FILE` on a page, which needs no cluster: it only checks that test/deployment.test.ts tests this file.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const [action, option, file, ...more] = process.argv.slice(2);
const checked = join(import.meta.dirname, '../../examples/kubernetes/latchkey.yaml');
if (action !== 'apply' || option !== '-f' || more.length > 0 || realpathSync(file) !== checked) {
  console.error('kubectl: the pages’ runner knows only apply -f examples/kubernetes/latchkey.yaml');
  process.exitCode = 2;
}
