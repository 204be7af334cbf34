import { createServer } from 'node:http';
import supertest from 'supertest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveCommand } from '../support/command.ts';
import { runHere } from '../support/command-here.ts';

const alice = 'Bearer EST00000000-0000-4000-8000-000000000002ARY';
const rocksetMember = 'ApiKey member0LatchkeySeed000000000000000000000000000000000000000000000';
const problems = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = await runHere(['--port', '0', ...args], { env });
  expect([status, stdout]).toEqual([1, '']);
  return stderr;
};

describe('--admin-token', () => {
  test.each([
    ['as a flag', ['--admin-token', 's3cret'], {}],
    ['as a variable', [], { LATCHKEY_ADMIN_TOKEN: 's3cret' }],
    ['the flag wins', ['--admin-token=s3cret'], { LATCHKEY_ADMIN_TOKEN: 'other' }],
  ])('%s: guards the control plane, and nothing else', async (_how, args, env) => {
    const { url, announcement, stop } = await serveCommand(args, { env });
    await supertest(url).get('/_latchkey/keys').expect(401);
    await supertest(url).get('/_latchkey/keys').set('Authorization', 'Bearer s3cret').expect(200);
    await supertest(url).get('/_latchkey/health').expect(200);
    await supertest(url).get('/viewer').set('Authorization', alice).expect(200);
    expect(announcement + (await stop()).stderr).not.toContain('s3cret');
  });

  test('needs a value', async () => {
    expect(await problems(['--admin-token'])).toBe('latchkey: --admin-token needs a value\n');
    expect(await problems(['--admin-token='])).toBe('latchkey: --admin-token must not be empty\n');
  });
});

describe('--explain-header', () => {
  const header = 'x-latchkey-request';

  test.each([
    ['a flag alone', ['--explain-header'], {}],
    ['a flag with a value', ['--explain-header=true'], {}],
    ['a variable', [], { LATCHKEY_EXPLAIN_HEADER: 'true' }],
  ])('%s: every answer of a provider names its journal entry', async (_how, args, env) => {
    const { url } = await serveCommand(args, { env });
    const answer = await supertest(url).get('/viewer').set('Authorization', alice).expect(200);
    const { body } = await supertest(url).get(`/_latchkey/requests/${answer.headers[header]}`).expect(200);
    expect(body).toMatchObject({ path: '/viewer', status: 200, operation: 'viewerGet' });
    expect((await supertest(url).get('/viewer')).headers[header]).toBe('2');
    expect((await supertest(url).get('/_latchkey/health')).headers).not.toHaveProperty(header);
  });

  test.each([
    ['left out', [], {}],
    ['false', ['--explain-header=false'], {}],
    ['the flag wins', ['--explain-header=false'], { LATCHKEY_EXPLAIN_HEADER: 'true' }],
  ])('%s: no answer has it', async (_how, args, env) => {
    const { url } = await serveCommand(args, { env });
    expect((await supertest(url).get('/viewer')).headers).not.toHaveProperty(header);
  });

  test('must be true or false', async () => {
    expect(await problems(['--explain-header=perhaps'])).toBe(
      'latchkey: --explain-header must be true or false, not "perhaps"\n',
    );
    expect(await problems([], { LATCHKEY_EXPLAIN_HEADER: 'yes' })).toBe(
      'latchkey: LATCHKEY_EXPLAIN_HEADER must be true or false, not "yes"\n',
    );
    expect(await problems(['--explain-header', 'false'])).toBe('latchkey: unknown argument false\n');
  });
});

describe('--max-worlds', () => {
  const refusal = {
    error: {
      code: 'world_limit_reached',
      message: 'All 2 worlds that --max-worlds allows are open. Drop one first.',
      details: null,
    },
  };

  test.each([
    ['as a flag', ['--max-worlds', '2'], {}],
    ['as a variable', [], { LATCHKEY_MAX_WORLDS: '2' }],
  ])('%s: one more world is refused, and none is dropped', async (_how, args, env) => {
    const { url } = await serveCommand(args, { env });
    await supertest(url).get('/~one/viewer').set('Authorization', alice).expect(200);
    expect((await supertest(url).get('/~two/viewer').set('Authorization', alice).expect(507)).body).toEqual(refusal);
    await supertest(url).get('/~one/viewer').set('Authorization', alice).expect(200);
    await supertest(url).get('/viewer').set('Authorization', alice).expect(200);
    await supertest(url).delete('/_latchkey/worlds/one').expect(200);
    await supertest(url).get('/~two/viewer').set('Authorization', alice).expect(200);
  });

  test.each([
    ['0', 'must be at least 1, not 0'],
    ['100001', 'must be at most 100000, not 100001'],
    ['many', 'must be an integer, not "many"'],
    ['1.5', 'must be an integer, not "1.5"'],
  ])('%s is refused', async (value, problem) => {
    expect(await problems(['--max-worlds', value])).toBe(`latchkey: --max-worlds ${problem}\n`);
    expect(await problems([], { LATCHKEY_MAX_WORLDS: value })).toBe(`latchkey: LATCHKEY_MAX_WORLDS ${problem}\n`);
  });
});

describe.each([
  ['--journal-size', 'LATCHKEY_JOURNAL_SIZE', 100_000],
  ['--journal-memory', 'LATCHKEY_JOURNAL_MEMORY', 65_536],
])('%s', (flag, variable, most) => {
  test.each([
    ['0', 'must be at least 1, not 0'],
    [`${most + 1}`, `must be at most ${most}, not ${most + 1}`],
    ['all', 'must be an integer, not "all"'],
  ])('%s is refused', async (value, problem) => {
    expect(await problems([flag, value])).toBe(`latchkey: ${flag} ${problem}\n`);
    expect(await problems([], { [variable]: value })).toBe(`latchkey: ${variable} ${problem}\n`);
  });
});

test.each(['', 'soon', '0s', '-1h', '999ms'])('--world-idle=%s is refused', async (value) => {
  const problem = `must be off, or a duration of at least 1s such as 30m, not ${JSON.stringify(value)}`;
  expect(await problems([`--world-idle=${value}`])).toBe(`latchkey: --world-idle ${problem}\n`);
});

test.each(['', 'soon', '-1s', '301s', '6m'])('--drain=%s is refused', async (value) => {
  const problem = `must be a duration from 0s to 5m such as 5s, not ${JSON.stringify(value)}`;
  expect(await problems([`--drain=${value}`])).toBe(`latchkey: --drain ${problem}\n`);
});

describe('--upstream', () => {
  /** A mock that answers with the method and path that it was asked for. */
  const startMock = async (): Promise<string> => {
    const mock = createServer(({ method, url }, response) => response.end(`${method} ${url}`)).listen(0, '127.0.0.1');
    onTestFinished(() => {
      mock.close();
    });
    await new Promise((resolve) => mock.once('listening', resolve));
    const address = mock.address();
    return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  };
  const estuary = (url: string) => supertest(url).get('/estuary/content/stats').set('Authorization', alice);
  const rockset = (url: string) => supertest(url).get('/v1/orgs/self/ws').set('Authorization', rocksetMember);

  test('as a flag and as a variable; the flag wins', async () => {
    const mock = await startMock();
    const { url } = await serveCommand(['--upstream', `rockset=${mock}/a`], { env: { LATCHKEY_UPSTREAM: `rockset=${mock}/b` } });
    expect((await rockset(url)).text).toBe('GET /a/v1/orgs/self/ws');
    const other = await serveCommand([], { env: { LATCHKEY_UPSTREAM: `rockset=${mock}/b` } });
    expect((await rockset(other.url)).text).toBe('GET /b/v1/orgs/self/ws');
  });

  test.each([
    ['one after a comma', (mock: string) => ['--upstream', `rockset=${mock}/a, estuary=${mock}/b`]],
    ['one flag each', (mock: string) => ['--upstream', `rockset=${mock}/a`, '--upstream', `estuary=${mock}/b`]],
  ])('several: %s', async (_how, argsFor) => {
    const { url } = await serveCommand(argsFor(await startMock()));
    expect((await rockset(url)).text).toBe('GET /a/v1/orgs/self/ws');
    expect((await estuary(url)).text).toBe('GET /b/content/stats');
  });

  test.each([
    ['nobody=http://localhost:1', '--upstream names "nobody", which is not among the providers'],
    ['http://localhost:1', '--upstream must be provider=URL, not "http://localhost:1"'],
    ['rockset', '--upstream must be provider=URL, not "rockset"'],
    ['rockset=', '--upstream needs an http or https URL for rockset'],
    ['rockset=localhost:1', '--upstream needs an http or https URL for rockset'],
    ['rockset=ftp://localhost', '--upstream needs an http or https URL for rockset'],
    ['rockset=http://localhost:99999', '--upstream needs an http or https URL for rockset'],
    ['rockset=http://local host', '--upstream needs an http or https URL for rockset'],
    ['rockset=http://localhost/?a=b', '--upstream needs an http or https URL for rockset'],
    ['rockset=http://a,rockset=http://b', '--upstream names rockset twice'],
    [
      'nobody=http://a,kps=b',
      '--upstream names "nobody", which is not among the providers\nlatchkey: --upstream needs an http or https URL for kps',
    ],
  ])('%s is refused', async (value, problem) => {
    expect(await problems(['--upstream', value])).toBe(`latchkey: ${problem}\n`);
  });

  test('is refused for a provider that is not emulated', async () => {
    expect(await problems(['--providers', 'kps'], { LATCHKEY_UPSTREAM: 'rockset=http://localhost:1' })).toBe(
      'latchkey: LATCHKEY_UPSTREAM names "rockset", which is not among the providers\n',
    );
  });
});

test('the problems of all settings are listed at once', async () => {
  const printed = await problems(['--max-worlds', '0', '--explain-header=2'], { LATCHKEY_ADMIN_TOKENS: 'x' });
  expect(printed.split('\n').toSorted()).toEqual(
    [
      '',
      'latchkey: --explain-header must be true or false, not "2"',
      'latchkey: --max-worlds must be at least 1, not 0',
      'latchkey: unknown environment variable LATCHKEY_ADMIN_TOKENS; did you mean LATCHKEY_ADMIN_TOKEN?',
    ].toSorted(),
  );
});
