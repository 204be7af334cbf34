import { type Resource, type ResourceStore, resourceKind } from '../../src/core/resource-store.ts';

/** The data of the resources in the store's tests. */
export interface Person {
  readonly level: number;
  readonly note?: unknown;
}

export const people = resourceKind<Person>('person');
export const teams = resourceKind<Person>('team');

export type StoreOf = () => ResourceStore;

export function person(id: string, changes: Partial<Resource<Person>> = {}): Resource<Person> {
  return { id, tenant: 'north', name: null, createdAt: 1_000, data: { level: 1 }, ...changes };
}
