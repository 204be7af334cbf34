import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateDocuments } from '../../scripts/documents.ts';
import { operationsOf } from '../../scripts/supported.ts';
import { root } from '../../src/package.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { loadGuests } from '../support/guests.ts';

const lk = emulatorForTests({ profiles: { rockset: '2023' } });

test('GET /providers names every provider with its profiles and the one that runs', async () => {
  const { body } = await lk.request.get('/_latchkey/providers').expect(200);
  const shown = body.providers.map(({ name, profile, profiles }: Record<string, unknown>) => ({ name, profile, profiles }));
  expect(shown).toEqual([
    { name: 'estuary', profile: 'v0.1.11', profiles: ['v0.1.11', 'v0.1.10', 'v0.4'] },
    { name: 'kps', profile: '1.0', profiles: ['1.0'] },
    { name: 'rockset', profile: '2023', profiles: ['2022', '2023', '2021'] },
    { name: 'whylabs', profile: 'documented', profiles: ['documented', 'strict'] },
  ]);
});

test('its operations are those of the documents, each with what the ledger knows of it', async () => {
  const documents = await generateDocuments();
  const { body } = await lk.request.get('/_latchkey/providers').expect(200);
  for (const provider of await loadGuests()) {
    const ledger = await provider.loadLedger();
    const documented = operationsOf(documents.get(provider.name)).map(([method, path, { operationId = '' }]) => {
      const fidelity = ledger.operations[operationId];
      return { id: operationId, method, path, evidence: fidelity?.success.evidence, fidelity };
    });
    const shown = body.providers.find(({ name }: { readonly name: string }) => name === provider.name);
    const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);
    expect(shown.operations.toSorted(byId)).toEqual(documented.toSorted(byId));
    expect(shown.behaviours).toEqual(ledger.behaviours.map((row) => ({ differs: null, ...row })));
    expect(shown.unimplemented).toEqual(provider.unimplemented.map(({ id, method, path }) => ({ id, method, path })));
  }
});

test.each([
  ['SUPPORTED.md', 'text/markdown; charset=utf-8'],
  ['seed.schema.json', 'application/json; charset=utf-8'],
])('%s is served as it lies in the package', async (file, type) => {
  const answer = await lk.request.get(`/_latchkey/${file}`).buffer(true).expect(200).expect('Content-Type', type);
  expect(answer.text).toBe(readFileSync(join(root, file), 'utf8'));
});
