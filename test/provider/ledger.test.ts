import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateDocuments } from '../../scripts/documents.ts';
import { fidelityMarkdown } from '../../scripts/fidelity.ts';
import { operationsOf } from '../../scripts/supported.ts';
import { root } from '../../src/package.ts';
import { evidenceGrades, type Pin } from '../../src/provider/ledger.ts';
import { loadProviders } from '../../src/providers/index.ts';

const documents = await generateDocuments();
const providers = await loadProviders();

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s keeps a ledger', async (name, provider) => {
  const ledger = await provider.loadLedger();
  const ours = operationsOf(documents.get(name)).map(([, , { operationId = '' }]) => operationId);
  const cells = Object.entries(ledger.operations).flatMap(([id, row]) =>
    [row.success, row.errors, row.auth, row.states].flatMap((pin) => (pin === null ? [] : [{ ...pin, of: id }])),
  );
  const pins: readonly (Pin & { readonly of: string })[] = [
    ...cells,
    ...ledger.behaviours.map((row) => ({ ...row, of: row.behaviour })),
  ];

  test('in which every operation has its row, and every row its operation', () => {
    expect(Object.keys(ledger.operations).toSorted()).toEqual(ours.toSorted());
  });

  test('in which every cell and every behaviour names an existing test', () => {
    const unpinned = pins.filter(({ test: named }) => !isThere(join(root, 'test', 'providers', name), named));
    expect(unpinned.map(({ of, test: named }) => `${of}: ${named}`)).toEqual([]);
  });

  test('in which the test of every cell is about the operation: its file names the path or the id', () => {
    const folder = join(root, 'test', 'providers', name);
    const paths = new Map(operationsOf(documents.get(name)).map(([, path, { operationId = '' }]) => [operationId, path]));
    const strays = cells.filter(({ of, test: named }) => {
      const texts = textsOf(folder, named.split(' > ', 1)[0] ?? '');
      return !texts.some((text) => naming(of, paths.get(of) ?? '').test(text));
    });
    expect(strays.map(({ of, test: named }) => `${of}: ${named}`)).toEqual([]);
  });

  test('beside a page that says of which months the server of each profile is', () => {
    const [written = ''] = readFileSync(join(root, 'src', 'providers', name, 'FIDELITY.md'), 'utf8').split('\n<!-- ');
    expect(written).toMatch(/months of the server/);
    for (const profile of provider.profiles) expect(written).toContain(profile);
  });

  test('in which every pin has a grade of evidence', () => {
    for (const { evidence, of } of pins) expect(evidenceGrades, of).toContain(evidence);
  });

  test('from which the tables of FIDELITY.md are generated (npm run generate writes them)', () => {
    const text = readFileSync(join(root, 'src', 'providers', name, 'FIDELITY.md'), 'utf8');
    expect(text).toBe(fidelityMarkdown(text, ledger, name));
  });

  test('and no operation is both emulated and listed as unimplemented', () => {
    const known = provider.unimplemented.map(({ id }) => id);
    expect(known.filter((id) => ours.includes(id))).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });
});

/** Whether `<file> > <title>` names a test: the title is in the file as the first argument of a call. */
function isThere(folder: string, named: string): boolean {
  const [file = '', ...title] = named.split(' > ');
  const path = join(folder, file);
  return existsSync(path) && titlesOf(readFileSync(path, 'utf8')).has(title.join(' > '));
}

function titlesOf(text: string): ReadonlySet<string> {
  const calls = text.matchAll(/\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)\s*,/g);
  return new Set([...calls].map(([, single, double, template]) => (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1')));
}

/** The text of a test, and of what it imports from its provider's folder, with constant texts in place of their names. */
function textsOf(folder: string, file: string): readonly string[] {
  const path = join(folder, file);
  const own = readFileSync(path, 'utf8');
  const imported = [...own.matchAll(/from '(\.[^']+)'/g)].map(([, one = '']) => join(dirname(path), one));
  const texts = [own, ...imported.filter((one) => one.startsWith(folder)).map((one) => readFileSync(one, 'utf8'))];
  const constants = texts.flatMap((text) => [...text.matchAll(/const (\w+) = (['`])(.*?)\2;/g)]);
  return texts.map((text) => constants.reduce((all, [, name, , value = '']) => all.replaceAll(`\${${name}}`, value), text));
}

/** Finds an operation's id, or its path as far as its last fixed part, whatever stands for the parameters. */
function naming(id: string, path: string): RegExp {
  const fixed = path.replace(/(\/\{[^}]+\})+$/, '').split(/\{[^}]+\}/);
  return new RegExp(`\\b${id}\\b|${fixed.map((part) => part.replaceAll('.', '\\.')).join('[^/\'"`\\s]+')}(?![\\w-])`);
}
