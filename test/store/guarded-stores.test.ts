import { afterAll, describe, expect, test } from 'vitest';
import { EmulatorError } from '../../src/core/errors.ts';
import { GuardedKeyStore, GuardedResourceStore } from '../../src/core/guarded-stores.ts';
import { keyOf } from './key-of.ts';
import { keyStoreConformance } from './key-store-conformance.ts';
import { people } from './people.ts';
import { resourceStoreConformance } from './resource-store-conformance.ts';
import { worldInMemory } from './world-in-memory.ts';

/** A world's stores behind guards whose contents are never replaced. */
function guarded() {
  const world = worldInMemory();
  return {
    keys: new GuardedKeyStore(world.keys, () => false),
    resources: (provider: string) => new GuardedResourceStore(world.resources(provider), () => false),
    close: () => world.close(),
  };
}

keyStoreConformance('a guarded store', guarded);
resourceStoreConformance('a guarded store', guarded);

test('a guarded store finds the keys that expire in a span of time, the first one first', async () => {
  const { keys, close } = guarded();
  for (const [id, expiresAt] of [
    ['late', 3_000],
    ['soon', 2_000],
    ['never', null],
  ] as const)
    await keys.insert(keyOf(id, { expiresAt }), null);
  expect((await keys.expiring(1_000, 2_500, 10)).map(({ id }) => id)).toEqual(['soon']);
  expect((await keys.expiring(1_000, null, 10)).map(({ id }) => id)).toEqual(['soon', 'late']);
  close();
});

test('a guarded store lists resources of every kind', async () => {
  const { resources, close } = guarded();
  const ada = { id: 'ada', tenant: 'north', name: 'Ada', createdAt: 0, data: { level: 1 } };
  await resources('alpha').put(people, ada);
  expect(await resources('alpha').listAll()).toEqual([{ kind: 'person', resource: ada }]);
  close();
});

describe('once what it holds is replaced, a guarded store does nothing', () => {
  const world = worldInMemory();
  const keys = new GuardedKeyStore(world.keys, () => true);
  const resources = new GuardedResourceStore(world.resources('alpha'), () => true);
  afterAll(() => world.close());
  const untouched = (): never => expect.unreachable('nothing is decided any more');
  const ada = { id: 'ada', tenant: 'north', name: 'Ada', createdAt: 0, data: { level: 1 } };

  test.each<[string, () => unknown]>([
    ['keys.insert', () => keys.insert(keyOf('new'), null)],
    ['keys.find', () => keys.find({})],
    ['keys.findRevealed', () => keys.findRevealed({})],
    ['keys.expiring', () => keys.expiring(0, null, 1)],
    ['keys.countExpiring', () => keys.countExpiring(0)],
    ['keys.listBy', () => keys.listBy('createdAt', 'alpha', { from: 0 }, 1)],
    ['keys.countBy', () => keys.countBy('createdAt', 'alpha')],
    ['keys.count', () => keys.count({})],
    ['keys.change', () => keys.change({}, untouched)],
    ['keys.changeAll', () => keys.changeAll({}, untouched)],
    ['keys.use', () => keys.use('alpha', keyOf('new').hash, untouched)],
    ['resources.get', () => resources.get(people, 'ada')],
    ['resources.getByName', () => resources.getByName(people, 'Ada')],
    ['resources.list', () => resources.list(people)],
    ['resources.listAfter', () => resources.listAfter(people, '', 1)],
    ['resources.listAll', () => resources.listAll()],
    ['resources.insert', () => resources.insert(people, untouched)],
    ['resources.add', () => resources.add(people, ada)],
    ['resources.put', () => resources.put(people, ada)],
    ['resources.change', () => resources.change(people, 'ada', untouched)],
    ['resources.replace', () => resources.replace(people, 'ada', untouched)],
    ['resources.remove', () => resources.remove(people, 'ada')],
  ])('%s', async (_name, call) => {
    await expect(call()).rejects.toEqual(new EmulatorError('unavailable', null));
    expect(await world.keys.count({})).toBe(0);
    expect(await world.resources('alpha').listAll()).toEqual([]);
  });
});
