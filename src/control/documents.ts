import { promises } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { ControlError } from './errors.ts';
import { AnyFields } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

/** Where the generated documents are. They are written at build time, so that they cost nothing at the start. */
export interface DocumentParts extends ControlParts {
  /** The project's own folder. */
  readonly folder: string;
}

const json = 'application/json; charset=utf-8';
/** A page keeps its own state in its address. */
const page = { hide: true, querystring: AnyFields() };

/** OpenAPI documents and the pages that show them; the pages are built on their first request. */
export function addDocumentRoutes(scope: ControlScope, { providers, folder }: DocumentParts): void {
  const names = ['control', ...providers.map(({ name }) => name)];
  const read = (...path: string[]) => promises.readFile(join(folder, ...path), 'utf8');

  scope.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type(json).send(await read('openapi', 'control.json'));
  });

  scope.get('/seed.schema.json', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type(json).send(await read('seed.schema.json'));
  });

  scope.get('/SUPPORTED.md', { schema: { hide: true } }, async (_request, reply) => {
    return reply.type('text/markdown; charset=utf-8').send(await read('SUPPORTED.md'));
  });

  scope.get(
    '/openapi/:name.json',
    { schema: { hide: true, params: Type.Object({ name: Type.String() }) } },
    async (request, reply) => {
      const { name } = request.params;
      if (!names.includes(name))
        throw new ControlError(404, 'document_not_found', `There is no document ${JSON.stringify(name)}.`);
      return reply.type(json).send(await read('openapi', `${name}.json`));
    },
  );

  const pages = lazyPages(names);
  scope.addHook('onClose', () => pages.close());
  for (const url of ['/docs', '/docs/*']) {
    scope.get(url, { schema: page }, async (request, reply) => {
      const app = await pages.open();
      reply.hijack();
      app.routing(request.raw, reply.raw);
    });
  }
  scope.get('/', { schema: page }, async (_request, reply) => reply.redirect('/_latchkey/docs'));
}

/** Swagger UI as an app of its own, loaded on the first request for it: it would triple the time to the first answer. */
function lazyPages(names: readonly string[]): { open(): Promise<FastifyInstance>; close(): Promise<void> } {
  let building: Promise<FastifyInstance> | undefined;
  return {
    open: () => {
      building ??= buildPages(names);
      return building;
    },
    close: async () => (await building)?.close(),
  };
}

async function buildPages(names: readonly string[]): Promise<FastifyInstance> {
  const [{ default: fastify }, { default: swagger }, { default: swaggerUi }] = await Promise.all([
    import('fastify'),
    import('@fastify/swagger'),
    import('@fastify/swagger-ui'),
  ]);
  const app = fastify();
  await app.register(swagger, { openapi: { info: { title: 'latchkey', version: '1' } } });
  const urls = names.map((name) => ({ name, url: `/_latchkey/openapi/${name}.json` }));
  await app.register(swaggerUi, { routePrefix: '/_latchkey/docs', uiConfig: { urls, deepLinking: true } });
  await app.ready();
  return app;
}
