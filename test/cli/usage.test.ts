import { describe, expect, test } from 'vitest';
import { runHere } from '../support/command-here.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

describe('what cannot be done is reported in one line, with status 1', () => {
  test.each([
    [['clock', 'leap'], 'latchkey: expected one of read, advance, set, freeze, resume, not "leap"\n'],
    [['clock', 'toString'], 'latchkey: expected one of read, advance, set, freeze, resume, not "toString"\n'],
    [['faults', 'add', '{}'], /^latchkey: \/effect is missing/],
    [['faults', 'add', '{'], /^latchkey: expected a fault as JSON: /],
    [['requests', '999999'], 'latchkey: The journal has no request "999999".\n'],
    [['requests', '--status', 'good'], 'latchkey: --status must be an integer, not "good"\n'],
    [['requests', '--follow', '--provider', 'nobody'], /^latchkey: [^\n]*nobody[^\n]*\n$/],
    [['snapshot', 'load', '/nowhere'], /^latchkey: ENOENT/],
    [['snapshot', 'save'], 'latchkey: expected <action> <file>, not save\n'],
    [['keys', '--state', 'gone'], 'latchkey: --state must be one of active, suspended, revoked, expired, not "gone"\n'],
    [['keys', '--url', 'http://127.0.0.1:9'], 'latchkey: nothing answers at http://127.0.0.1:9: bad port\n'],
    [['keys', 'all'], 'latchkey: unknown argument all\n'],
    [['reset', '--to'], 'latchkey: --to needs a value\n'],
    [['doctor', '--world', 'w1'], 'latchkey: unknown flag --world\n'],
    [['dance'], 'latchkey: unknown command dance; latchkey --help lists all commands\n'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await driven.run(...args);
    expect([status, stdout]).toEqual([1, '']);
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
  });
});

test('every problem with the arguments comes at once', async () => {
  expect(await driven.run('requests', '--limit', 'x', '--nope', 'y', '1', '2')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'latchkey: unknown flag --nope\nlatchkey: --limit must be an integer, not "x"\nlatchkey: unknown argument 2\n',
  });
});

test('a secret is not shown by the help', async () => {
  const { stdout } = await runHere(['keys', '--help'], { env: { LATCHKEY_ADMIN_TOKEN: 'open-sesame' } });
  expect(stdout).toContain('LATCHKEY_ADMIN_TOKEN');
  expect(stdout).not.toContain('open-sesame');
});

test('health: a variable that is not a port is refused', async () => {
  expect(await runHere(['health'], { env: { LATCHKEY_PORT: 'tcp://10.0.0.1:5282' } })).toEqual({
    status: 1,
    stdout: '',
    stderr: 'latchkey: LATCHKEY_PORT must be an integer, not "tcp://10.0.0.1:5282"\n',
  });
});
