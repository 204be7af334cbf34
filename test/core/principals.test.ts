import { afterEach, beforeEach, expect, test } from 'vitest';
import { GuardedResourceStore } from '../../src/core/guarded-stores.ts';
import { type Bearer, Principals } from '../../src/core/principals.ts';
import type { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { keyOf } from '../store/key-of.ts';
import { people, person } from '../store/people.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

let world: SqliteWorldStore;
let reads: string[];
const principals = new Principals((resources, { id, owner }) => {
  reads.push(id);
  return resources.get(people, owner);
});
const ada: Bearer = keyOf('k', { owner: 'ada' });

beforeEach(async () => {
  world = worldInMemory();
  reads = [];
  await world.resources('alpha').put(people, person('ada'));
});
afterEach(() => world.close());

test('a principal is read once, and is there at once', async () => {
  const first = await principals.of(world.resources('alpha'), ada);
  expect(principals.of(world.resources('alpha'), ada)).toBe(first);
  expect(reads).toEqual(['k']);
});

test.each<[string, () => unknown]>([
  ['put', () => world.resources('alpha').put(people, person('bob'))],
  ['changed', () => world.resources('alpha').change(people, 'ada', () => ({ level: 7 }))],
  ['removed', () => world.resources('alpha').remove(people, 'ada')],
  ['seeded again', () => world.seed([{ provider: 'alpha', keys: [], resources: [] }], 0, true)],
])('after a resource was %s, it is read again', async (_, write) => {
  const resources = world.resources('alpha');
  await principals.of(resources, ada);
  await write();
  expect(await principals.of(resources, ada)).toEqual(await resources.get(people, 'ada'));
  expect(reads).toEqual(['k', 'k']);
});

test.each<[string, Partial<Bearer>]>([
  ['grants', { grants: { roles: ['admin'] } }],
  ['attributes', { attributes: { email: 'ada@example.com' } }],
])('a key with other %s is another question', async (_, changed) => {
  await principals.of(world.resources('alpha'), ada);
  await principals.of(world.resources('alpha'), { ...ada, ...changed });
  expect(reads).toEqual(['k', 'k']);
});

test('nobody is remembered who does not exist', async () => {
  const nobody = keyOf('k', { owner: 'nobody' });
  expect(await principals.of(world.resources('alpha'), nobody)).toBeUndefined();
  await world.resources('alpha').put(people, person('nobody'));
  expect(await principals.of(world.resources('alpha'), nobody)).toMatchObject({ id: 'nobody' });
});

test('nothing is remembered that was written while it was read', async () => {
  const resources = world.resources('alpha');
  const slow = new Principals(async (store, { owner }) => {
    const found = await store.get(people, owner);
    await store.put(people, person('ada', { data: { level: 9 } }));
    return found;
  });
  await slow.of(resources, ada);
  expect(await slow.of(resources, ada)).toMatchObject({ data: { level: 9 } });
});

test('once the store was replaced nothing is remembered of it', async () => {
  let isReplaced = false;
  const resources = new GuardedResourceStore(world.resources('alpha'), () => isReplaced);
  await principals.of(resources, ada);
  isReplaced = true;
  await expect(principals.of(resources, ada)).rejects.toMatchObject({ code: 'unavailable' });
});

test('at most a thousand are remembered', async () => {
  const resources = world.resources('alpha');
  for (let index = 0; index <= 1000; index++) await principals.of(resources, { ...ada, id: `k${index}` });
  await principals.of(resources, { ...ada, id: 'k1000' });
  expect(reads).toHaveLength(1001);
  await principals.of(resources, { ...ada, id: 'k0' });
  expect(reads).toHaveLength(1002);
});

test('of a store that is being replaced, and has no revision, nothing is remembered', async () => {
  const replaced = new GuardedResourceStore(world.resources('alpha'), () => true);
  const asked: string[] = [];
  const own = new Principals((_, { id }) => {
    asked.push(id);
    return { id };
  });
  expect(replaced.revision).toBeUndefined();
  expect([await own.of(replaced, ada), await own.of(replaced, ada)]).toEqual([{ id: 'k' }, { id: 'k' }]);
  expect(asked).toEqual(['k', 'k']);
});
