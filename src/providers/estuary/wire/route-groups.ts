import type { FastifyRequest } from 'fastify';

/** The levels that a route may require of its user, by name. */
export type Level = 'upload' | 'user' | 'admin';

/** The route groups of the real router, by the first segment of their paths, and the level that each requires. */
const groups: ReadonlyMap<string, Level> = new Map([
  ['user', 'user'],
  ['admin', 'admin'],
  ['content', 'user'],
  ['deals', 'user'],
  ['collections', 'user'],
  ['pinning', 'user'],
]);

/**
 * The group of a request's path, whether a route exists there or not: `/user` itself and everything below it, for example.
 * Inside a provider the path begins with the provider's name.
 */
export function groupOf({ url }: FastifyRequest): { readonly name: string; readonly requires: Level } | undefined {
  const [, name = ''] = /^\/[^/]+\/([a-z]+)(?:[/?]|$)/.exec(url) ?? [];
  const requires = groups.get(name);
  return requires && { name, requires };
}
