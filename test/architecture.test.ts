import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'));

interface Import {
  readonly from: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
}

/** The rooms of the house, and which rooms each may ask (itself always). `clock (type)` allows types and formatters alone. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  formats: ['clock'],
  core: ['clock'],
  store: ['clock', 'core'],
  http: ['clock', 'core', 'formats'],
  providers: ['clock', 'core', 'http', 'formats'],
  journal: ['clock', 'core', 'http', 'mounts'],
  faults: ['clock', 'core', 'http', 'formats'],
  metrics: ['journal'],
  tls: ['clock', 'http'],
  worlds: ['clock', 'core', 'http', 'journal', 'faults', 'seeds'],
  seeds: ['clock', 'core', 'http', 'worlds', 'store', 'package', 'yaml-file'],
  testing: ['client', 'library', 'package'],
  client: [],
  control: ['clock', 'core', 'http', 'formats', 'journal', 'faults', 'metrics', 'worlds', 'seeds'],
};

/** Rooms that must not take a clock, only instants and their spelling: what reads time is handed in. */
const handedTheirTime: ReadonlySet<string> = new Set(['core', 'store', 'http', 'providers']);

/** Native or heavy packages, and the one room that may load each. */
const packages: Readonly<Record<string, string>> = {
  'better-sqlite3': 'store',
  pino: 'commands',
  yaml: 'yaml-file',
  'close-with-grace': 'main',
  commander: 'commands',
  'prom-client': 'metrics',
  '@peculiar/x509': 'tls',
  vitest: 'testing',
  testcontainers: 'testing',
  'eventsource-parser/stream': 'client',
};

const wallClock = /\bnew Date\b|\bDate\.|performance\.now|hrtime|unixepoch|CURRENT_TIMESTAMP/;

const roomOf = (file: string): string => file.split('/')[0]?.replace(/\.ts$/, '') ?? file;
const providerOf = (file: string): string | undefined => /^providers\/([^/]+)\//.exec(file)?.[1];

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8');
  const statements = text.matchAll(/(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|import\('([^']+)'\)/g);
  return [...statements].map(([, type, from, dynamic]) => {
    const target = from ?? dynamic ?? '';
    const resolved = target.startsWith('.')
      ? relative(source, join(source, dirname(file), target))
          .split(sep)
          .join('/')
      : target;
    return { from: file, target: resolved, isTypeOnly: type !== undefined };
  });
});
const inside = imports.filter(({ target }) => files.includes(target));
const show = (found: readonly Import[]) => found.map(({ from, target }) => `${from} -> ${target}`);

describe('the planes know each other in one direction only', () => {
  test.each(Object.entries(mayImport))('%s', (room, allowed) => {
    const wrong = inside.filter(
      ({ from, target }) => roomOf(from) === room && roomOf(target) !== room && !allowed.includes(roomOf(target)),
    );
    expect(show(wrong)).toEqual([]);
  });

  test('a provider knows no other provider', () => {
    const wrong = inside.filter(({ from, target }) => {
      const [mine, theirs] = [providerOf(from), providerOf(target)];
      return mine !== undefined && theirs !== undefined && mine !== theirs;
    });
    expect(show(wrong)).toEqual([]);
  });

  test('nobody but the loader is asked for a provider, and nobody but it names one', () => {
    const asked = inside.filter(
      ({ from, target }) => roomOf(from) !== 'providers' && target.startsWith('providers/') && target !== 'providers/index.ts',
    );
    expect(show(asked)).toEqual([]);
    const outside = files.filter((file) => !file.startsWith('providers/'));
    const naming = outside.filter((file) => /['"`/](estuary|kps|whylabs|rockset)['"`/]/.test(codeOf(file)));
    expect(naming).toEqual([]);
  });

  test('no circle of imports', () => {
    const values = inside.filter(({ isTypeOnly }) => !isTypeOnly);
    const reaches = (file: string, seen: Set<string>): Set<string> => {
      for (const { from, target } of values) {
        if (from !== file || seen.has(target)) continue;
        seen.add(target);
        reaches(target, seen);
      }
      return seen;
    };
    expect(files.filter((file) => reaches(file, new Set()).has(file))).toEqual([]);
  });
});

describe('time', () => {
  test('the clocks themselves are taken only where the program is put together', () => {
    const takers = files.filter(
      (file) => handedTheirTime.has(roomOf(file)) && /\b(systemClock|new VirtualClock)\b/.test(codeOf(file)),
    );
    expect(takers).toEqual([]);
  });

  test('nothing but clock.ts reads the wall clock', () => {
    const readers = files.filter((file) => file !== 'clock.ts' && wallClock.test(codeOf(file)));
    expect(readers).toEqual([]);
  });
});

test.each(Object.entries(packages))('%s is loaded by %s alone', (name, room) => {
  const loaders = imports.filter(({ target }) => target === name).map(({ from }) => roomOf(from));
  expect(new Set(loaders)).toEqual(new Set([room]));
});

describe('sizes', () => {
  const lengths = files.map((file) => ({ file, lines: readFileSync(join(source, file), 'utf8').split('\n').length }));

  test('no file is longer than 300 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  test('nine of ten are at most 200 lines, half of them at most 80', () => {
    const sorted = lengths.map(({ lines }) => lines).toSorted((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(200);
    expect(sorted[Math.floor(sorted.length * 0.5)]).toBeLessThanOrEqual(80);
  });
});

test('every provider folder has the same rooms', () => {
  const expected = [
    'index.ts',
    'routes.ts',
    'schemas.ts',
    'keys.ts',
    'errors.ts',
    'profiles.ts',
    'seed.ts',
    'ledger.ts',
    'unimplemented.ts',
  ];
  const providers = new Set(files.map(providerOf).filter((name) => name !== undefined));
  for (const provider of providers) {
    const own = readdirSync(join(source, 'providers', provider));
    expect(own, provider).toEqual(expect.arrayContaining([...expected, 'FIDELITY.md']));
  }
});

test('nothing is left for later, and no rule is silenced', () => {
  const marks = files.filter((file) =>
    /TODO|FIXME|biome-ignore|@ts-ignore|@ts-expect-error|\bas any\b/.test(readFileSync(join(source, file), 'utf8')),
  );
  expect(marks).toEqual([]);
});

/** A file without its comments. */
function codeOf(file: string): string {
  return readFileSync(join(source, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');
}
