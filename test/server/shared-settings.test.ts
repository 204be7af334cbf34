import { expect, test } from 'vitest';
import { fromIso } from '../../src/clock.ts';
import { digestsOf } from '../../src/replicas/settings.ts';
import type { EmulatorParts } from '../../src/server/emulator.ts';
import { sharedSettings } from '../../src/server/shared-settings.ts';
import { builtInSeeds, emptySeeds, seedsOf } from '../../src/worlds/seeds.ts';
import { loadGuests } from '../support/guests.ts';

const modules = await loadGuests();
const providers = modules.map((module) => module.emulate(module.profiles[0] ?? ''));
const base: EmulatorParts['config'] = { host: '127.0.0.1', port: 0, providerPorts: new Map(), db: ':memory:', clock: undefined };
const upstreams = new Map([
  ['b', 'http://b.test'],
  ['a', 'http://a.test'],
]);

function digests(config: Partial<EmulatorParts['config']> = {}, more: Partial<Pick<EmulatorParts, 'providers' | 'seeds'>> = {}) {
  return digestsOf(sharedSettings({ config: { ...base, ...config }, providers, ...more }));
}

/** The names of those that differ from a latchkey without any settings. */
function differing(...given: Parameters<typeof digests>): readonly string[] {
  const [plain, other] = [digests(), digests(...given)];
  const names = new Set([...Object.keys(plain), ...Object.keys(other)]);
  return [...names].filter((name) => plain[name] !== other[name]);
}

test('are named as the flags are', () => {
  expect(Object.keys(digests())).toEqual([
    '--providers',
    ...providers.map(({ name }) => `--${name}-profile`),
    '--seed',
    '--clock',
    '--admin-token',
    '--mutant',
    '--upstream',
    '--upstream-credentials',
  ]);
});

test.each<[readonly string[], ...Parameters<typeof digests>]>([
  [['--clock'], { clock: fromIso('2030-01-01T00:00:00Z') }],
  [['--admin-token'], { adminToken: 'a' }],
  [['--mutant'], { mutant: { name: 'none', provider: null } }],
  [['--mutant'], { mutant: { name: 'accept-revoked', provider: 'a' } }],
  [['--upstream', '--upstream-credentials'], { upstreams }],
  // Nobody gets them.
  [[], { upstreamCredentials: 'pass' }],
  [['--seed'], {}, { seeds: emptySeeds }],
  [['--seed'], {}, { seeds: seedsOf(new Map()) }],
  [['--seed'], {}, { seeds: seedsOf(new Map([['a', {}]])) }],
  [[], {}, { seeds: builtInSeeds }],
  [['--providers'], {}, { providers: providers.slice(1) }],
])('%j differs', (names, ...given) => {
  const profile = given[1]?.providers === undefined ? [] : [`--${providers[0]?.name}-profile`];
  expect(differing(...given)).toEqual([...names, ...profile]);
});

test('differ in a profile alone', () => {
  const [first] = modules.filter(({ profiles }) => profiles.length > 1);
  const changed = modules.map((module) => module.emulate(module.profiles[module === first ? 1 : 0] ?? ''));
  expect(differing({}, { providers: changed })).toEqual([`--${first?.name}-profile`]);
});

test('are the same in any order, and wherever each listens and whatever it logs and keeps', () => {
  const swapped = { upstreams: new Map([...upstreams].toReversed()) };
  expect(digests(swapped, { providers: providers.toReversed() })).toEqual(digests({ upstreams }));
  const own = { port: 5, host: 'a', maxWorlds: 3, journalSize: 1, journalMemory: 1, explainHeader: true, allowHosts: ['a.test'] };
  expect(differing(own)).toEqual([]);
});

test('tell nothing of a value, and equal values of different settings look different', () => {
  const token = 'a token of administrators';
  const { '--admin-token': digest, ...others } = digests({ adminToken: token });
  expect(digest).toMatch(/^[\w-]{43}$/);
  expect(JSON.stringify([digest, others])).not.toContain(token);
  const none = ['--clock', '--admin-token', '--mutant'].map((name) => digests()[name]);
  expect(new Set(none).size).toBe(3);
});
