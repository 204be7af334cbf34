import { isDeepStrictEqual } from 'node:util';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import pino from 'pino';
import { Mounts } from '../src/http/mounts.ts';
import type { DocumentFacts } from '../src/http/provider-scope.ts';
import { migrationsFolder } from '../src/package.ts';
import type { Ledger } from '../src/provider/ledger.ts';
import { nameOfRest } from '../src/provider/operations.ts';
import { loadProviders } from '../src/providers/index.ts';
import { buildApp } from '../src/server/app.ts';
import { SqliteWorldStore } from '../src/store/sqlite-world-store.ts';
import { builtInSeeds } from '../src/worlds/seeds.ts';
import { Worlds } from '../src/worlds/worlds.ts';

/** An OpenAPI document as this project writes them. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
}

export interface DocumentedOperation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly responses: Readonly<Record<string, object>>;
  readonly 'x-evidence'?: string;
}

/** Generates the OpenAPI document of each provider (in its default profile) and of the control plane, by name. */
export async function generateDocuments(): Promise<ReadonlyMap<string, OpenApiDocument>> {
  const providers = (await loadProviders()).map((provider) => provider.emulate(provider.profiles[0] ?? ''));
  const openStore = (file: string) => new SqliteWorldStore(file, migrationsFolder);
  const worlds = new Worlds({
    providers,
    seeds: builtInSeeds,
    clock: undefined,
    db: ':memory:',
    limit: 1,
    openStore,
    isInUse: () => false,
  });
  const scopes = new Map<string, FastifyInstance>();
  const app = buildApp({
    providers,
    worlds,
    mounts: new Mounts(providers),
    logger: pino({ level: 'silent' }),
    version: '0',
    extend: async (scope, facts) => {
      await document(scope, facts, await facts.loadLedger?.());
      scopes.set(facts.name, scope);
    },
  });
  await app.ready();
  const documents = new Map<string, OpenApiDocument>();
  for (const [name, scope] of scopes) documents.set(name, withReferences(JSON.parse(JSON.stringify(scope.swagger()))));
  await app.close();
  await worlds.close();
  return documents;
}

async function document(scope: FastifyInstance, { name, info, security }: DocumentFacts, ledger?: Ledger): Promise<void> {
  const prefix = name === 'control' ? '/_latchkey' : `/${name}`;
  const schemes = Object.keys(security);
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info,
      servers: [{ url: `http://localhost:5282${prefix}` }],
      ...(schemes.length > 0 && {
        components: { securitySchemes: { ...security } },
        security: schemes.map((scheme) => ({ [scheme]: [] })),
      }),
    },
    transform: ({ schema, url, route }) => {
      const evidence = ledger?.operations[schema?.operationId ?? '']?.success.evidence;
      const documented: FastifySchema & Record<string, unknown> = {
        ...schema,
        ...(evidence !== undefined && { 'x-evidence': evidence }),
        ...(route.config?.auth === 'none' && { security: [] }),
      };
      return named(documented, url.slice(prefix.length) || '/');
    },
  });
}

/**
 * Moves every schema that has a title to `components.schemas` and leaves a reference in its place, because each route repeats
 * the schemas of its errors. A description belongs to the place, so it stays there. Throws when two schemas share a title.
 */
export function withReferences(document: OpenApiDocument): OpenApiDocument {
  const schemas: Record<string, object> = {};
  const paths: OpenApiDocument['paths'] = JSON.parse(JSON.stringify(document.paths), (_key, value) => {
    if (typeof value?.title !== 'string') return value;
    const { title, description, type, ...rest } = value;
    const isNullable = Array.isArray(type);
    const schema = { title, type: isNullable ? type[0] : type, ...rest };
    if (!isDeepStrictEqual(schemas[title] ?? schema, schema))
      throw new Error(`${document.info.title}: two different schemas have the title ${title}`);
    schemas[title] = schema;
    const reference = { $ref: `#/components/schemas/${title}` };
    return {
      ...(isNullable ? { anyOf: [reference, { type: 'null' }] } : reference),
      ...(description !== undefined && { description }),
    };
  });
  return { ...document, components: { ...document.components, schemas }, paths };
}

/** OpenAPI has no wildcard: a trailing `*` becomes a parameter, named by the title of its schema. */
function named(schema: FastifySchema & Record<string, unknown>, url: string): { schema: FastifySchema; url: string } {
  const name = nameOfRest(schema.params);
  if (!url.endsWith('*') || name === undefined) return { schema, url };
  const { title: _name, ...rest } = Object(Object(Object(schema.params).properties)['*']);
  const params = { type: 'object', properties: { [name]: rest }, required: [name] };
  return { schema: { ...schema, params }, url: url.replace('*', `:${name}`) };
}
