import { afterAll, expect, test } from 'vitest';
import type { KeyFilter } from '../../src/core/key-store.ts';
import { migrationsFolder } from '../../src/package.ts';
import { openDatabase } from '../../src/store/database.ts';
import { conditionOf } from '../../src/store/key-rows.ts';
import { keyOf } from './key-of.ts';

const db = openDatabase(':memory:', migrationsFolder);
afterAll(() => {
  db.close();
});

/** SQLite's plan to find the first page of the keys that match a filter. */
function planOf(filter: KeyFilter): string {
  const { sql, values } = conditionOf(filter);
  const plan = db.prepare<unknown[], { detail: string }>(
    `EXPLAIN QUERY PLAN SELECT * FROM api_keys WHERE ${sql} AND seq > ? COLLATE BINARY ORDER BY seq LIMIT 100`,
  );
  return plan
    .all(...values, 0)
    .map(({ detail }) => detail)
    .join('; ');
}

const own = { provider: 'alpha', tenant: 'north', owner: 'ada' };
const live = { states: ['active', 'suspended'] } as const;

// A provider's look-ups must not become slower with the number of all other keys.
test.each<[string, KeyFilter, string]>([
  ['a secret', { provider: 'alpha', hash: keyOf('k').hash }, '(hash=? AND provider=?)'],
  ['a secret of an owner', { ...own, hash: keyOf('k').hash }, '(hash=? AND provider=?)'],
  ['an id', { provider: 'alpha', id: 'k' }, '(id=?)'],
  ["an owner's keys", { ...own, ...live }, '(provider=? AND owner=? AND rowid>?)'],
  ["an owner's keys, whatever the tenant", { provider: 'alpha', owner: 'ada', ...live }, '(provider=? AND owner=? AND rowid>?)'],
  ["an owner's key by name", { ...own, name: 'ci', ...live }, '(provider=? AND name=? AND owner=? AND rowid>?)'],
  ["a tenant's key by hint", { provider: 'alpha', tenant: 'north', hint: 'h', ...live }, '(provider=? AND hint=? AND rowid>?)'],
  ["a tenant's keys", { provider: 'alpha', tenant: 'north', ...live }, '(provider=? AND tenant=? AND rowid>?)'],
  ["a page of a provider's keys", { provider: 'alpha' }, 'USING INTEGER PRIMARY KEY (rowid>?)'],
  ['a page of all keys', {}, 'USING INTEGER PRIMARY KEY (rowid>?)'],
])('%s: found by an index', (_, filter, index) => {
  expect(planOf(filter)).toContain(index);
  expect(planOf(filter)).not.toContain('SCAN');
});

test.each<[string, KeyFilter]>([
  ["a tenant's keys", { provider: 'alpha', tenant: 'north' }],
  ["a provider's keys", { provider: 'alpha' }],
  ['all keys', {}],
])('a page of %s is read in order, not sorted', (_, filter) => {
  expect(planOf(filter)).not.toContain('TEMP B-TREE');
});
