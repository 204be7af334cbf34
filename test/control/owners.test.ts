import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { readYamlFile } from '../../src/config/yaml-file.ts';
import { root } from '../../src/package.ts';
import { emulatorForTests } from '../providers/emulator.ts';
import { runHere } from '../support/command-here.ts';

// found 2.9: what a key is issued for finds it.

const lk = emulatorForTests();
const list = async (
  query: string,
  world = '',
): Promise<{ readonly id: string; readonly owner: string; readonly provider: string }[]> =>
  (await lk.request.get(`${world}/_latchkey/keys?${query}`).expect(200)).body.keys;

/** Whom each provider's keys can be issued for, in each form that is taken. */
const owners: Readonly<Record<string, readonly (readonly [owner: string, more: object])[]>> = {
  estuary: [
    ['bob', {}],
    ['BOB', {}],
  ],
  kps: [
    ['bob@example.com', {}],
    ['Bob@Example.COM', {}],
  ],
  rockset: [
    ['member@me.com', { name: 'ci' }],
    ['Member@Me.com', { name: 'ci' }],
  ],
  whylabs: [['user-123', { organization: 'org-123' }]],
};
const forms = Object.entries(owners).flatMap(([provider, some]) => some.map(([owner, more]) => [provider, owner, more] as const));

const folder = join(root, 'examples', 'seeds');

test.each(readdirSync(folder))('examples/seeds/%s: every key is found by its owner as the file names it', async (file) => {
  const seed = Object(readYamlFile(file, folder).content);
  await lk.request.post('/~example/_latchkey/seed').send({ seed }).expect(200);
  for (const [provider, section] of Object.entries(seed)) {
    const named: readonly { readonly owner: string }[] = Object(section).keys ?? [];
    for (const { owner } of named)
      expect(await list(`provider=${provider}&owner=${encodeURIComponent(owner)}`, '/~example'), owner).not.toEqual([]);
  }
});

test('a key can be issued for an owner as keys show it, and for no other id', async () => {
  for (const provider of ['estuary', 'kps', 'rockset', 'whylabs']) {
    const [shown] = await list(`provider=${provider}`);
    const more = provider === 'rockset' ? { name: 'again' } : provider === 'whylabs' ? { organization: 'org-123' } : {};
    const owner = provider === 'whylabs' ? 'user-123' : shown?.owner;
    const { body } = await lk.request
      .post('/_latchkey/keys')
      .send({ provider, owner, ...more })
      .expect(200);
    expect(body.key.owner).toBe(owner);
  }
  await lk.request.post('/_latchkey/keys').send({ provider: 'estuary', owner: '999' }).expect(400);
});

describe.each(forms)('a key of %s that is issued for %s', (provider, owner, more) => {
  test('is found by that, by the owner that it shows, and with other filters', async () => {
    const description = { provider, owner, ...more };
    const { key } = (await lk.request.post('/_latchkey/keys').send(description).expect(200)).body;
    for (const one of [owner, key.owner]) {
      const found = await list(`owner=${encodeURIComponent(one)}`);
      expect(found.map(({ id }) => id)).toContain(key.id);
      expect(await list(`owner=${encodeURIComponent(one)}&provider=${provider}&tenant=${key.tenant}&state=active`)).toEqual(
        found.filter((candidate) => candidate.provider === provider),
      );
    }
    expect(await list(`owner=${encodeURIComponent(owner)}&provider=${provider}`)).toEqual(
      await list(`owner=${encodeURIComponent(key.owner)}&provider=${provider}`),
    );
    const client = await connect(lk.url);
    expect((await client.keys.list({ owner })).map(({ id }) => id)).toContain(key.id);
    const { stdout } = await runHere(['keys', '--owner', owner, '--json'], { env: { LATCHKEY_URL: lk.url } });
    expect(stdout).toContain(key.id);
  });
});

test('an owner whom nobody calls like this has no keys', async () => {
  expect(await list('owner=nobody')).toEqual([]);
});

test('the id of one provider is not the name of an owner of another', async () => {
  await lk.request.post('/_latchkey/keys').send({ provider: 'whylabs', organization: 'org-123', owner: '3' }).expect(200);
  // Estuary's bob has the id 3.
  expect((await list('owner=bob')).map(({ provider }) => provider)).toEqual(['estuary']);
  expect((await list('owner=3')).map(({ provider }) => provider).toSorted()).toEqual(['estuary', 'whylabs']);
});

test('pages and totals count the same keys', async () => {
  for (let count = 0; count < 3; count++)
    await lk.request.post('/_latchkey/keys').send({ provider: 'estuary', owner: 'bob' }).expect(200);
  const first = (await lk.request.get('/_latchkey/keys?owner=bob&limit=3').expect(200)).body;
  const second = (await lk.request.get(`/_latchkey/keys?owner=bob&limit=3&cursor=${first.cursor}`).expect(200)).body;
  expect([first.keys.length, first.total, second.keys.length, second.total]).toEqual([3, 4, 1, 4]);
});
