import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
