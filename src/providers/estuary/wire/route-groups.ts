import type { FastifyRequest } from 'fastify';

/** What a route may demand of its user. */
export type Level = 'upload' | 'user' | 'admin';

/** The groups of routes of the real router, by the first part of their paths, and what each demands. */
const groups: ReadonlyMap<string, Level> = new Map([
  ['user', 'user'],
  ['admin', 'admin'],
  ['content', 'user'],
  ['deals', 'user'],
  ['collections', 'user'],
  ['pinning', 'user'],
]);

/**
 * The group that a request's path lies in, whether it has a route or not: `/user` itself, and all below; and so on.
 * (Inside a provider a path begins with the provider's name.)
 */
export function groupOf({ url }: FastifyRequest): { readonly name: string; readonly demands: Level } | undefined {
  const [, name = ''] = /^\/[^/]+\/([a-z]+)(?:[/?]|$)/.exec(url) ?? [];
  const demands = groups.get(name);
  return demands && { name, demands };
}
