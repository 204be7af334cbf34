import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromIso, systemClock } from '../../../src/clock.ts';
import { connect } from '../../../src/library.ts';
import { Authority } from '../../../src/server/tls/authority.ts';
import { overHttp2 } from '../../server/tls/secure-call.ts';
import { runCommand, serveCommand } from '../../support/command.ts';
import { runHere } from '../../support/command-here.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('--tls', () => {
  test('self-signed: https alongside http, on any free port if --port is 0, named in the line that says it is ready', async () => {
    const { announcement, url } = await serveCommand(['--tls', 'self-signed', '--log-level', 'warn']);
    const [, secure = ''] =
      /^latchkey \S+ ready: http:\S+ and (https:\/\/127\.0\.0\.1:\d+) \(estuary .*\)\n$/.exec(announcement) ?? [];
    const { ca } = await (await connect(url)).tls();
    expect(await overHttp2({ url: `${secure}/`, ca })).toEqual({ status: 200, body: { message: 'GO ROCKSET!' } });
  });

  test('--tls-ca: the authority outlives the process, in a file that only its owner may read', async () => {
    const file = join(folder, 'authority.pem');
    const caOf = async () => {
      const { url, stop } = await serveCommand(['--tls', 'self-signed', '--tls-ca', file]);
      const { ca } = await (await connect(url)).tls();
      await stop();
      return ca;
    };
    const first = await caOf();
    expect(await caOf()).toBe(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(first);
  });

  test('latchkey ca --tls-ca: makes the authority, and prints its certificate, before latchkey runs', async () => {
    const file = join(folder, 'authority.pem');
    const { stdout } = await runCommand(['ca', '--tls-ca', file]);
    expect(await runCommand(['ca'], { env: { LATCHKEY_TLS_CA: file } })).toEqual({ status: 0, stdout, stderr: '' });
    const { url } = await serveCommand(['--tls', 'self-signed', '--tls-ca', file]);
    expect((await (await connect(url)).tls()).ca).toBe(stdout);
    expect(await runCommand(['ca', '--tls-ca', fileOf('text.pem', 'text')])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^latchkey: cannot use the certificate authority [^\n]+\n$/),
    });
  });

  test('cert.pem,key.pem: the certificate is the given one', async () => {
    const authority = await Authority.make(systemClock.now());
    const { cert, key } = await authority.issue(['127.0.0.1'], systemClock.now());
    const { url, announcement } = await serveCommand(['--tls', `${fileOf('cert.pem', cert)},${fileOf('key.pem', key)}`]);
    const [, secure = ''] = /and (https:\S+)/.exec(announcement) ?? [];
    expect(await (await connect(url)).tls()).toEqual({ url: secure, ca: null });
    const answer = await overHttp2({ url: `${secure}/viewer`, ca: authority.certificate });
    expect(answer.status).toBe(401);
    expect((await fetch(`${url}/_latchkey/ca.pem`)).status).toBe(404);
    expect((await runCommand(['ca', '--url', url])).stderr).toBe(
      'latchkey: it was started with a certificate of your own: trust the authority that issued that\n',
    );
  });

  test('openssl accepts the certificates', async () => {
    const authority = await Authority.make(systemClock.now());
    const { cert } = await authority.issue(['localhost', '*.localhost', '::1'], systemClock.now());
    const options = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', fileOf('ca.pem', authority.certificate)];
    expect(execFileSync('openssl', [...options, fileOf('leaf.pem', cert)], { encoding: 'utf8' })).toMatch(/: OK\n$/);
  });
});

describe('settings that cannot be used are refused in one line, with status 1', () => {
  const refusal = async (...args: string[]) => {
    const { status, stdout, stderr } = await runHere(['--port', '0', ...args]);
    expect([status, stdout]).toEqual([1, '']);
    return stderr.replaceAll(folder, '');
  };

  test('a setting that needs another one', async () => {
    expect(await refusal('--tls-port', '0', '--tls-ca', 'x')).toBe(
      'latchkey: --tls-port is set, but --tls is not\nlatchkey: --tls-ca is set, but --tls is not\n',
    );
    expect(await refusal('--tls', 'a.pem,b.pem', '--tls-ca', 'x')).toBe('latchkey: --tls-ca needs --tls self-signed\n');
  });

  test.each(['nonsense', 'a.pem,', 'a.pem,b.pem,c.pem'])('--tls %s', async (value) => {
    expect(await refusal('--tls', value)).toBe(`latchkey: --tls must be self-signed or cert.pem,key.pem, not "${value}"\n`);
  });

  test('files that do not exist, hold no certificate, or do not belong together', async () => {
    const [one, other] = [await Authority.make(systemClock.now()), await Authority.make(systemClock.now())];
    const { cert } = await one.issue(['localhost'], systemClock.now());
    const { key } = await other.issue(['localhost'], systemClock.now());
    const files = (...names: string[]) => names.map((name) => join(folder, name)).join(',');
    fileOf('cert.pem', cert);
    fileOf('key.pem', key);
    fileOf('text.pem', 'text');
    const said = 'latchkey: cannot use the certificate /cert.pem with the key';
    expect(await refusal('--tls', files('cert.pem', 'gone.pem'))).toBe(`${said} /gone.pem: /gone.pem: there is no such file\n`);
    expect(await refusal('--tls', files('cert.pem', 'key.pem'))).toBe(`${said} /key.pem: they do not belong together\n`);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    fileOf('rsa.pem', String(rsa));
    expect(await refusal('--tls', files('cert.pem', 'rsa.pem'))).toBe(`${said} /rsa.pem: they do not belong together\n`);
    expect(await refusal('--tls', files('cert.pem', 'text.pem'))).toBe(
      `${said} /text.pem: the second file holds no private key without a passphrase (PEM)\n`,
    );
    expect(await refusal('--tls', files('text.pem', 'key.pem'))).toBe(
      'latchkey: cannot use the certificate /text.pem with the key /key.pem: the first file holds no certificate (PEM, which begins with -----BEGIN CERTIFICATE-----)\n',
    );
  });

  test('a file that holds no authority, or the key of another one, or that cannot be written', async () => {
    const [one, other] = [await Authority.make(systemClock.now()), await Authority.make(systemClock.now())];
    const { cert, key } = await one.issue(['localhost'], systemClock.now());
    const ca = (name: string, content: string) => refusal('--tls', 'self-signed', '--tls-ca', fileOf(name, content));
    const said = 'latchkey: cannot use the certificate authority';
    const parts = 'it does not hold a certificate and its key (EC, P-256)';
    expect(await ca('text.pem', 'text')).toBe(`${said} /text.pem: ${parts}\n`);
    expect(await ca('key.pem', one.pem.replace(one.certificate, ''))).toBe(`${said} /key.pem: ${parts}\n`);
    expect(await ca('certificate.pem', one.certificate)).toBe(`${said} /certificate.pem: ${parts}\n`);
    const old = await Authority.make(fromIso('2010-01-01T00:00:00Z') ?? 0);
    expect(await ca('old.pem', old.pem)).toBe(`${said} /old.pem: it has expired\n`);
    expect(await ca('other.pem', one.pem.replace(one.certificate, other.certificate))).toBe(
      `${said} /other.pem: the key does not belong to the certificate\n`,
    );
    expect(await ca('leaf.pem', key + cert)).toBe(`${said} /leaf.pem: the certificate does not belong to an authority\n`);
    expect(await refusal('--tls', 'self-signed', '--tls-ca', join(folder, 'no', 'such', 'folder'))).toBe(
      `${said} /no/such/folder: its folder does not exist\n`,
    );
  });

  test('a port in use', async () => {
    const { url } = await serveCommand([]);
    const { port } = new URL(url);
    expect(await refusal('--tls', 'self-signed', '--tls-port', port)).toMatch(
      /^latchkey: port \d+ is in use \(127\.0\.0\.1\): it is a latchkey \d[^\n]+; stop it, or use --port 0 or another port\n$/,
    );
  });
});
