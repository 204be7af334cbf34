import { describe, expect, test } from 'vitest';
import { runHere } from '../support/command-here.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();
const fault = '{"effect":{"status":429}}';

describe('what cannot be done is reported in one line, with status 1', () => {
  test.each([
    [['clock', 'leap'], 'latchkey: expected one of read, advance, set, freeze, resume, edge, not "leap"\n'],
    [['clock', 'toString'], 'latchkey: expected one of read, advance, set, freeze, resume, edge, not "toString"\n'],
    [['clock', 'advanse', '1h'], /not "advanse"; did you mean advance\?\n$/],
    [['clock', 'advance'], 'latchkey: expected <duration>\n'],
    [['faults', 'add', '{}'], `latchkey: a fault needs an effect, such as '${fault}'\n`],
    [['faults', 'add', '{'], `latchkey: expected a fault as a JSON object, such as '${fault}', not "{"\n`],
    [['faults', 'add'], `latchkey: expected a fault as a JSON object, such as '${fault}', not nothing\n`],
    [['keys', 'issue'], 'latchkey: a key needs a provider: --provider rockset\n'],
    [
      ['keys', 'issue', '--provider', 'rockset', '{bad'],
      `latchkey: expected further fields of the key as a JSON object, such as '{"role":"member"}', not "{bad"\n`,
    ],
    [['requests', '--limit', '0'], 'latchkey: --limit must be at least 1, not 0\n'],
    [['requests', '--limit', 'abc'], 'latchkey: --limit must be an integer, not "abc"\n'],
    [['requests', '999999'], 'latchkey: The journal has no request "999999".\n'],
    [['requests', '--status', 'good'], 'latchkey: --status must be an integer, not "good"\n'],
    [['requests', '--follow', '--provider', 'nobody'], /^latchkey: [^\n]*nobody[^\n]*\n$/],
    [['snapshot', 'load', '/nowhere'], 'latchkey: /nowhere: there is no such file\n'],
    [['snapshot', 'save', '/no/such/folder'], 'latchkey: /no/such/folder: there is no such file\n'],
    [['worlds', 'make', 'w9', '--seed', '/nowhere'], 'latchkey: /nowhere: there is no such file\n'],
    [['snapshot'], 'latchkey: expected one of save, load\n'],
    [['snapshot', 'save'], 'latchkey: expected <file>\n'],
    [['keys', '--state', 'gone'], 'latchkey: --state must be one of active, suspended, revoked, expired, not "gone"\n'],
    [['keys', '--url', 'localhost:5282'], 'latchkey: --url wants a URL such as http://localhost:5282, not "localhost:5282"\n'],
    [['keys', '--world', 'A B'], /^latchkey: --world must be 1 to 63 lower-case letters, [^\n]+, not "A B"\n$/],
    [['keys', 'all'], 'latchkey: expected one of list, issue, successor, suspend, resume, revoke, expire, not "all"\n'],
    [['keys', '--porvider', 'kps'], 'latchkey: unknown flag --porvider; did you mean --provider?\n'],
    [['reset', '--to'], 'latchkey: --to needs a value\n'],
    [['doctor', '--world', 'w1'], 'latchkey: unknown flag --world\n'],
    [['cloc'], 'latchkey: unknown command cloc; did you mean clock? latchkey --help lists all commands\n'],
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
