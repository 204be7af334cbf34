import { expect, test } from 'vitest';
import { nodeProblem, requireNode } from '../src/node-version.ts';

const remedy = 'npm i -D node@24 gives a project its own, which npx and npm scripts use';

test.each(['20.20.2', '18.0.0', '22.0.0', '22.13.1'])('found 4.1: Node.js %s is refused, with what to do', (version) => {
  expect(nodeProblem(version)).toBe(`needs Node.js 22.14 or newer, but this is ${version}: ${remedy}`);
  expect(() => requireNode(version)).toThrow(`latchkey needs Node.js 22.14 or newer, but this is ${version}: ${remedy}`);
});

test.each(['22.14.0', '22.20.1', '24.0.0', '26.1.0-nightly20300101'])('Node.js %s is accepted', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
  expect(() => requireNode(version)).not.toThrow();
});
