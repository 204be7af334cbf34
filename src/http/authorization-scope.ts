import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import { fail } from '../core/errors.ts';
import { type Provider, WireError } from '../provider/provider.ts';
import { accept, authenticate } from './authentication.ts';
import { addPipeline } from './provider-scope.ts';
import { RouteTable } from './route-table.ts';

export interface AuthorizationOptions {
  readonly prefix: string;
  describe(key: ApiKey): Readonly<Record<string, string>>;
}

/**
 * Registers, below a path, a scope that answers every request whose credential is accepted with 200 and the headers that
 * `describe` makes of the key, and others with the provider's own refusal. A preflight request carries no credential: it passes
 * at the providers that answer it without one.
 */
export function mountAuthorization(app: FastifyInstance, provider: Provider, { prefix, describe }: AuthorizationOptions): void {
  const requirement = { requires: provider.requiresNothing };
  const register = async (plain: FastifyInstance) => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>();
    scope.addHook('onRequest', (request, _reply, done) => {
      request.raw.method = methodOf(request);
      done();
    });
    const requirementOf = ({ method }: FastifyRequest) => (method === 'OPTIONS' ? undefined : requirement);
    addPipeline(scope, provider, { table: new RouteTable(), requirementOf });
    // There are no routes, so every method is accepted. The body is not read: it is for the service behind the proxy.
    scope.setNotFoundHandler(() => fail('route_not_found', null));
    scope.addHook('onRequest', async (request, reply) => {
      const key = request.method === 'OPTIONS' ? await keyOfOptions(provider, request) : request.apiKey;
      return reply.code(200).headers(describe(key)).send();
    });
  };
  app.register(register, { prefix });
}

/**
 * The method of the request that is to be authorized: Traefik asks by GET and names it in a header, Envoy asks by it. A proxy that
 * asks by any other method than these says so itself.
 */
function methodOf({ headers, method }: FastifyRequest): string {
  const named = headers['x-forwarded-method'];
  return typeof named === 'string' && (method === 'GET' || method === 'OPTIONS') ? named.toUpperCase() : method;
}

/** The key that an OPTIONS request presents. Throws the provider's answer if it needs none there, or else the refusal. */
async function keyOfOptions(provider: Provider, request: FastifyRequest): Promise<ApiKey> {
  try {
    return await accept(provider, request, provider.requiresNothing);
  } catch (refusal) {
    const answer = await openAnswer(provider, request, refusal);
    if (answer !== undefined) throw answer;
    return await authenticate(provider, request, provider.requiresNothing);
  }
}

/** What a provider answers to OPTIONS on any path without a key; undefined if it refuses the request. */
async function openAnswer(provider: Provider, request: FastifyRequest, refusal: unknown): Promise<WireError | undefined> {
  const unrouted = {
    allowed: [],
    methodsAt: () => [],
    registeredAs: () => undefined,
    authenticate: () => Promise.reject(refusal),
  };
  const answer = await provider.refuseUnrouted?.(request, unrouted).catch((error: unknown) => error);
  return answer instanceof WireError && answer.reply.status < 300 ? answer : undefined;
}
