import { expect, test } from 'vitest';
import type { Resource } from '../../src/core/resource-store.ts';
import { type Person, people, person, type StoreOf } from './people.ts';

/** The tests of `replace` for every resource store. */
export function replacing(store: StoreOf): void {
  test('a write is seen by id and by name, also where both were read before, and the others are as they were', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    await store().put(people, person('2', { name: 'bob' }));
    const read = async () => {
      const found = [
        await store().get(people, '1'),
        await store().getByName(people, 'ada'),
        await store().getByName(people, 'eve'),
      ];
      return [...found, await store().getByName(people, 'bob')].map((one) => one?.id);
    };
    expect(await read()).toEqual(['1', '1', undefined, '2']);
    await store().replace(people, '1', (found) => ({ ...found, name: 'eve' }));
    expect(await read()).toEqual(['1', undefined, '1', '2']);
    await store().put(people, person('3', { name: 'ada' }));
    expect(await read()).toEqual(['1', '3', '1', '2']);
    await store().remove(people, '1');
    expect(await read()).toEqual([undefined, '3', undefined, '2']);
  });

  test('replaces the whole resource with its name, which keeps its place, and gives it', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    await store().put(people, person('2'));
    const replaced = person('1', { name: 'eve', tenant: 'south', createdAt: 2_000, data: { level: 2 } });
    const decide = (found: Resource<Person>) => ({ ...replaced, data: { level: found.data.level + 1 } });
    expect(await store().replace(people, '1', decide)).toEqual(replaced);
    expect(await store().list(people)).toEqual([replaced, person('2')]);
    expect(await store().getByName(people, 'ada')).toBeUndefined();
    expect(await store().getByName(people, 'eve')).toEqual(replaced);
  });

  test('decides and stores nothing for an unknown id', async () => {
    await store().put(people, person('1'));
    await store().remove(people, '1');
    expect(await store().replace(people, '1', () => expect.unreachable('the resource does not exist'))).toBeUndefined();
    expect(await store().list(people)).toEqual([]);
  });

  test('the same object is no change', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    expect(await store().replace(people, '1', (found) => found)).toEqual(person('1', { name: 'ada' }));
    expect(await store().list(people)).toEqual([person('1', { name: 'ada' })]);
  });

  test.each<[string, Partial<Resource<Person>>, object]>([
    ['a name that another one has', { name: 'bob' }, { name: 'ResourceNameTakenError', kind: 'person', takenName: 'bob' }],
    ['another id', { id: '3' }, { name: 'TypeError', message: 'the id of a resource never changes' }],
    ['an instant that is not a whole number', { createdAt: 0.5 }, { name: 'RangeError' }],
  ])('%s is refused, and nothing has changed', async (_, changes, refusal) => {
    const [ada, bob] = [person('1', { name: 'ada' }), person('2', { name: 'bob' })];
    for (const one of [ada, bob]) await store().put(people, one);
    const replaced = store().replace(people, '1', (found) => ({ ...found, ...changes }));
    await expect(replaced).rejects.toThrow(expect.objectContaining(refusal));
    expect(await store().list(people)).toEqual([ada, bob]);
  });

  test('an error thrown by a decision passes through unchanged, and nothing has changed', async () => {
    await store().put(people, person('1'));
    const thrown = new Error('no');
    const refused = store().replace(people, '1', () => {
      throw thrown;
    });
    expect(await refused.catch((error: unknown) => error)).toBe(thrown);
    expect(await store().list(people)).toEqual([person('1')]);
  });

  test('of 50 concurrent replacements and changes none is lost', async () => {
    await store().put(people, person('1', { name: 'ada 1' }));
    const up = ({ level }: Person) => ({ level: level + 1 });
    const rename = (found: Resource<Person>) => ({ ...found, name: `ada ${found.data.level + 1}`, data: up(found.data) });
    const turns = Array.from({ length: 50 }, (_, turn) =>
      turn % 2 === 0 ? store().replace(people, '1', rename) : store().change(people, '1', up),
    );
    await Promise.all(turns);
    expect(await store().list(people)).toEqual([person('1', { name: 'ada 50', data: { level: 51 } })]);
  });

  test('after a concurrent replacement and removal, in either order, the resource is gone', async () => {
    const [rename, remove] = [
      () => store().replace(people, '1', (found) => ({ ...found, name: 'eve' })),
      () => store().remove(people, '1'),
    ];
    for (const order of [
      [rename, remove],
      [remove, rename],
    ]) {
      await store().put(people, person('1', { name: 'ada' }));
      await Promise.all(order.map((step) => step()));
      expect(await store().list(people)).toEqual([]);
    }
  });
}
