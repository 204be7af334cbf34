import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiFolder } from '../src/paths.ts';
import { generateDocuments } from './documents.ts';
import { supportedMarkdown } from './supported.ts';

/** Writes every generated file: `openapi/*.json` and SUPPORTED.md. The tests compare them. */
const documents = await generateDocuments();
for (const [name, document] of documents)
  writeFileSync(join(openapiFolder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
writeFileSync(join(openapiFolder, '..', 'SUPPORTED.md'), await supportedMarkdown(documents));
