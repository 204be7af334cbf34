import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ExplainedEntry } from '../../src/client/types.ts';
import { curlOf, insideQuotes, quoted, variableOf } from '../../src/dashboard/state/curl.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { explainedOf } from './rows.ts';

const base = 'http://localhost:5282';
const known = { secret: 'PXgtBQ-secret', variable: 'ROCKSET_APIKEY' };
const unknown = { secret: undefined, variable: 'ROCKSET_APIKEY' };

const cases: readonly (readonly [what: string, entry: Partial<ExplainedEntry>, text: string])[] = [
  ['a secret that is known', {}, "-H 'authorization: ApiKey PXgtBQ-secret'"],
  ['a body', { method: 'POST', requestBody: '{"name":"it\'s"}' }, `--data-binary '{"name":"it'\\''s"}'`],
  [
    'what a client sends by itself is left out',
    { requestHeaders: { host: 'x', 'user-agent': 'y', 'sec-fetch-site': 'z', accept: '*/*' } },
    "curl -i -X 'GET' \\\n  'http://localhost:5282/v1/orgs/self' \\\n  -H 'accept: */*'\n",
  ],
  ['a method that is a command', { method: '$(reboot)' }, "-X '$(reboot)'"],
  ['a path of quotes and newlines', { path: '/\'"`$x\n' }, `'http://localhost:5282/'\\''"\`$x\n'`],
  ['a path that names its world', { path: '/~shop-7/v1/orgs/self' }, "'http://localhost:5282/~shop-7/v1/orgs/self'"],
  [
    'a world and a provider that a host name named',
    {
      explanation: {
        ...explainedOf().explanation,
        mount: { by: 'host', world: 'shop-7', provider: 'rockset', target: '/rockset/v1/orgs/self' },
      },
    },
    "'http://localhost:5282/~shop-7/rockset/v1/orgs/self'",
  ],
  ['what is blotted out', { requestHeaders: { cookie: 'session=…', 'x-other': 'abc…' } }, '# 2 values were blotted out\n'],
  ['a body that is blotted out', { requestBody: '{"token":"…"}' }, '# 1 value was blotted out\n'],
];

describe('copy as curl', () => {
  test.each(cases)('%s', (_, change, text) => {
    const { text: shown, variable } = curlOf(explainedOf(change), base, known);
    expect(shown).toContain(text);
    expect(variable).toBeNull();
    execFileSync('sh', ['-n'], { input: shown });
  });

  test('a secret that is not known is a variable', () => {
    const { text, variable } = curlOf(explainedOf(), base, unknown);
    expect(text).toContain(`-H 'authorization: ApiKey '"$ROCKSET_APIKEY"`);
    expect(variable).toBe('ROCKSET_APIKEY');
    execFileSync('sh', ['-n'], { input: text });
  });

  test('a shell reads every text as it was', () => {
    for (const text of ["it's", '$HOME `id` "x" \\ \n end', "''", '!#&;|<>*?[]~']) {
      expect(execFileSync('sh', ['-c', `printf %s ${quoted(text)}`]).toString()).toBe(text);
    }
  });

  test.each([
    ['rockset', 'ROCKSET_APIKEY'],
    ['my-provider', 'MY_PROVIDER_APIKEY'],
    [null, 'LATCHKEY_APIKEY'],
  ])('the variable of %s', (provider, name) => expect(variableOf(provider)).toBe(name));
});

describe('through curl itself', () => {
  const lk = emulatorForTests({ providers: 'all' });

  test('a request is made again as it was', async () => {
    const credentials = (await lk.world.credentials()).get('rockset') ?? [];
    const { secret, header } = credentials.find(({ name }) => name === 'admin') ?? {};
    await fetch(`${lk.url}/rockset/v1/orgs/self`, { headers: { [header?.name ?? '']: header?.value ?? '' } });
    const read = async (id: string): Promise<ExplainedEntry> =>
      JSON.parse(await (await fetch(`${lk.url}/_latchkey/requests/${id}`)).text());
    const { text } = curlOf(await read('1'), lk.url, { secret: secret ?? undefined, variable: 'X' });
    const { stdout } = await promisify(execFile)('sh', ['-c', text.replace('curl -i', 'curl -si')]);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const [first, again] = [await read('1'), await read('2')];
    expect(again.requestHeaders['authorization']).toBe(first.requestHeaders['authorization']);
    expect([again.method, again.path, again.key]).toEqual([first.method, first.path, first.key]);
  });
});

test('a request of which every field is missing is a line for a shell too', () => {
  const nothing: ExplainedEntry = JSON.parse('{}');
  expect(curlOf(nothing, base, unknown)).toEqual({ text: `curl -i -X 'GET' \\\n  '${base}/'\n`, variable: null });
});

test.each(["it's", "''", 'plain', `"$x" \\'`])(
  'a secret that stands in single quotes reaches the shell as it is: %s',
  async (secret) => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `printf %s '${insideQuotes(secret)}'`]);
    expect(stdout).toBe(secret);
  },
);
