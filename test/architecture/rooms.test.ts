import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../src/package.ts';
import {
  codeOf,
  computedImports,
  files,
  type Import,
  imports,
  importsInside,
  providerOf,
  roomOf,
  source,
  textOf,
} from './source.ts';

/** The rooms of the house, and which rooms each may ask, for types too. Itself always; `clock`, `package` and the like are single files. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  package: [],
  'node-version': [],
  formats: ['clock'],
  core: ['clock'],
  client: [],
  store: ['clock', 'core'],
  provider: ['clock', 'core', 'formats'],
  http: ['clock', 'core', 'provider'],
  providers: ['clock', 'core', 'provider', 'http', 'formats'],
  journal: ['clock', 'core', 'provider', 'http'],
  faults: ['clock', 'core', 'provider', 'http', 'formats'],
  mutants: ['clock', 'core', 'provider', 'http', 'journal'],
  metrics: ['journal'],
  config: ['clock', 'client', 'formats', 'provider'],
  worlds: ['clock', 'core', 'provider', 'journal', 'faults'],
  control: ['clock', 'core', 'provider', 'http', 'formats', 'journal', 'faults', 'metrics', 'worlds'],
  server: [
    'clock',
    'package',
    'core',
    'store',
    'provider',
    'providers',
    'http',
    'journal',
    'metrics',
    'worlds',
    'control',
    'config',
    'mutants',
    'replicas',
  ],
  replicas: ['clock', 'core', 'journal', 'store', 'worlds'],
  prove: ['clock', 'client', 'provider'],
  cli: ['clock', 'package', 'core', 'formats', 'client', 'provider', 'providers', 'http', 'worlds', 'config', 'server', 'prove'],
  library: ['package', 'node-version', 'client', 'server'],
  testing: ['package', 'client', 'library'],
  // Types alone, which is held below: it runs in a browser.
  dashboard: ['client'],
};

/** The command's own door asks for no more than it must before it knows the version of Node. */
const doors: Readonly<Record<string, readonly string[]>> = { 'cli.ts': ['node-version', 'cli'] };

/** Rooms that must not take a clock, only instants and their spelling: what reads time is handed in. */
const handedTheirTime: ReadonlySet<string> = new Set(['core', 'store', 'provider', 'http', 'providers', 'mutants']);

/** Native or heavy packages, and the rooms that may load each. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['store'],
  pg: ['store'],
  pino: ['server'],
  yaml: ['config'],
  'close-with-grace': ['cli'],
  'prom-client': ['metrics'],
  '@peculiar/x509': ['server'],
  vitest: ['testing'],
  testcontainers: ['testing'],
  'eventsource-parser': ['client', 'dashboard'],
  preact: ['dashboard'],
  '@preact/signals': ['dashboard'],
};

const wallClock = /\bnew Date\b|\bDate\.|performance\.now|hrtime|unixepoch|CURRENT_TIMESTAMP/;

/** The one file of the dashboard that reads its stopwatch and spells instants. */
const pageTime = 'dashboard/state/instants.ts';

const show = (found: readonly Import[]) => found.map(({ from, target }) => `${from} -> ${target}`);
const allowedFor = (file: string) => doors[file] ?? mayImport[roomOf(file)] ?? [];

describe('the planes know each other in one direction only', () => {
  test('every file is in a room, and every room is in the table', () => {
    const rooms = new Set(files.map(roomOf));
    rooms.delete('cli');
    expect([...rooms].toSorted()).toEqual(
      Object.keys(mayImport)
        .filter((room) => room !== 'cli')
        .toSorted(),
    );
    expect(files.filter((file) => !file.includes('/')).toSorted()).toEqual([
      'cli.ts',
      'clock.ts',
      'library.ts',
      'node-version.ts',
      'package.ts',
    ]);
  });

  test.each(Object.keys(mayImport))('%s asks only the rooms that it may ask', (room) => {
    const wrong = importsInside.filter(
      ({ from, target }) =>
        roomOf(from) === room &&
        (doors[from] !== undefined || roomOf(target) !== room) &&
        !allowedFor(from).includes(roomOf(target)),
    );
    expect(show(wrong)).toEqual([]);
  });

  test('every allowed import is needed', () => {
    const unneeded = Object.entries(mayImport).flatMap(([room, allowed]) => {
      const asked = new Set(importsInside.filter(({ from }) => roomOf(from) === room).map(({ target }) => roomOf(target)));
      return allowed.filter((other) => !asked.has(other)).map((other) => `${room} -> ${other}`);
    });
    expect(unneeded).toEqual([]);
  });

  test('a provider knows no other provider', () => {
    const wrong = importsInside.filter(({ from, target }) => {
      const [mine, theirs] = [providerOf(from), providerOf(target)];
      return mine !== undefined && theirs !== undefined && mine !== theirs;
    });
    expect(show(wrong)).toEqual([]);
  });

  test('only the loader imports a provider, and no other file names one', () => {
    const asked = importsInside.filter(
      ({ from, target }) => roomOf(from) !== 'providers' && target.startsWith('providers/') && target !== 'providers/index.ts',
    );
    expect(show(asked)).toEqual([]);
    const outside = files.filter((file) => !file.startsWith('providers/'));
    const naming = outside.filter((file) => /['"`/](estuary|kps|whylabs|rockset)['"`/]/.test(codeOf(file)));
    expect(naming).toEqual([]);
  });

  test('the dashboard takes nothing but types from the rest of the program', () => {
    const taken = files
      .filter((file) => roomOf(file) === 'dashboard')
      .flatMap((file) =>
        [...codeOf(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']*)'/gm)].map(([, path = '']) =>
          posix.join(posix.dirname(file), path),
        ),
      );
    expect(taken.length).toBeGreaterThan(5);
    expect(taken.filter((path) => roomOf(path) !== 'dashboard')).toEqual([]);
  });

  test('only the loader imports a module whose name is computed', () => {
    expect(computedImports.map(({ from }) => from)).toEqual(['providers/index.ts']);
  });

  test('src has nothing but TypeScript, the FIDELITY.md of each provider, and what a page is made of', () => {
    const others = readdirSync(source, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !/\.tsx?$/.test(entry.name) && entry.name !== 'FIDELITY.md',
    );
    expect(others.map(({ name }) => name).toSorted()).toEqual(['index.html', 'screens.css', 'style.css', 'tsconfig.json']);
    const elsewhere = files.filter((file) => file.endsWith('.tsx') && roomOf(file) !== 'dashboard');
    expect(elsewhere).toEqual([]);
  });

  test('no rooms import each other in a circle', () => {
    const between = importsInside.map(({ from, target }) => ({ from: roomOf(from), target: roomOf(target) }));
    // The doors lie beside the rooms of their names.
    const steps = between.filter(({ from, target }) => from !== target);
    expect(inCircles(steps)).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(inCircles(importsInside)).toEqual([]);
  });
});

test('the map in CONTRIBUTING.md is the table above', () => {
  const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, map = ''] = /\n## The rooms\n([\s\S]*?)\n## /.exec(contributing) ?? [];
  const rows = [...map.matchAll(/^\| (`.*`) \| .* \| (.*) \|$/gm)].flatMap(([, rooms = '', allowed = '']) =>
    namesIn(rooms).map((room) => [room, namesIn(allowed).toSorted()] as const),
  );
  // A room is a folder, a file or, as `library` is, both; what lies in `doors` has rules of its own.
  const labelsOf = (room: string) =>
    [room, `${room}.ts`].filter(
      (label) => files.some((file) => file === label || file.startsWith(`${label}/`)) && !(label in doors),
    );
  const table = Object.entries(mayImport).flatMap(([room, allowed]) =>
    labelsOf(room).map((label) => [label, allowed.toSorted()] as const),
  );
  const ofDoors = Object.entries(doors).map(([door, allowed]) => [door, allowed.toSorted()]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries([...table, ...ofDoors]));
});

describe('time', () => {
  test('the clocks themselves are taken only where the program is put together', () => {
    const takers = files.filter(
      (file) => handedTheirTime.has(roomOf(file)) && /\b(systemClock|new VirtualClock)\b/.test(codeOf(file)),
    );
    expect(takers).toEqual([]);
  });

  test('nothing but clock.ts reads the wall clock', () => {
    // The page spells instants in one file.
    const readers = files.filter((file) => file !== 'clock.ts' && wallClock.test(codeOf(file)));
    expect(readers).toEqual([pageTime]);
  });

  test("the page never asks for the browser's own date", () => {
    expect(codeOf(pageTime)).not.toMatch(/\bnew Date\(\)|\bDate\.now|\bDate\(\)/);
  });
});

test.each(Object.entries(packages))('%s is loaded by %s alone', (name, rooms) => {
  const loaders = imports.filter(({ target }) => target === name).map(({ from }) => roomOf(from));
  expect(new Set(loaders)).toEqual(new Set(rooms));
});

test('only what starts an emulator asks for the mutants, and only once one is set', () => {
  const asking = importsInside.filter(({ from, target }) => target.startsWith('mutants/') && roomOf(from) !== 'mutants');
  expect(show(asking)).toEqual(['server/emulator.ts -> mutants/index.ts']);
  const code = codeOf('server/emulator.ts');
  expect(code.match(/mutants\/index\.ts/g)).toHaveLength(1);
  expect(code).toMatch(
    /if \(mutant === undefined\) return plainGate;\s+const \{ createGate \} = await import\('\.\.\/mutants\/index\.ts'\)/,
  );
});

test('a key is refused for want of a right in one place, besides a lock and an exchange that only KPS has', () => {
  const throwing = files.flatMap((file) => {
    const times = codeOf(file).match(/\b(?:fail|EmulatorError)(?:<[^>]*>)?\(\s*['"`]permission_denied\b/g)?.length ?? 0;
    return times === 0 ? [] : [`${file}: ${times}`];
  });
  expect(throwing.toSorted()).toEqual([
    'http/demand.ts: 1',
    'providers/kps/accounts/sessions/login-lock.ts: 1',
    'providers/kps/auth.ts: 1',
  ]);
  // Nor is the code handed to what throws: here it is named by nobody else but the tables of words.
  const rooms = new Set(['provider', 'http', 'providers', 'worlds', 'store']);
  const naming = files.filter((file) => rooms.has(roomOf(file)) && /\bpermission_denied\b/.test(codeOf(file)));
  expect(naming.filter((file) => !file.endsWith('/wire/errors.ts')).toSorted()).toEqual([
    'http/demand.ts',
    'providers/kps/accounts/sessions/login-lock.ts',
    'providers/kps/auth.ts',
  ]);
});

test('no TODO is left, and no rule is disabled', () => {
  const marks = files.filter((file) => /TODO|FIXME|biome-ignore|@ts-ignore|@ts-expect-error|\bas any\b/.test(textOf(file)));
  expect(marks).toEqual([]);
});

/** What stands in backquotes. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

/** Whatever can be reached from itself. */
function inCircles(steps: readonly Import[]): string[] {
  const next = Map.groupBy(steps, ({ from }) => from);
  const reached = (start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      for (const { target } of next.get(place) ?? []) {
        if (!seen.has(target)) open.push(target);
        seen.add(target);
      }
    }
    return seen;
  };
  return [...next.keys()].filter((place) => reached(place).has(place));
}
