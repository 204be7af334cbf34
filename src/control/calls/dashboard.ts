import { promises } from 'node:fs';
import { join } from 'node:path';
import { gunzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ControlError } from '../errors.ts';
import { AnyFields } from '../schemas.ts';
import type { ControlScope } from '../scope.ts';

export interface DashboardParts {
  /** Where the build put the page. */
  readonly dashboardFolder: string;
}

/** What the build wrote about each file: only what it names is served. */
type Files = Readonly<Record<string, { readonly type: string; readonly etag: string }>>;

/** The page loads nothing from elsewhere, and nothing of it can be made to run a text as a script. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  vary: 'Accept-Encoding',
};

const index = 'index.html';

/**
 * The dashboard. Its files hold no data, so that they need no token, no certain host name and no world; what they show comes by
 * calls that do. They are read when they are asked for: they cost nothing at the start.
 */
export function addDashboardRoutes(scope: ControlScope, { dashboardFolder }: DashboardParts): void {
  const config = { isAboutNoWorld: true, needsNoToken: true, answersAnyHost: true, answersAnyPage: true } as const;
  const querystring = AnyFields();

  scope.get('/', { config, schema: { hide: true, querystring } }, async (request, reply) => {
    const { path, search } = request.target;
    // Relative, as neither the world nor a proxy's path in front of it is known here.
    if (!path.endsWith('/')) return reply.redirect(`_latchkey/${search}`);
    return serve(request, reply, dashboardFolder, index);
  });

  const params = Type.Object({ file: Type.String() });
  scope.get('/ui/:file', { config, schema: { hide: true, params, querystring } }, async (request, reply) =>
    serve(request, reply, dashboardFolder, request.params.file),
  );
}

async function serve(request: FastifyRequest, reply: FastifyReply, folder: string, name: string): Promise<FastifyReply> {
  const files = await filesIn(folder);
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) throw new ControlError(404, 'file_not_found', 'The dashboard has no such file.');
  const isZipped = acceptsGzip(request.headers['accept-encoding']);
  reply.headers({
    ...headers,
    etag: file.etag,
    // The names of all others have a hash in them.
    'cache-control': name === index ? 'no-cache' : 'max-age=31536000, immutable',
  });
  if (namesTag(request.headers['if-none-match'], file.etag)) return reply.code(304).send();
  const zipped = await promises.readFile(join(folder, `${name}.gz`));
  if (isZipped) reply.header('content-encoding', 'gzip');
  return reply.type(file.type).send(isZipped ? zipped : await unzipped(zipped));
}

/** For the few clients that do not unzip themselves: the package has each file once. */
function unzipped(content: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gunzip(content, (error, plain) => (error === null ? resolve(plain) : reject(error)));
  });
}

/** Throws 404 where the page was not built, as in a checkout. */
async function filesIn(folder: string): Promise<Files> {
  try {
    return JSON.parse(await promises.readFile(join(folder, 'files.json'), 'utf8'));
  } catch {
    throw new ControlError(
      404,
      'dashboard_not_built',
      'This latchkey runs from its source, and its dashboard is not built yet: run npm run build. The API documents are at docs/.',
    );
  }
}

function acceptsGzip(accepted: string | string[] | undefined): boolean {
  return /(?:^|[,\s])(?:gzip|\*)\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:$|,)))/i.test(String(accepted ?? ''));
}

function namesTag(given: string | undefined, etag: string): boolean {
  return (given ?? '').split(',').some((one) => ['*', etag, etag.slice(2)].includes(one.trim()));
}
