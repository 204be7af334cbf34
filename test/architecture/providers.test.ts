import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import { exportsOf, source } from './source.ts';

/** What every provider has at the top of its folder, by the job; a file that has grown is a folder of that name. */
const ofEach = [
  'FIDELITY.md',
  'accounts',
  'auth',
  'index',
  'keys',
  'ledger',
  'mutability',
  'profiles',
  'routes',
  'seed',
  'snippets',
  'unimplemented',
  'wire',
];

/** What every provider has further down. */
const inEach = [
  'accounts',
  'keys/keys.ts',
  'keys/routes.ts',
  'keys/schemas.ts',
  'ledger/authentication.ts',
  'ledger/documentation.ts',
  'ledger/index.ts',
  'ledger/keys.ts',
  'ledger/operations.ts',
  'ledger/wire.ts',
  'seed/index.ts',
  'seed/keys.ts',
  'seed/schemas.ts',
  'wire/errors.ts',
  'wire/http.ts',
  'wire/unrouted.ts',
];

const jobOf = (entry: string) => entry.replace(/\.ts$/, '');
const modules = await loadProviders();

describe.each(modules.map(({ name }) => name))('the folder of %s', (name) => {
  const folder = join(source, 'providers', name);
  const top = readdirSync(folder);

  test('has the same names for the same jobs as the others, and at most one of its own', () => {
    expect(ofEach.filter((entry) => !top.map(jobOf).includes(entry))).toEqual([]);
    expect(top.length).toBeLessThanOrEqual(14);
    expect(inEach.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
  });

  test('exports the same things under the same names', () => {
    const exported: readonly (readonly [file: string, name: string])[] = [
      ['auth.ts', 'readCredential'],
      ['auth.ts', 'authorise'],
      ['profiles.ts', 'profiles'],
      ['routes.ts', 'addRoutes'],
      ['keys/routes.ts', 'addKeyRoutes'],
      ['seed/index.ts', 'seedFormat'],
      ['seed/schemas.ts', 'SeedSection'],
      ['snippets.ts', 'snippets'],
      [top.includes('unimplemented.ts') ? 'unimplemented.ts' : 'unimplemented/index.ts', 'unimplemented'],
      ['wire/errors.ts', 'errorTable'],
      ['wire/http.ts', 'prepare'],
      ['wire/unrouted.ts', 'refuseUnrouted'],
    ];
    const missing = exported.filter(([file, thing]) => !exportsOf(`providers/${name}/${file}`).includes(thing));
    expect(missing).toEqual([]);
  });
});
