import type { FastifyRequest } from 'fastify';

/** The groups of routes of the real router. Each demands a level of user, which has the group's own name. */
export type RouteGroup = 'user' | 'admin';

/**
 * The group that a request's path lies in, whether it has a route or not: `/user` and `/admin` themselves, and all below.
 * (Inside a provider a path begins with the provider's name.)
 */
export function groupOf(request: FastifyRequest): RouteGroup | undefined {
  const [, group] = /^\/[^/]+\/(user|admin)(?:[/?]|$)/.exec(request.url) ?? [];
  return group === 'user' || group === 'admin' ? group : undefined;
}
