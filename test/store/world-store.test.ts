import { afterEach, describe, expect, test } from 'vitest';
import { type Resource, ResourceNameTakenError, resourceKind } from '../../src/core/resource-store.ts';
import type { ProviderRecords } from '../../src/core/world-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from './key-of.ts';
import { scratchFolder } from './scratch-folder.ts';

const pathOf = scratchFolder();
const people = resourceKind<string>('person');
const opened: SqliteWorldStore[] = [];

function open(file = ':memory:'): SqliteWorldStore {
  const world = new SqliteWorldStore(file, migrationsFolder);
  opened.push(world);
  return world;
}

afterEach(() => {
  for (const world of opened.splice(0)) world.close();
});

const person = (id: string, name: string | null = null): Resource<string> => ({
  id,
  tenant: 'north',
  name,
  createdAt: 1,
  data: id,
});

function records(provider: string, ...ids: readonly string[]): ProviderRecords {
  return {
    provider,
    keys: ids.map((id) => ({ key: keyOf(id, { provider }), keptSecret: `kept ${id}` })),
    resources: ids.map((id) => ({ kind: 'person', resource: person(id) })),
  };
}

/** Everything that a world stores. */
async function contentsOf(world: SqliteWorldStore) {
  const resources = await Promise.all(['alpha', 'beta'].map((provider) => world.resources(provider).list(people)));
  return { keys: await world.keys.findRevealed({}), resources, seeded: [...world.seededProviders().keys()].sort() };
}

describe('seed', () => {
  test('stores the records of the providers in their order, and marks the providers as seeded', async () => {
    const world = open();
    expect(world.seededProviders()).toEqual(new Map());
    world.seed([records('alpha', 'b', 'a'), records('beta', 'c')], 1_000, false);
    expect(await contentsOf(world)).toEqual({
      keys: [
        { ...keyOf('b'), secret: 'kept b' },
        { ...keyOf('a'), secret: 'kept a' },
        { ...keyOf('c', { provider: 'beta' }), secret: 'kept c' },
      ],
      resources: [[person('b'), person('a')], [person('c')]],
      seeded: ['alpha', 'beta'],
    });
  });

  test('adds to what is stored', async () => {
    const world = open();
    world.seed([records('alpha', 'a')], 1_000, false);
    world.seed([records('beta', 'b')], 2_000, false);
    expect((await contentsOf(world)).keys.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('removes everything else when emptying first', async () => {
    const [world, fresh] = [open(), open()];
    world.seed([records('alpha', 'a', 'b'), records('beta', 'c')], 1_000, false);
    await world.keys.change({ id: 'a' }, (key) => ({ ...key, state: 'revoked', revokedAt: 2 }));
    world.seed([records('alpha', 'a')], 2_000, true);
    fresh.seed([records('alpha', 'a')], 2_000, false);
    expect(await contentsOf(world)).toEqual(await contentsOf(fresh));
  });

  test('makes keys unknown that were accepted a moment ago when emptying first', async () => {
    const world = open();
    world.seed([records('alpha', 'a', 'b')], 1_000, false);
    const use = (id: string) => world.keys.use('alpha', keyOf(id).hash, () => 2_000);
    await world.resources('alpha').get(people, 'a');
    expect([await use('a'), await use('b')]).toMatchObject([{ id: 'a' }, { id: 'b' }]);
    world.seed([records('alpha', 'b')], 3_000, true);
    expect(await world.keys.find({})).toEqual([keyOf('b')]);
    expect([await use('a'), await use('b')]).toMatchObject([undefined, { id: 'b' }]);
    expect(await world.resources('alpha').get(people, 'a')).toBeUndefined();
  });

  test('leaves nothing when emptying first without records', async () => {
    const [world, fresh] = [open(), open()];
    world.seed([records('alpha', 'a')], 1_000, false);
    const read = async (of: SqliteWorldStore) => [
      await contentsOf(of),
      await of.keys.find({}),
      await of.keys.use('alpha', keyOf('a').hash, () => 2_000),
      await of.resources('alpha').get(people, 'a'),
    ];
    await read(world);
    world.keys.flush();
    await read(world);
    world.seed([], 3_000, true);
    expect(await read(world)).toEqual(await read(fresh));
  });

  test.each<[string, ProviderRecords, object]>([
    [
      'a secret twice',
      { ...records('beta', 'x'), keys: twice(keyOf('x'), keyOf('y', { hash: keyOf('x').hash })) },
      { code: 'key_name_taken' },
    ],
    [
      'an id twice',
      { ...records('beta', 'x'), keys: twice(keyOf('x'), keyOf('x', { hash: keyOf('y').hash })) },
      { code: 'key_name_taken' },
    ],
    [
      'an instant that is not a number',
      { ...records('beta', 'x'), keys: twice(keyOf('x', { expiresAt: Number.NaN })) },
      { name: 'RangeError' },
    ],
    ['a name twice', { ...records('beta'), resources: named('1', '2') }, { name: 'ResourceNameTakenError' }],
  ])('with %s changes nothing, even when emptying first', async (_, contradicting, refusal) => {
    const world = open();
    world.seed([records('alpha', 'a')], 1_000, false);
    await world.keys.use('alpha', keyOf('a').hash, () => 1_500);
    const before = await contentsOf(world);
    for (const emptyFirst of [false, true]) {
      const seeding = () => world.seed([records('alpha', 'z'), contradicting], 2_000, emptyFirst);
      expect(seeding).toThrow(expect.objectContaining(refusal));
      expect(await contentsOf(world)).toEqual(before);
    }
  });

  function twice(...keys: readonly ReturnType<typeof keyOf>[]) {
    return keys.map((key) => ({ key: { ...key, provider: 'beta' }, keptSecret: null }));
  }

  function named(...ids: readonly string[]) {
    return ids.map((id) => ({ kind: 'person', resource: person(id, 'ada') }));
  }
});

describe('a file', () => {
  test('opened again has everything, and knows which providers were seeded', async () => {
    const file = pathOf('again.sqlite');
    const first = open(file);
    first.seed([records('alpha', 'a', 'b'), records('beta', 'c')], 1_000, false);
    await first.keys.change({ id: 'a' }, (key) => ({ ...key, state: 'revoked', revokedAt: 2 }));
    await first.keys.use('alpha', keyOf('b').hash, () => 3_000);
    await first.resources('alpha').put(people, person('d', 'dora'));
    const before = await contentsOf(first);
    first.close();
    expect(await contentsOf(open(file))).toEqual(before);
  });

  test('opened again continues the order of insertion', async () => {
    const file = pathOf('order.sqlite');
    const first = open(file);
    await first.keys.insert(keyOf('z'), null);
    first.close();
    const second = open(file);
    await second.keys.insert(keyOf('a'), null);
    expect((await second.keys.find({})).map(({ id }) => id)).toEqual(['z', 'a']);
  });

  test('shares nothing with another file or with a world in memory', async () => {
    const worlds = [open(pathOf('one.sqlite')), open(pathOf('two.sqlite')), open(), open()];
    for (const [index, world] of worlds.entries()) {
      await world.keys.insert(keyOf('k', { owner: `owner-${index}` }), null);
      await world.resources('alpha').put(people, person(`${index}`, 'ada'));
    }
    for (const [index, world] of worlds.entries()) {
      expect(await world.keys.use('alpha', keyOf('k').hash, () => 2_000)).toMatchObject({ owner: `owner-${index}` });
      expect(await world.resources('alpha').list(people)).toEqual([person(`${index}`, 'ada')]);
    }
  });
});

test('the refusal of a name says nothing about the database', async () => {
  const resources = open().resources('alpha');
  await resources.put(people, person('1', 'ada'));
  const error = await resources.put(people, person('2', 'ada')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ResourceNameTakenError);
  expect(String(error)).toBe('ResourceNameTakenError: another person has this name');
});
