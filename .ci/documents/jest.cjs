// A stand-in for `npx jest FILE` on a page, because Jest is not installed here. It does what latchkey notices of Jest, as
// test/testing/runners.test.ts does: it puts Jest's functions into the global scope and loads the file as CommonJS.
const { resolve } = require('node:path');

const file = resolve(process.argv[2]);
const hooks = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [], test: [] };
const matchers = {};

for (const name of Object.keys(hooks)) globalThis[name] = (...given) => hooks[name].push(given.at(-1));

/** A matcher that was added by `extend`, or its negation. */
function checked(received, name, isNot) {
  return async (...given) => {
    const { pass, message } = await matchers[name](received, ...given);
    if (pass === isNot) throw new Error(message());
  };
}

function expectation(received, isNot = false) {
  return new Proxy({}, { get: (_, name) => (name === 'not' ? expectation(received, !isNot) : checked(received, name, isNot)) });
}

globalThis.expect = Object.assign((received) => expectation(received), {
  extend: (more) => Object.assign(matchers, more),
  getState: () => ({ testPath: file }),
});

require(file);

async function run() {
  if (hooks.test.length === 0) throw new Error(`${file} has no tests`);
  for (const hook of hooks.beforeAll) await hook();
  for (const test of hooks.test) {
    for (const hook of hooks.beforeEach) await hook();
    await test();
    for (const hook of hooks.afterEach) await hook();
  }
  for (const hook of hooks.afterAll) await hook();
}

run();
