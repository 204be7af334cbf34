import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { generateDocuments, type OpenApiDocument, withReferences } from '../scripts/documents.ts';
import { emulatedTypes } from '../scripts/emulated.ts';
import { operationsOf, supportedMarkdown } from '../scripts/supported.ts';
import { openapiFolder, root } from '../src/package.ts';
import { evidenceGrades } from '../src/provider/ledger.ts';
import { loadProviders } from '../src/providers/index.ts';
import type { VendorOperation } from './providers/vendor-operation.ts';

const documents = await generateDocuments();
const names = [...documents.keys()];
const providers = await loadProviders();

test('there is one document for the control plane and one for each provider', () => {
  expect(names.toSorted()).toEqual(['control', ...providers.map(({ name }) => name)].toSorted());
});

describe.each(names)('openapi/%s.json', (name) => {
  const document = documents.get(name) ?? missing(name);

  test('is what the routes say today (npm run generate writes it)', () => {
    expect(JSON.parse(readFileSync(join(openapiFolder, `${name}.json`), 'utf8'))).toEqual(document);
  });

  test('is valid OpenAPI', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...document }));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  test('names every operation once, with its answers', () => {
    const operations = operationsOf(document);
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, , { responses }] of operations) expect(Object.keys(responses)).toContain('200');
  });

  test('holds schemas that a strict validator compiles', () => {
    const ajv = new Ajv({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      validateFormats: false,
      keywords: ['example', 'components'],
    });
    const { components } = document;
    // References are looked up from the root of what is compiled.
    for (const schema of schemasOf(document)) expect(() => ajv.compile({ ...schema, components })).not.toThrow();
  });
});

describe.each(providers.map(({ name }) => name))('%s and its vendor', async (name) => {
  const { operations }: { readonly operations: readonly VendorOperation[] } = await import(`./providers/${name}/contract.ts`);
  const ours = operationsOf(documents.get(name));

  test.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s is served as the vendor documents it',
    (id, operation) => {
      const found = ours.find(([, , { operationId }]) => operationId === id) ?? missing(id);
      expect([found[0], found[1]]).toEqual([operation.method, operation.path]);
      expect(Object.keys(found[2].responses)).toContain(String(operation.successStatus));
      const fields = fieldsOf(found[2].responses[operation.successStatus], documents.get(name));
      expect(fields).toEqual(expect.arrayContaining([...operation.fields]));
    },
  );

  test('every operation is in contract.ts', () => {
    const ids = ours.map(([, , { operationId }]) => operationId);
    expect(operations.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  test('every operation says how well it is known', () => {
    for (const [, , operation] of ours) expect(evidenceGrades, operation.operationId).toContain(operation['x-evidence']);
  });
});

test('found 2.7: src/client/emulated.ts names what the providers have today (npm run generate writes it)', async () => {
  expect(readFileSync(join(root, 'src', 'client', 'emulated.ts'), 'utf8')).toBe(await emulatedTypes(documents, providers));
});

test('SUPPORTED.md is what the routes say today (npm run generate writes it)', async () => {
  expect(readFileSync(join(openapiFolder, '..', 'SUPPORTED.md'), 'utf8')).toBe(await supportedMarkdown(documents));
});

describe('references', () => {
  const documentWith = (...schemas: object[]): OpenApiDocument => ({
    openapi: '3.1.0',
    info: { title: 'Some API', version: '1' },
    paths: { '/': { get: { responses: Object.fromEntries(schemas.map((schema, place) => [200 + place, { schema }])) } } },
  });
  const Thing = { type: 'object', title: 'Thing', properties: { id: { type: 'string' } } };
  const reference = { $ref: '#/components/schemas/Thing' };
  const schemasIn = ({ paths }: OpenApiDocument) => Object.values(paths['/']?.['get']?.responses ?? {});

  test('replace every schema that has a title, whatever else is said where it is used', () => {
    const list = { type: 'array', items: { ...Thing, description: 'One of them' } };
    const written = withReferences(documentWith(Thing, list, { ...Thing, type: ['object', 'null'] }));
    expect(written.components).toEqual({ schemas: { Thing } });
    expect(schemasIn(written)).toEqual([
      { schema: reference },
      { schema: { type: 'array', items: { ...reference, description: 'One of them' } } },
      { schema: { anyOf: [reference, { type: 'null' }] } },
    ]);
  });

  test('cannot tell two schemas of one title apart, which is an error', () => {
    const other = { ...Thing, properties: {} };
    expect(() => withReferences(documentWith(Thing, other))).toThrow('Some API: two different schemas have the title Thing');
  });
});

/** Field names of a success answer: of the object, of an element where it is a list, and of what one field wraps. */
function fieldsOf(node: unknown, document: OpenApiDocument | undefined): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('$ref' in node) return fieldsOf(document?.components?.schemas?.[String(node.$ref).split('/').at(-1) ?? ''], document);
  const own =
    'properties' in node && typeof node.properties === 'object' && node.properties !== null ? Object.keys(node.properties) : [];
  return [...own, ...Object.values(node).flatMap((value) => fieldsOf(value, document))];
}

/** Every schema in a document, wherever it stands. */
function schemasOf({ paths, components }: OpenApiDocument): object[] {
  const within = (node: unknown): object[] => {
    if (typeof node !== 'object' || node === null) return [];
    return Object.entries(node).flatMap(([key, value]) => (key === 'schema' ? [Object(value)] : within(value)));
  };
  return [...within(paths), ...Object.values(components?.schemas ?? {})];
}

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
