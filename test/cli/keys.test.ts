import { describe, expect, test } from 'vitest';
import type { IssuedKey } from '../../src/library.ts';
import { drivenLatchkey } from './driven.ts';

const driven = drivenLatchkey();

test('keys: a table of keys by state, with the time that they have left', async () => {
  const { lk, run } = driven;
  const { key } = await lk.keys.issue({ provider: 'kps', owner: 'bob@example.com', name: 'ci', expiresIn: '90m' });
  const { stdout } = await run('keys', '--provider', 'kps');
  const [heading, ...rows] = stdout.trim().split('\n');
  expect(heading?.split(/ +/)).toEqual(['PROVIDER', 'HINT', 'NAME', 'OWNER', 'STATE', 'LEFT', 'ID']);
  expect(rows.find((row) => row.endsWith(key.id))).toMatch(/active +90m0s/);
  const json: { readonly id: string }[] = JSON.parse((await run('keys', '--provider', 'kps', '--json')).stdout);
  expect(json.map(({ id }) => id)).toContain(key.id);
});

test('keys: only those that every option names', async () => {
  const { lk, run } = driven;
  const { key } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'suspended' });
  await lk.keys.suspend(key.id);
  const listed = async (...options: string[]): Promise<string[]> => {
    const keys: { readonly id: string }[] = JSON.parse((await run('keys', '--json', ...options)).stdout);
    return keys.map(({ id }) => id);
  };
  const both = ['--provider', 'rockset', '--tenant', 'acme'];
  expect(await listed(...both, '--owner', 'member@me.com', '--state', 'suspended')).toEqual([key.id]);
  expect(await listed(...both, '--owner', 'admin@me.com', '--state', 'suspended')).toEqual([]);
});

test('keys: by kind and a part of their text, in an order (G7)', async () => {
  const { lk, run } = driven;
  for (const [name, expiresIn] of [
    ['sought-late', '9h'],
    ['sought-soon', '1h'],
  ])
    await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name, expiresIn });
  await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', idToken: true });
  const names = async (...options: string[]): Promise<(string | null)[]> => {
    const keys: { readonly name: string | null }[] = JSON.parse((await run('keys', '--json', ...options)).stdout);
    return keys.map(({ name }) => name);
  };
  expect(await names('--search', 'SOUGHT', '--order', 'created')).toEqual(['sought-late', 'sought-soon']);
  expect(await names('--search', 'sought', '--order', 'expiry')).toEqual(['sought-soon', 'sought-late']);
  expect(await names('--kind', 'session')).toEqual([null]);
});

test('keys successor: a key like another, and what a client needs of it (G16)', async () => {
  const { lk, run } = driven;
  const { key } = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci', role: 'read-only' });
  const { stdout } = await run('keys', 'successor', key.id, '--expires-in', '1h');
  expect(stdout).toMatch(/^id {6}\S+\nstate {3}active\nsecret {2}(\w{64})\nheader {2}Authorization: ApiKey \1\n$/);
  const next: IssuedKey = JSON.parse((await run('keys', 'successor', key.id, '--name', 'cd', '--json')).stdout);
  expect(next.key).toMatchObject({ name: 'cd', grants: { roles: ['read-only'] }, owner: 'member@me.com' });
  expect((await lk.keys.list({ q: 'ci-2' })).map(({ expiresAt }) => expiresAt !== null)).toEqual([true]);
});

test('found 3.9: keys: what is revoked or expired has no time left, whatever its expiry', async () => {
  const { lk, run } = driven;
  const issue = (name: string, state: string) =>
    lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name, state, ...(state === 'revoked' && { expiresIn: '9h' }) });
  const keys = [await issue('revoked-9h', 'revoked'), await issue('suspended', 'suspended'), await issue('expired', 'expired')];
  await lk.keys.revoke(keys[1]?.key.id ?? '');
  const { stdout } = await run('keys');
  for (const { key } of keys) expect(stdout).toMatch(new RegExp(`(revoked|expired) +none +${key.id}$`, 'm'));
});

describe('found 3.10: the life of a key', () => {
  const issueCi = async (...more: string[]): Promise<IssuedKey> => {
    const whose = ['--provider', 'rockset', '--owner', 'member@me.com', '--name'];
    return JSON.parse((await driven.run('keys', 'issue', ...whose, ...more, '--json')).stdout);
  };

  test('keys issue: with flags, and with further fields as in a seed file', async () => {
    const { lk } = driven;
    const { key, secret } = await issueCi('verb-1', '--expires-in', '1h', '{"role":"read-only"}');
    expect(key).toMatchObject({ name: 'verb-1', state: 'active', expiresAt: expect.stringMatching(/^2030-01-01T01:/) });
    expect(key.grants).toEqual({ roles: ['read-only'] });
    expect(await lk.introspect(secret)).toMatchObject({ active: true, key: { id: key.id } });
    const suspended = await issueCi('verb-2', '--state', 'suspended', '--secret', 'x'.repeat(64));
    expect([suspended.key.state, suspended.secret]).toEqual(['suspended', 'x'.repeat(64)]);
  });

  test('keys issue: prints what a client needs', async () => {
    const words = ['--provider', 'estuary', '--owner', 'bob', '--name', 'verb-3', '--secret', 'ESTverb3ARY'];
    const { stdout } = await driven.run('keys', 'issue', ...words);
    expect(stdout).toMatch(/^id {6}\S+\nstate {3}active\nsecret {2}ESTverb3ARY\nheader {2}Authorization: Bearer ESTverb3ARY\n$/);
  });

  test('keys suspend, resume, expire and revoke; introspect says what each means', async () => {
    const { run } = driven;
    const { key, secret } = await issueCi('verb-4', '--expires-in', '1h');
    const whose = `: the key verb-4 of member@me.com (rockset, ${key.id})\n`;
    const steps = [
      ['suspend', 'suspended', `refused, because it is suspended${whose}`],
      ['resume', 'active', `accepted${whose}`],
      ['expire', 'expired', `refused, because it has expired${whose}`],
      ['revoke', 'revoked', `refused, because it is revoked${whose}`],
    ] as const;
    for (const [verb, state, verdict] of steps) {
      expect(await run('keys', verb, key.id)).toEqual({ status: 0, stdout: `${key.id} is ${state}\n`, stderr: '' });
      expect((await run('introspect', secret)).stdout).toBe(verdict);
    }
    expect((await run('introspect', 'nonsense', '--provider', 'rockset')).stdout).toBe(
      'refused, because no such key was issued in this world\n',
    );
    expect(JSON.parse((await run('introspect', secret, '--json')).stdout)).toMatchObject({
      active: false,
      reason: 'key_revoked',
    });
    expect(JSON.parse((await run('keys', 'revoke', key.id, '--json')).stdout)).toMatchObject({ id: key.id, state: 'revoked' });
  });

  test('a key that does not exist', async () => {
    for (const verb of ['suspend', 'resume', 'expire', 'revoke']) {
      const { status, stdout, stderr } = await driven.run('keys', verb, 'no-such-key');
      expect([status, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^latchkey: [^\n]*no-such-key[^\n]*\n$/)]);
    }
  });

  test('agenda: what the clock will bring about', async () => {
    const { lk, run } = driven;
    const world = lk.world('agenda');
    const { key } = await world.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'ci', expiresIn: '90m' });
    const { stdout } = await run('agenda', '--world', 'agenda');
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading?.split(/ +/)).toEqual(['AT', 'IN', 'EVENT', 'PROVIDER', 'KEY', 'OWNER', 'ID']);
    expect(rows[0]).toMatch(new RegExp(`^2030-01-01T01:\\S+ +\\d+m\\d+s +expiry +rockset +ci +member@me.com +${key.id}$`));
    const json: { readonly key: { readonly id: string } }[] = JSON.parse(
      (await run('agenda', '--world', 'agenda', '--json')).stdout,
    );
    expect(json[0]?.key.id).toBe(key.id);
  });
});
