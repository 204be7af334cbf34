import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests({ providers: 'all' });
const root = join(import.meta.dirname, '..', '..');

const found = (await loadProviders()).map(async ({ name, loadSnippets }) =>
  (await loadSnippets()).map((snippet) => ({ ...snippet, provider: name })),
);
const snippets = (await Promise.all(found)).flat();
const shells: Readonly<Record<string, readonly [string, ...string[]]>> = {
  shell: ['sh', '-euc'],
  javascript: [execPath, '--input-type=module', '-e'],
};

/** Runs code with the packages of this project. */
async function run(language: string, code: string) {
  const [command, ...options] = shells[language] ?? expect.unreachable(`a test runs ${language}`);
  const child = spawn(command, [...options, code], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[status], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

test('the call gives them all, as the folders of the providers have them', async () => {
  const { body } = await lk.request.get('/_latchkey/snippets').expect(200);
  expect(body.snippets).toHaveLength(snippets.length);
  expect(body.snippets).toEqual(expect.arrayContaining(snippets));
});

describe.each(snippets)('G18: $client of $provider', ({ provider, language, code }) => {
  /** Below a world, as somebody may copy it from there. */
  const filled = (secret: string) =>
    code.replaceAll('{{base}}', `${lk.url}/~copied/${provider}`).replaceAll('{{secret}}', secret);

  test('names the base URL and the secret, and nothing else in braces', () => {
    expect(new Set(code.match(/\{\{\w*\}\}/g))).toEqual(new Set(['{{base}}', '{{secret}}']));
  });

  test('runs as it is, and is accepted', async () => {
    await lk.request.get('/~copied/_latchkey/clock').expect(200);
    const { body } = await lk.request.get('/~copied/_latchkey/credentials').expect(200);
    for (const { name, secret, key } of body[provider].credentials) {
      if (secret === null) continue;
      const ended = await run(language, filled(secret));
      expect([name, ended]).toEqual([name, { status: 0, stdout: expect.stringMatching(/\S/), stderr: '' }]);
      const { body: last } = await lk.request.get('/~copied/_latchkey/requests?limit=1').expect(200);
      expect(last.requests[0]).toMatchObject({ provider, status: 200, key });
    }
  });

  test('fails when the key is refused', async () => {
    const { body } = await lk.request.get('/~copied/_latchkey/credentials').expect(200);
    const { secret, key } = body[provider].credentials.at(0);
    await lk.request.post(`/~copied/_latchkey/keys/${key}/suspend`).expect(200);
    expect((await run(language, filled(secret))).status).not.toBe(0);
    await lk.request.post(`/~copied/_latchkey/keys/${key}/resume`).expect(200);
  });
});
