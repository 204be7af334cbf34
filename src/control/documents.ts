import { promises } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { DashboardParts } from './calls/dashboard.ts';
import { bodyOf, ControlError } from './errors.ts';
import { AnyFields } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

/** Where the generated documents are. They are written at build time, so that they cost nothing at the start. */
export interface DocumentParts extends ControlParts, DashboardParts {
  /** The project's own folder. */
  readonly folder: string;
}

const json = 'application/json; charset=utf-8';
const svg = 'image/svg+xml';
/** The name and the sign of the page: a key. */
const shape =
  '<circle cx="9" cy="16" r="6" fill="none" stroke="#f5a623" stroke-width="3"/><path d="M15 16h14v5m-5-5v4" fill="none" stroke="#f5a623" stroke-width="3"/>';
const sign = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${shape}</svg>`;
const name = '<text x="38" y="23" font-family="sans-serif" font-size="20" fill="#fff">latchkey</text>';
const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 130 32" width="130" height="32">${shape}${name}</svg>`;

/** The documents are the same in every world. */
const config = { isAboutNoWorld: true } as const;
const document = { schema: { hide: true }, config };
/** A page keeps its own state in its address. */
const page = { schema: { hide: true, querystring: AnyFields() }, config };

/** OpenAPI documents and the page that shows them; the page is built on its first request. */
export function addDocumentRoutes(scope: ControlScope, { providers, folder }: DocumentParts): void {
  const names = ['control', ...providers.map(({ name }) => name)];
  const read = (...path: string[]) => promises.readFile(join(folder, ...path), 'utf8');

  scope.get('/openapi.json', document, async (_request, reply) => {
    return reply.type(json).send(servedFrom('.', await read('openapi', 'control.json')));
  });

  scope.get('/seed.schema.json', document, async (_request, reply) => {
    return reply.type(json).send(await read('seed.schema.json'));
  });

  scope.get('/SUPPORTED.md', document, async (_request, reply) => {
    return reply.type('text/markdown; charset=utf-8').send(await read('SUPPORTED.md'));
  });

  scope.get(
    '/openapi/:name.json',
    { schema: { hide: true, params: Type.Object({ name: Type.String() }) }, config },
    async (request, reply) => {
      const { name } = request.params;
      if (!names.includes(name))
        throw new ControlError(404, 'document_not_found', `There is no document ${JSON.stringify(name)}.`);
      const server = name === 'control' ? '..' : `../../${name}`;
      return reply.type(json).send(servedFrom(server, await read('openapi', `${name}.json`)));
    },
  );
  addPages(scope, names);
}

const noSuchFile = new ControlError(404, 'file_not_found', 'The page of the API documents has no such file.');

/** A document whose calls go to a URL relative to its own: below a world or a proxy's path, they stay there. */
function servedFrom(url: string, document: string): string {
  const servers = [{ url, description: 'Here: this latchkey, this world' }];
  return `${JSON.stringify({ ...JSON.parse(document), servers }, null, 2)}\n`;
}

/** Redirects are relative: neither the world nor a proxy's path in front of it is known here. */
function addPages(scope: ControlScope, names: readonly string[]): void {
  const pages = lazyPages(names);
  scope.addHook('onClose', () => pages.close());
  scope.get('/docs', page, async (request, reply) => reply.redirect(below(request, 'docs', '')));
  scope.get('/docs/static/index.html', page, async (_request, reply) => reply.redirect('../'));
  scope.get('/docs/*', page, async (request, reply) => {
    const app = await pages.open();
    reply.hijack();
    app.routing(request.raw, reply.raw);
  });
}

/** A place below the folder `name`, which the request asks for with or without a slash at its end. The query goes along. */
function below({ target: { path, search } }: FastifyRequest, name: string, place: string): string {
  return (path.endsWith('/') ? place : `${name}/${place}`) + search;
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
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(bodyOf(noSuchFile)));
  app.setErrorHandler((_error, _request, reply) => reply.code(404).send(bodyOf(noSuchFile)));
  await app.register(swagger, { openapi: { info: { title: 'latchkey', version: '1' } } });
  await app.register(swaggerUi, {
    routePrefix: '/_latchkey/docs',
    // The page is at docs/, with a slash.
    uiConfig: { urls: names.map((name) => ({ name, url: `../openapi/${name}.json` })), deepLinking: true },
    theme: { title: 'latchkey', favicon: [{ filename: 'latchkey.svg', rel: 'icon', type: svg, sizes: 'any', content: sign }] },
    logo: { type: svg, content: Buffer.from(logo) },
  });
  await app.ready();
  return app;
}
