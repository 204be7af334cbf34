// A workflow cannot run here. It is compared with the action that it uses, which test/deployment.test.ts runs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Throws if a workflow does not use this repository's action, or gives it an input that it does not have. */
export function checkWorkflow(text, root) {
  const { inputs, outputs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
  const steps = Object.values(parse(text).jobs).flatMap((job) => job.steps);
  const uses = steps.filter((step) => /\/latchkey@/.test(step.uses ?? ''));
  assert.ok(uses.length > 0, 'no step uses latchkey');
  for (const { with: given = {} } of uses) {
    const unknown = Object.keys(given).filter((input) => !Object.hasOwn(inputs, input));
    assert.deepEqual(unknown, [], 'the action has no such inputs');
  }
  for (const [, output] of text.matchAll(/steps\.latchkey\.outputs\.(\w+)/g))
    assert.ok(Object.hasOwn(outputs, output), `the action has no output ${output}`);
}
