import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Resource, ResourceNameTakenError, type ResourceStore, resourceKind } from '../../src/core/resource-store.ts';
import { scribble } from './key-store-steps.ts';
import { type Person, people, person, type StoreOf, teams } from './people.ts';
import { replacing } from './resource-replacing.ts';

export interface OpenResourceStores {
  /** The store of a provider. */
  resources(provider: string): ResourceStore;
  close(): void | Promise<void>;
}

/** The tests that define `ResourceStore`. `makeStores` gives empty stores. */
export function resourceStoreConformance(name: string, makeStores: () => OpenResourceStores | Promise<OpenResourceStores>): void {
  describe(`${name} is a resource store`, () => {
    let opened: OpenResourceStores;
    beforeEach(async () => {
      opened = await makeStores();
    });
    afterEach(() => opened.close());
    const store = () => opened.resources('alpha');

    describe('put', () => putting(store));
    describe('insert', () => inserting(store));
    describe('add', () => adding(store));
    describe('listAfter', () => listingAfter(store, () => opened.resources('beta')));
    describe('find', () => finding(store, () => opened.resources('beta')));
    describe('listAll', () => listingAll(store, () => opened.resources('beta')));
    describe('change', () => changing(store));
    describe('replace', () => replacing(store));
    describe('remove', () => removing(store));
  });
}

function adding(store: StoreOf): void {
  test('stores a new resource, and refuses one whose id or name is taken', async () => {
    await store().add(people, person('1', { name: 'ada' }));
    await expect(store().add(people, person('1'))).rejects.toThrow(ResourceNameTakenError);
    await expect(store().add(people, person('2', { name: 'ada' }))).rejects.toThrow(ResourceNameTakenError);
    expect(await store().list(people)).toEqual([person('1', { name: 'ada' })]);
  });

  test('of many at once with one id exactly one is stored', async () => {
    const all = Array.from({ length: 20 }, (_, level) => store().add(people, person('1', { data: { level } })));
    const settled = await Promise.allSettled(all);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
}

function listingAfter(store: StoreOf, other: StoreOf): void {
  test('gives the next resources of a kind and a provider, in the order of ids', async () => {
    for (const id of ['c', 'a', 'd', 'b']) await store().put(people, person(id));
    await store().put(teams, person('bb'));
    await other().put(people, person('bc'));
    const idsAfter = async (id: string, limit: number) => (await store().listAfter(people, id, limit)).map((one) => one.id);
    expect(await idsAfter('', 10)).toEqual(['a', 'b', 'c', 'd']);
    expect(await idsAfter('b', 10)).toEqual(['c', 'd']);
    expect(await idsAfter('', 2)).toEqual(['a', 'b']);
    expect(await idsAfter('d', 10)).toEqual([]);
  });
}

function putting(store: StoreOf): void {
  test('a resource is read as it was stored', async () => {
    const note = JSON.parse('{"__proto__":{"isAdmin":true},"quote":"\'; --","list":[1,null,{"deep":["\\u0000",true]}]}');
    const one = person("o'neill", { name: '100 %\u0000 ✓', tenant: '"', createdAt: -1, data: { level: 2, note } });
    await store().put(people, one);
    const found = await store().get(people, "o'neill");
    expect(found).toEqual(one);
    expect(JSON.stringify(found)).toBe(JSON.stringify(one));
    expect(await store().getByName(people, '100 %\u0000 ✓')).toEqual(one);
  });

  test('replaces the resource with the same id, which keeps its place', async () => {
    await store().put(people, person('1', { name: 'ada', data: { level: 1, note: 'old' } }));
    await store().put(people, person('2'));
    const replaced = person('1', { name: 'eve', tenant: 'south', createdAt: 2_000, data: { level: 9 } });
    await store().put(people, replaced);
    expect(await store().list(people)).toEqual([replaced, person('2')]);
    expect(await store().getByName(people, 'ada')).toBeUndefined();
  });

  test('a name that another resource has is refused, and nothing has changed', async () => {
    const [ada, bob] = [person('1', { name: 'ada' }), person('2', { name: 'bob' })];
    await store().put(people, ada);
    await store().put(people, bob);
    const refusal = expect.objectContaining({ name: 'ResourceNameTakenError', kind: 'person', takenName: 'ada' });
    await expect(store().put(people, person('3', { name: 'ada' }))).rejects.toThrow(refusal);
    await expect(store().put(people, { ...bob, name: 'ada', data: { level: 9 } })).rejects.toThrow(ResourceNameTakenError);
    expect(await store().list(people)).toEqual([ada, bob]);
  });

  test('of 20 concurrent puts of one name one is stored', async () => {
    const puts = Array.from({ length: 20 }, (_, index) => store().put(people, person(`${index}`, { name: 'ada' })));
    const results = await Promise.allSettled(puts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store().list(people)).toHaveLength(1);
  });

  test('a name that was given up is free again, and a resource may keep its own', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    await store().put(people, person('1', { name: 'ada', data: { level: 2 } }));
    await store().put(people, person('1', { name: null }));
    await store().put(people, person('2', { name: 'ada' }));
    expect(await store().getByName(people, 'ada')).toEqual(person('2', { name: 'ada' }));
  });

  test('any number of resources may be without a name', async () => {
    await store().put(people, person('1'));
    await store().put(people, person('2'));
    expect(await store().list(people)).toHaveLength(2);
  });

  test('an instant that could not be stored exactly is refused', async () => {
    for (const createdAt of [Number.NaN, 0.5, 2 ** 53]) {
      await expect(store().put(people, person('1', { createdAt }))).rejects.toThrow(RangeError);
    }
    expect(await store().list(people)).toEqual([]);
  });
}

function inserting(store: StoreOf): void {
  test('stores what is made from the existing resources of its kind, and gives it', async () => {
    await store().put(people, person('1'));
    await store().put(teams, person('9'));
    const made = await store().insert(people, (existing) => person(String(existing.length + 1)));
    expect(made).toEqual(person('2'));
    expect(await store().list(people)).toEqual([person('1'), person('2')]);
  });

  test.each([
    ['an id', person('1', { name: 'eve' }), '1'],
    ['a name', person('2', { name: 'ada' }), 'ada'],
  ])('%s that another resource has is refused, and nothing has changed', async (_, second, takenName) => {
    await store().put(people, person('1', { name: 'ada' }));
    const refusal = expect.objectContaining({ name: 'ResourceNameTakenError', kind: 'person', takenName });
    await expect(store().insert(people, () => second)).rejects.toThrow(refusal);
    expect(await store().list(people)).toEqual([person('1', { name: 'ada' })]);
  });

  test('an error thrown by a decision passes through unchanged, and nothing is stored', async () => {
    const thrown = new Error('no');
    const refused = store().insert(people, () => {
      throw thrown;
    });
    expect(await refused.catch((error: unknown) => error)).toBe(thrown);
    expect(await store().list(people)).toEqual([]);
  });

  test('of 20 concurrent insertions each sees those before it', async () => {
    const next = () => store().insert(people, (existing) => person(String(existing.length)));
    await Promise.all(Array.from({ length: 20 }, next));
    expect((await store().list(people)).map(({ id }) => Number(id))).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
}

function finding(store: StoreOf, other: StoreOf): void {
  test('ids and names are case-sensitive', async () => {
    await store().put(people, person('Id', { name: 'Ada' }));
    expect(await store().get(people, 'id')).toBeUndefined();
    expect(await store().getByName(people, 'ada')).toBeUndefined();
    expect(await store().get(people, 'Ada')).toBeUndefined();
    expect(await store().getByName(people, 'Id')).toBeUndefined();
  });

  test('each kind and each provider has its own ids and names', async () => {
    const one = person('1', { name: 'ada' });
    const [team, stranger] = [
      { ...one, data: { level: 2 } },
      { ...one, data: { level: 3 } },
    ];
    await store().put(people, one);
    await store().put(teams, team);
    await other().put(people, stranger);
    expect([await store().list(people), await store().list(teams), await other().list(people)]).toEqual([
      [one],
      [team],
      [stranger],
    ]);
    expect(await store().getByName(teams, 'ada')).toEqual(team);
    expect(await other().get(people, '1')).toEqual(stranger);
    expect(await other().get(teams, '1')).toBeUndefined();
  });

  test('kind and id are kept apart, whatever characters they contain', async () => {
    const [kind, longerKind] = [resourceKind<Person>('a'), resourceKind<Person>('a b')];
    await store().put(kind, person('b c', { name: 'b c' }));
    expect(await store().get(kind, 'b c')).toBeDefined();
    expect(await store().get(longerKind, 'c')).toBeUndefined();
    expect(await store().getByName(kind, 'b c')).toBeDefined();
    expect(await store().getByName(longerKind, 'c')).toBeUndefined();
  });

  test('a list of one tenant or of all is in the order of insertion', async () => {
    await store().put(people, person('z'));
    await store().put(people, person('y', { tenant: 'south' }));
    await store().put(people, person('x'));
    const idsOf = (resources: readonly Resource<Person>[]) => resources.map(({ id }) => id);
    expect(idsOf(await store().list(people))).toEqual(['z', 'y', 'x']);
    expect(idsOf(await store().list(people, 'north'))).toEqual(['z', 'x']);
    expect(idsOf(await store().list(people, 'south'))).toEqual(['y']);
    expect(idsOf(await store().list(people, ''))).toEqual([]);
  });
}

/** The tests of reading all resources of a provider without knowing its kinds. */
function listingAll(store: StoreOf, other: StoreOf): void {
  test('gives the resources of all kinds in the order of insertion, and none of another provider', async () => {
    await store().put(people, person('2'));
    await store().put(teams, person('1'));
    await store().put(people, person('1'));
    await other().put(people, person('3'));
    expect(await store().listAll()).toEqual([
      { kind: 'person', resource: person('2') },
      { kind: 'team', resource: person('1') },
      { kind: 'person', resource: person('1') },
    ]);
  });
}

function changing(store: StoreOf): void {
  test('replaces only the data, and gives the changed resource', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    const changed = person('1', { name: 'ada', data: { level: 2 } });
    expect(await store().change(people, '1', ({ level }) => ({ level: level + 1 }))).toEqual(changed);
    expect(await store().list(people)).toEqual([changed]);
  });

  test('decides nothing for an unknown id', async () => {
    expect(await store().change(people, '1', () => expect.unreachable('the resource does not exist'))).toBeUndefined();
    expect(await store().list(people)).toEqual([]);
  });

  test('the same object is no change, even if it was written into', async () => {
    await store().put(people, person('1'));
    await store().change(people, '1', (data) => {
      scribble(data, { level: 2 });
      return data;
    });
    expect(await store().get(people, '1')).toEqual(person('1'));
  });

  test('writing into a resource that was read or stored does not change the store', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    const given = [await store().get(people, '1'), await store().getByName(people, 'ada'), ...(await store().list(people))];
    for (const one of given) {
      scribble(one?.data ?? {}, { level: 2 });
      scribble(one ?? {}, { tenant: 'south' });
    }
    expect(await store().get(people, '1')).toEqual(person('1', { name: 'ada' }));
    expect(await store().getByName(people, 'ada')).toEqual(person('1', { name: 'ada' }));
  });

  test('an error thrown by a decision passes through unchanged, and nothing has changed', async () => {
    await store().put(people, person('1'));
    const thrown = new Error('no');
    const refused = store().change(people, '1', () => {
      throw thrown;
    });
    expect(await refused.catch((error: unknown) => error)).toBe(thrown);
    expect(await store().get(people, '1')).toEqual(person('1'));
  });

  test('of 50 concurrent changes none is lost', async () => {
    await store().put(people, person('1'));
    await Promise.all(Array.from({ length: 50 }, () => store().change(people, '1', ({ level }) => ({ level: level + 1 }))));
    expect(await store().get(people, '1')).toEqual(person('1', { data: { level: 51 } }));
  });
}

function removing(store: StoreOf): void {
  test('removes a resource, and says whether it existed', async () => {
    await store().put(people, person('1', { name: 'ada' }));
    await store().put(people, person('2'));
    expect(await store().get(people, '1')).toEqual(await store().getByName(people, 'ada'));
    expect(await store().remove(people, '1')).toBe(true);
    expect(await store().get(people, '1')).toBeUndefined();
    expect(await store().getByName(people, 'ada')).toBeUndefined();
    expect(await store().remove(people, '1')).toBe(false);
    expect(await store().remove(teams, '2')).toBe(false);
    expect(await store().list(people)).toEqual([person('2')]);
    await store().put(people, person('3', { name: 'ada' }));
    expect(await store().getByName(people, 'ada')).toMatchObject({ id: '3' });
  });
}
