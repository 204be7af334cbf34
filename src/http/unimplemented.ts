import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import type { Provider, ProviderScope } from '../provider/provider.ts';
import { authenticate, isRouted, pathOf } from './authentication.ts';
import type { RouteTable } from './route-table.ts';

/** Where SUPPORTED.md can be read, below the origin of the shared port. */
const supportedPath = '/_latchkey/SUPPORTED.md';

/** Hands a request on to somebody else, who answers it. */
export type Forward = (request: FastifyRequest, reply: FastifyReply) => void;

/** Finds out, before anything else looks at a request that matched no route, whether the vendor has an operation there. */
export function findUnimplemented(request: FastifyRequest, table: RouteTable): void {
  if (!request.is404) return;
  const found = table.unimplementedAt(request.method, pathOf(request));
  if (found === undefined) return;
  request.unimplemented = found.operation;
  request.params = found.params;
}

/**
 * Answers operations that are known and not emulated, once their credential was accepted and whatever their body: they say
 * so, or somebody else answers. He also gets the paths that nobody knows: they may be the vendor's all the same.
 */
export function addUnimplemented(scope: ProviderScope, provider: Provider, table: RouteTable, forward?: Forward): void {
  scope.addHook('onRequest', (request, reply, done) => {
    if (request.unimplemented !== undefined) {
      if (forward !== undefined) return forward(request, reply);
      reply.header('link', `<${supportedPath}#${provider.name}>; rel="help"`);
      return done(new EmulatorError('not_implemented', { operation: request.unimplemented.id }));
    }
    if (forward === undefined || !isNobodys(request, table)) return done();
    authenticate(provider, request, provider.requiresNothing)
      .then(() => forward(request, reply))
      .catch(done);
  });
}

function isNobodys(request: FastifyRequest, { methodsAt }: RouteTable): boolean {
  return !isRouted(request) && request.method !== 'OPTIONS' && methodsAt(pathOf(request)).length === 0;
}
