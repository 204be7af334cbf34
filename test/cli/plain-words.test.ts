import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/cli/arguments/options.ts';
import { commands } from '../../src/cli/commands.ts';
import { startLatchkey } from '../../src/library.ts';
import { runHere } from '../support/command-here.ts';
import { freeUrl, portWith } from '../support/servers.ts';
import { drivenLatchkey } from './driven.ts';

// found 3.7: no message of Node.js, V8, OpenSSL, SQLite, the parser or the validator reaches a person.

const driven = drivenLatchkey();
const foreign =
  /\bE[A-Z]{4,}\b|ERR_|errno|syscall|Unexpected token|JSON at position|in JSON|is not valid JSON|fetch failed|bad port|socket hang up|other side closed|Parse Error|SSL routines|:error:|unable to verify|self.signed certificate in|must NOT|must have required|SQLITE|undefined|\bat .*:\d+:\d+/;

/** Every command and every action of one, with the words that it requires. */
const calls = await Promise.all(
  commands.map(async ({ name, load }) => {
    const { command } = await load();
    const own = { words: [name], usage: command.usage };
    const actions = Object.entries(command.actions ?? {});
    return actions.length === 0
      ? [own]
      : actions.map(
          ([
            word,
            {
              command: { usage },
            },
          ]) => ({ words: [name, word], usage }),
        );
  }),
).then((all) =>
  all.flat().map(({ words, usage }) => {
    const required = (usage?.words ?? []).filter((word) => word.startsWith('<')).map(() => '1h');
    return { title: words.join(' '), words, required, options: usage?.options };
  }),
);
const reaching = calls.filter(({ options = {} }) => Object.hasOwn(options, 'url') && Object.hasOwn(options, 'json'));

/** What a person reads of a call that fails. */
async function told(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { status, stdout, stderr } = await runHere(args, { env, folder: driven.folder });
  expect([args, status]).toEqual([args, 1]);
  const said = stderr === '' ? stdout : stderr;
  expect(said).not.toMatch(foreign);
  for (const line of said.trimEnd().split('\n')) expect(line).toMatch(/^(latchkey: |ok |BAD )/);
  return said;
}

describe.each(calls)('$title', ({ words, required, options }) => {
  test('a flag that does not exist, and a value that an option cannot have', async () => {
    const settings: Options = { port: { type: 'integer', description: '' } };
    await told([...words, ...required, '--nope', ...(words[0] === 'exec' ? ['--', 'true'] : [])]);
    for (const [name, { type, enum: choices }] of Object.entries(options ?? settings)) {
      const isFree = type === 'string' && choices === undefined && name !== 'url' && name !== 'world';
      if (!isFree) await told([...words, ...required, `--${name}=no such value`, ...(words[0] === 'exec' ? ['--', 'true'] : [])]);
    }
  });

  test('a config file that cannot be used', async () => {
    writeFileSync(join(driven.folder, 'broken.yaml'), 'port: [');
    if (options !== undefined && !Object.hasOwn(options, 'config')) return;
    expect(
      await told([...words, ...required, '--config', 'broken.yaml', ...(words[0] === 'exec' ? ['--', 'true'] : [])]),
    ).toContain('broken.yaml: line 1: ');
  });
});

describe.each(reaching)('$title', ({ words, required }) => {
  // A file that can be loaded, and JSON that can be sent.
  const others: Readonly<Record<string, readonly string[]>> = {
    'faults add': ['{"effect":{"status":429}}'],
    'worlds drop': ['1h'],
  };
  const given = others[words.join(' ')] ?? required;
  const all = [...words, ...given, ...(words.join(' ') === 'keys issue' ? ['--provider', 'rockset'] : [])];
  const call = words[0] === 'wait' ? [...all, '--timeout', '0s'] : all;

  test('nothing listens, something else does, or it wants https', async () => {
    writeFileSync(join(driven.folder, '1h'), 'a file');
    expect(await told([...call, '--url', await freeUrl()])).toContain('nothing listens there; is it running, on this port');
    await told([...call, '--url', `http://127.0.0.1:${await portWith((socket) => socket.end('SSH-2.0-x\r\n'))}`]);
    await told([...call, '--url', `http://127.0.0.1:${await portWith((socket) => socket.destroy())}`]);
    await told([
      ...call,
      '--url',
      `http://127.0.0.1:${await portWith((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n<hi>'))}`,
    ]);
    await told([...call, '--url', driven.lk.url.replace('http:', 'https:')]);
    await told([...call, '--url', 'localhost:5282']);
  });
});

test('https on the port of http, and a certificate that is not trusted', async () => {
  await using secure = await startLatchkey({ tls: 'self-signed' });
  const { url } = await secure.tls();
  for (const name of ['keys', 'wait', 'doctor', 'health', 'worlds']) {
    const call = name === 'wait' ? [name, '--timeout', '0s'] : [name];
    expect(await told([...call, '--url', url])).toContain('trust its authority: latchkey ca ca.pem');
    expect(await told([...call, '--url', url.replace('https:', 'http:')])).toContain('does the server speak https?');
  }
});

describe('what a server cannot be started with', () => {
  test.each([
    ['--rockset-profile 1999', '--rockset-profile must be one of 2022, 2023, 2021, not "1999"'],
    ['--rokset-profile 2022', 'unknown flag --rokset-profile; did you mean --rockset-profile?'],
    ['--seed gone.yaml', 'gone.yaml: there is no such file'],
    ['--seed folder', 'folder: it is a folder, not a file'],
    ['--watch', '--watch is set, but --seed names no file'],
    ['--log-format xml', '--log-format must be one of pretty, json, not "xml"'],
    ['--tls gone.pem,key.pem', 'cannot use the certificate gone.pem with the key key.pem: gone.pem: there is no such file'],
    [
      '--tls self-signed --tls-ca /no/such/ca.pem',
      'cannot use the certificate authority /no/such/ca.pem: its folder does not exist',
    ],
    ['--host 192.0.2.1', 'this machine does not have the address 192.0.2.1: --host wants one that it has, such as 127.0.0.1'],
    [
      '--host no.such.host.invalid',
      'the host no.such.host.invalid is unknown here: --host wants an address of this machine, such as 127.0.0.1',
    ],
  ])('%s', async (flags, problem) => {
    mkdirSync(join(driven.folder, 'folder'), { recursive: true });
    expect(await told(['serve', '--port', '0', ...flags.split(' ')])).toBe(`latchkey: ${problem}\n`);
    expect(await told(['exec', '--port', '0', ...flags.split(' '), '--', 'true'])).toBe(`latchkey: ${problem}\n`);
  });

  test('a port in use: by a latchkey, whose version it says, or by something else', async () => {
    const { port } = new URL(driven.lk.url);
    expect(await told(['serve', '--port', port])).toMatch(
      /^latchkey: port \d+ is in use \(127\.0\.0\.1\): it is a latchkey \d+\.\d+\.\d+; stop it, or use --port 0 or another port\n$/,
    );
    const other = await portWith((socket) => socket.end('SSH-2.0-x\r\n'));
    expect(await told(['serve', '--port', String(other)])).toBe(
      `latchkey: port ${other} is in use (127.0.0.1): another program has it; stop it, or use --port 0 or another port\n`,
    );
  });

  test('a command of exec that does not exist, or cannot be run', async () => {
    const { status, stderr } = await runHere(['exec', '--', 'no-such-command']);
    expect([status, stderr]).toEqual([
      127,
      'latchkey: the command no-such-command does not exist, or its folder is not in PATH\n',
    ]);
    const file = join(driven.folder, 'plain.txt');
    writeFileSync(file, 'text');
    chmodSync(file, 0o600);
    expect(await runHere(['exec', '--', file])).toEqual({
      status: 126,
      stdout: '',
      stderr: `latchkey: the command ${file} cannot be run: permission denied\n`,
    });
  });
});
