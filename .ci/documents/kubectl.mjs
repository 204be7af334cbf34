// `kubectl apply -f FILE` on a page: there is no cluster here, so it says whether the file is the one that test/deployment.test.ts checks.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const [action, option, file, ...more] = process.argv.slice(2);
const checked = join(import.meta.dirname, '../../examples/kubernetes/latchkey.yaml');
if (action !== 'apply' || option !== '-f' || more.length > 0 || realpathSync(file) !== checked) {
  console.error('kubectl: the pages’ runner knows apply -f examples/kubernetes/latchkey.yaml alone');
  process.exitCode = 2;
}
