import type { FastifyReply, FastifyRequest } from 'fastify';
import { EmulatorError } from '../core/errors.ts';
import type { Provider, ProviderScope } from '../provider/provider.ts';
import type { RouteTable } from './route-table.ts';

/** Where SUPPORTED.md can be read, below the origin of the shared port. */
const supportedPath = '/_latchkey/SUPPORTED.md';

/** Hands a request on to an upstream, which answers it. */
export type Forward = (request: FastifyRequest, reply: FastifyReply) => void;

/** Finds the operation of a request that matched no route: the vendor may have one that is not emulated. */
export function findUnimplemented(request: FastifyRequest, table: RouteTable): void {
  const found = table.unimplementedAt(request.method, request.target.path);
  if (found === undefined) return;
  request.unimplemented = found.operation;
  request.params = found.params;
}

/** Whether a request is about an operation, emulated or not. */
export function isRouted({ is404, unimplemented }: FastifyRequest): boolean {
  return !is404 || unimplemented !== undefined;
}

/** Whether a request is for a path that no operation has, though the vendor may have it. OPTIONS is left to the provider. */
export function isUnknown(request: FastifyRequest, { methodsAt }: RouteTable): boolean {
  return !isRouted(request) && request.method !== 'OPTIONS' && methodsAt(request.target.path).length === 0;
}

/**
 * Answers operations that are known and not emulated, whatever their body: by the upstream, or with a 501. Requests for
 * unknown paths go to the upstream too. To be added after authentication.
 */
export function addUnimplemented(scope: ProviderScope, provider: Provider, table: RouteTable, forward?: Forward): void {
  scope.addHook('onRequest', (request, reply, done) => {
    const { unimplemented } = request;
    if (forward !== undefined && (unimplemented !== undefined || isUnknown(request, table))) return forward(request, reply);
    if (unimplemented === undefined) return done();
    reply.header('link', `<${supportedPath}#${provider.name}>; rel="help"`);
    done(new EmulatorError('not_implemented', { operation: unimplemented.id }));
  });
}
