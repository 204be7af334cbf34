import type { FastifyRequest } from 'fastify';
import { controlPrefix } from '../../http/mounts.ts';
import { RouteTable } from '../../http/route-table.ts';
import { ControlError } from '../errors.ts';
import type { ControlScope } from '../scope.ts';

/** Lets every call that has GET answer HEAD as well: the same headers, without the body. Call this before the routes are added. */
export function answerHead(scope: ControlScope): void {
  scope.addHook('onRoute', function (route) {
    if (route.method !== 'GET') return;
    const { url: _url, path: _path, prefix: _prefix, routePath, ...same } = Object(route);
    // The root of the scope has two spellings.
    const urls = routePath === '' ? ['', '/'] : [routePath];
    for (const url of urls) this.route({ ...same, url, method: 'HEAD' });
  });
}

/**
 * Refuses requests that match no call, before their bodies are read: 405 with the methods that the path has, or 404.
 * Call this before the routes are added.
 */
export function refuseUnrouted(scope: ControlScope): void {
  const table = new RouteTable();
  table.watch(scope);
  scope.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const allowed = table.methodsAt(pathOf(request));
    if (allowed.length === 0) throw noSuchCall();
    reply.header('allow', allowed.join(', '));
    const has = `it has ${allowed.join(', ')}`;
    throw new ControlError(405, 'method_not_allowed', `${pathOf(request)} has no ${request.method}: ${has}.`, { allowed });
  });
  scope.setNotFoundHandler(() => {
    throw noSuchCall();
  });
}

function pathOf({ target }: FastifyRequest): string {
  return target.path === `${controlPrefix}/` ? controlPrefix : target.path;
}

function noSuchCall(): ControlError {
  return new ControlError(404, 'route_not_found', 'The control plane has no such call; /_latchkey/docs lists all calls.');
}
