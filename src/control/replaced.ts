import type { FastifyRequest } from 'fastify';
import type { Contents } from '../worlds/contents.ts';
import { replaced } from './errors.ts';
import type {} from './request-world.ts';
import type { ControlScope } from './scope.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The call is about whatever the world holds when it is carried out: it replaces that, or only reads. */
    isForAnyContents?: true;
  }
}

/**
 * Refuses calls whose world is reset or restored before their body has come: they were meant for what it held when they began.
 * Throws 409.
 */
export function refuseReplaced(scope: ControlScope): void {
  const begun = new WeakMap<FastifyRequest, Contents>();
  scope.addHook('onRequest', async (request) => {
    if (request.method !== 'GET' && request.routeOptions.config?.isForAnyContents !== true)
      begun.set(request, request.world.contents);
  });
  scope.addHook('preHandler', async (request) => {
    if (begun.get(request)?.isReplaced === true && !request.world.isClosed) throw replaced();
  });
}
