import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLatchkey } from '../../src/library.ts';
import { projectWithPackage } from '../support/installed.ts';

const run = promisify(execFile);
let folder = '';
beforeAll(() => {
  folder = projectWithPackage();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program of the project to its end. */
async function runFile(name: string, program: string, env: Record<string, string> = {}): Promise<string> {
  writeFileSync(join(folder, name), program);
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env }, timeout: 15_000 };
  return (await run(process.execPath, [...(name.includes('.test.') ? ['--test'] : []), name], options)).stdout;
}

const nodeTests = `
  import assert from 'node:assert/strict';
  import { test } from 'node:test';
  import { assertAccepted, assertRefused, assertUsed, useLatchkey } from 'latchkey/node-test';

  const latchkey = useLatchkey({ clock: '2030-01-01T00:00:00Z' });
  for (const name of ['one', 'other']) {
    test(name, async () => {
      const lk = latchkey();
      assert.deepEqual(await lk.requests(), []);
      const issued = await lk.keys.issue({ provider: 'estuary', owner: 'bob', expiresIn: '1h' });
      const viewer = () => fetch(lk.url + '/viewer', { headers: { [issued.credential.header.name]: issued.credential.header.value } });
      await assertAccepted(lk, viewer());
      await assertUsed(lk, issued);
      assert.equal((await lk.requests({ limit: 1 }))[0].mark, 'keys.test.mjs > ' + name);
      await lk.clock.advance('3600001ms');
      await assertRefused(lk, viewer(), 'key_expired');
      await assert.rejects(assertAccepted(lk, issued.secret), /expected it to be accepted: the key .* is expired/);
      await assert.rejects(assertUsed(lk, 'unknown'), /There is no key with the id "unknown"/);
    });
  }`;

describe('latchkey/node-test', () => {
  test('makes a world for the file and resets it before each test; the process ends by itself', async () => {
    expect(await runFile('keys.test.mjs', nodeTests)).toMatch(/^# pass 2$|pass 2$/m);
  });

  test('uses the latchkey that LATCHKEY_URL names, and leaves no world behind', async () => {
    await using lk = await startLatchkey({ adminToken: 't' });
    expect(await runFile('keys.test.mjs', nodeTests, { LATCHKEY_URL: lk.url, LATCHKEY_ADMIN_TOKEN: 't' })).toMatch(/pass 2$/m);
    const answer = await fetch(`${lk.url}/_latchkey/worlds`, { headers: { authorization: 'Bearer t' } });
    expect(await answer.json()).toMatchObject({ worlds: [{ name: 'default' }], total: 1 });
  });
});

describe('latchkey/jest', () => {
  // Does what Jest does with a test file, as far as this package can see: its functions are global, and required modules are
  // CommonJS. `.ci/test-runners.mjs` runs the real one.
  const runner = `
    const hooks = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [], test: [] };
    const matchers = {};
    for (const name of Object.keys(hooks)) globalThis[name] = (...given) => hooks[name].push(given.at(-1));
    globalThis.expect = Object.assign(
      (received) => new Proxy({}, { get: (_, name) => async (...given) => {
        const { pass, message } = await matchers[name](received, ...given);
        if (!pass) throw new Error(message());
      } }),
      { extend: (more) => Object.assign(matchers, more), getState: () => ({ testPath: __filename, currentTestName: globalThis.running }) },
    );
    require('./jest-keys.cjs');
    (async () => {
      for (const hook of hooks.beforeAll) await hook();
      for (const each of hooks.test) {
        globalThis.running = 'suite test ' + hooks.test.indexOf(each);
        for (const hook of hooks.beforeEach) await hook();
        await each();
        for (const hook of hooks.afterEach) await hook();
      }
      for (const hook of hooks.afterAll) await hook();
    })();`;
  const tests = `
    const { useLatchkey } = require('latchkey/jest');
    const latchkey = useLatchkey({ clock: '2030-01-01T00:00:00Z' });
    for (const name of ['one', 'other']) {
      test(name, async () => {
        const lk = latchkey();
        const { key, secret } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci' });
        await expect(secret).toBeAccepted();
        await lk.keys.suspend(key.id);
        await fetch(lk.url + '/viewer');
        const [{ mark }] = await lk.requests();
        await expect(secret).toBeRefused('key_suspended');
        console.log(name, mark, (await lk.clock.read()).now, lk.url.replace(/:[0-9]+/, '').replace(/[0-9a-f]{8}$/, ''));
      });
    }`;

  test('makes a world for the file, resets it before each test, and adds the matchers; the process ends by itself', async () => {
    writeFileSync(join(folder, 'jest-keys.cjs'), tests);
    const world = 'http://127.0.0.1/~runner-cjs-';
    expect(await runFile('runner.cjs', runner)).toBe(
      `one runner.cjs > suite test 0 2030-01-01T00:00:00.000Z ${world}\nother runner.cjs > suite test 1 2030-01-01T00:00:00.000Z ${world}\n`,
    );
  });

  test('its latchkey ends with the process that started it, however that ends', async () => {
    writeFileSync(
      join(folder, 'jest-keys.cjs'),
      `const latchkey = require('latchkey/jest').useLatchkey();
      test('killed', () => { console.log(latchkey().url); setImmediate(() => process.kill(process.pid, 'SIGKILL')); return new Promise(() => {}); });`,
    );
    const killed: unknown = await runFile('runner.cjs', runner).catch((error: unknown) => error);
    const url = String(Object(killed).stdout).trim();
    expect(url).toMatch(/^http:/);
    await expect
      .poll(() =>
        fetch(url).then(
          () => 'answers',
          () => 'is gone',
        ),
      )
      .toBe('is gone');
  });

  test('says what to do when it is called outside tests', async () => {
    writeFileSync(join(folder, 'jest-keys.cjs'), `require('latchkey/jest').useLatchkey()().url;`);
    await expect(runFile('runner.cjs', runner)).rejects.toThrow(/latchkey is ready once the first test begins/);
  });
});
