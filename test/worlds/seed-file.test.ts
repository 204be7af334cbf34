import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSeeds } from '../../src/server/seed-file.ts';
import { SeedFileError, type Seeds } from '../../src/worlds/seeds.ts';
import { epoch, startTestEmulator } from '../support/emulator.ts';
import { loadGuests } from '../support/guests.ts';

const providers = await loadGuests();
const folder = mkdtempSync(join(tmpdir(), 'latchkey-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string, name = 'seed.yaml'): Promise<Seeds> {
  writeFileSync(join(folder, name), text);
  return loadSeeds({ name, folder, modules: providers, providers: [], now: epoch });
}

async function problemsOf(text: string, name?: string): Promise<readonly string[]> {
  const error: unknown = await load(text, name).catch((thrown: unknown) => thrown);
  if (error instanceof SeedFileError) return error.problems;
  throw new Error('this seed was accepted');
}

const carol = `
estuary:
  users:
    - username: carol
  keys:
    - owner: carol
      name: ci
      secret: ESTcarolARY
`;

describe('a seed file', () => {
  test('replaces the built-in seed by its records and the first administrator', async () => {
    const { world, request, close } = await startTestEmulator({ seeds: await load(carol) });
    await request.get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(200);
    const owners = (await world.credentials()).get('estuary')?.map(({ name }) => name);
    expect(owners).toEqual(['ci', 'admin']);
    await request.get('/viewer').set('Authorization', 'Bearer EST00000000-0000-4000-8000-000000000002ARY').expect(401);
    await close();
  });

  test('leaves the built-in seed to providers that it does not name', async () => {
    const { world, close } = await startTestEmulator({ seeds: await load(carol) });
    expect((await world.credentials()).get('rockset')?.map(({ name }) => name)).toEqual(['admin', 'member', 'reader']);
    await close();
  });

  test('takes precedence in what it says of the first administrator', async () => {
    const text = '{"estuary": {"keys": [{"owner": "admin", "name": "admin", "secret": "ESTanotherARY"}]}}';
    const { request, close } = await startTestEmulator({ seeds: await load(text, 'seed.json') });
    await request.get('/viewer').set('Authorization', 'Bearer ESTanotherARY').expect(200);
    await request.get('/viewer').set('Authorization', 'Bearer EST00000000-0000-4000-8000-000000000001ARY').expect(401);
    await close();
  });

  test('is brought back by a reset to the seed; a reset to empty leaves only the first administrator', async () => {
    const { world, request, close } = await startTestEmulator({ seeds: await load(carol) });
    await request.delete('/user/api-keys/ESTcarolARY').set('Authorization', 'Bearer ESTcarolARY').expect(200);
    await world.reset('everything');
    await request.get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(200);
    await world.reset('bootstrap');
    await request.get('/viewer').set('Authorization', 'Bearer ESTcarolARY').expect(401);
    expect(await world.keys('estuary').find({})).toHaveLength(1);
    await close();
  });

  test('gives a key without a secret the same one at every start', async () => {
    const text = 'estuary:\n  users: [{username: carol}]\n  keys: [{owner: carol, name: a}, {owner: carol, name: b}]';
    const secrets = async () => {
      const { world, close } = await startTestEmulator({ seeds: await load(text) });
      const found = (await world.credentials()).get('estuary')?.map(({ secret }) => secret);
      await close();
      return found;
    };
    const [first, second] = [await secrets(), await secrets()];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(3);
  });

  test('may be empty or name its schema', async () => {
    await load('');
    await load('# nothing');
    await load('$schema: ./seed.schema.json\nrockset:\nkps: {}');
  });

  test('called none stands for only the first administrators', async () => {
    const seeds = await loadSeeds({ name: 'none', folder, modules: providers, providers: [], now: epoch });
    const { world, close } = await startTestEmulator({ seeds });
    const names = [...(await world.credentials())].map(([provider, list]) => [provider, list.map(({ name }) => name)]);
    expect(names).toEqual([
      ['estuary', ['admin']],
      ['kps', ['admin']],
      ['rockset', ['admin']],
      ['whylabs', ['system']],
    ]);
    await close();
  });
});

describe('each problem of a seed file is reported with its line and its path', () => {
  test.each([
    ['- a', ['seed.yaml:1: the file must be an object, with a section for each provider']],
    ['rocket: {}', ['seed.yaml:1: /rocket is not a provider: the providers are estuary, kps, rockset, whylabs']],
    ['estuary: 5', ['seed.yaml:1: /estuary must be an object, not 5']],
    ['estuary:\n  users: 5', ['seed.yaml:2: /estuary/users must be a list, not 5']],
    [
      'estuary:\n  keys:\n    - owner: admin\n      nmae: x',
      ['seed.yaml:4: /estuary/keys/0/nmae is an unknown field: did you mean "name"?'],
    ],
    ['estuary:\n  keys:\n    - name: x', ['seed.yaml:3: /estuary/keys/0/owner is missing']],
    ['estuary:\n  keys:\n    - owner: nobody', ['seed.yaml:3: /estuary/keys/0/owner there is no user "nobody"']],
    [
      'estuary:\n  keys:\n    - owner: admin\n      state: gone',
      ['seed.yaml:4: /estuary/keys/0/state must be one of active, suspended, revoked, expired, not "gone"'],
    ],
    [
      'rockset:\n  keys:\n    - owner: admin@me.com\n      name: x\n      expiresIn: soon\nestuary:\n  keys:\n    - owner: nobody',
      [
        'seed.yaml:5: /rockset/keys/0/expiresIn must be a duration such as 5m, 720h or P30D, not "soon"',
        'seed.yaml:8: /estuary/keys/0/owner there is no user "nobody"',
      ],
    ],
    [
      'estuary:\n  keys:\n    - owner: admin\n      expiresAt: tomorrow',
      ['seed.yaml:4: /estuary/keys/0/expiresAt must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z, not "tomorrow"'],
    ],
    [
      'estuary:\n  keys:\n    - owner: admin\n      expiresAt: 2031-01-01T00:00:00Z\n      expiresIn: 5m',
      ['seed.yaml:5: /estuary/keys/0/expiresIn cannot be combined with expiresAt'],
    ],
    [
      'estuary:\n  keys:\n    - owner: admin\n      expiresIn: 5m\n      state: expired',
      ['seed.yaml:5: /estuary/keys/0/state is expired, but the expiry is in the future'],
    ],
    [
      'estuary:\n  keys:\n    - {owner: admin, name: a, secret: same}\n    - {owner: admin, name: b, secret: same}',
      ['seed.yaml:4: /estuary/keys/1/secret "same" is there already'],
    ],
    [
      'estuary:\n  keys:\n    - {owner: admin, name: a, secret: EST00000000-0000-4000-8000-000000000001ARY}',
      ['seed.yaml:3: /estuary/keys/1/secret "EST00000000-0000-4000-8000-000000000001ARY" is there already'],
    ],
  ])('%j', async (text, expected) => {
    expect(await problemsOf(text)).toEqual(expected);
  });

  test('a file that is not YAML', async () => {
    expect(await problemsOf('estuary: [')).toEqual([
      'seed.yaml: line 1: the indentation does not fit the lines above, or a bracket is not closed',
    ]);
  });

  test('aliases that grow exponentially', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghijklmnop'
        .split('')
        .map((letter, index) => `${letter}: &${letter} [${`*${'abcdefghijklmnop'[index]}, `.repeat(9)}x]`),
    ];
    expect(await problemsOf(bomb.join('\n'))).toEqual(['seed.yaml: its aliases would grow without end']);
  });

  test('found 3.14: a key << takes in a mapping, whose problems are reported too', async () => {
    const merged = 'estuary:\n  keys:\n    - &key { owner: admin }\n    - { <<: *key, name: ci }\n    - <<: *key\n      nmae: ci';
    expect(await problemsOf(merged)).toEqual(['seed.yaml:6: /estuary/keys/2/nmae is an unknown field: did you mean "name"?']);
  });

  test('a file that does not exist', async () => {
    const loading = loadSeeds({ name: 'gone.yaml', folder, modules: providers, providers: [], now: epoch });
    await expect(loading).rejects.toThrow(/^gone\.yaml: there is no such file$/);
  });
});
