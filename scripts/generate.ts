import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiFolder, root } from '../src/package.ts';
import { loadProviders } from '../src/providers/index.ts';
import { seedSchema } from '../src/worlds/seed-schema.ts';
import { generateDocuments } from './documents.ts';
import { emulatedTypes } from './emulated.ts';
import { fidelityMarkdown } from './fidelity.ts';
import { supportedMarkdown } from './supported.ts';

/**
 * Writes every generated file: `openapi/*.json`, `seed.schema.json`, SUPPORTED.md, the names in `src/client/emulated.ts`, and the
 * tables of each FIDELITY.md. Tests compare them.
 */
const providers = await loadProviders();
const documents = await generateDocuments();
for (const [name, document] of documents) writeJson(join(openapiFolder, `${name}.json`), document);
writeJson(join(root, 'seed.schema.json'), seedSchema(providers));
writeFileSync(join(root, 'SUPPORTED.md'), await supportedMarkdown(documents));
writeFileSync(join(root, 'src', 'client', 'emulated.ts'), await emulatedTypes(documents, providers));
for (const { name, loadLedger } of providers) {
  const file = join(root, 'src', 'providers', name, 'FIDELITY.md');
  writeFileSync(file, fidelityMarkdown(readFileSync(file, 'utf8'), await loadLedger(), name));
}

function writeJson(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
