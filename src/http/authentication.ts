import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError, fail } from '../core/errors.ts';
import type { Provider, ProviderScope } from '../provider/provider.ts';
import type { RouteTable } from './route-table.ts';

/**
 * Checks the credential of a request, and what `requires` demands of its key. Everything that lets a request in comes
 * through here. Throws the refusal.
 */
export async function authenticate(provider: Provider, request: FastifyRequest, requires?: string): Promise<ApiKey> {
  try {
    return await admit(provider, request, requires);
  } catch (error) {
    // Noted here: the provider may word it as an error of its own.
    if (error instanceof EmulatorError) request.trace.note(error);
    throw error;
  }
}

async function admit(provider: Provider, request: FastifyRequest, requires?: string): Promise<ApiKey> {
  const { trace, keys, now } = request;
  const secret = provider.readCredential(request);
  trace.secret = secret;
  try {
    request.apiKey = await keys.authenticate(secret, now);
  } catch (error) {
    trace.key = (await keys.introspect(secret, now)).key;
    throw error;
  }
  trace.key = request.apiKey;
  trace.isAuthenticated = true;
  if (provider.authorise === undefined) return request.apiKey;
  trace.isPermitted = false;
  await provider.authorise(request, requires);
  trace.isPermitted = true;
  return request.apiKey;
}

/** Before the body is read, as the real servers do it. What matched no route is left to `refuseUnrouted`. */
export function addAuthentication(scope: ProviderScope, provider: Provider): void {
  scope.addHook('onRequest', async (request) => {
    const { auth, requires } = demandsOf(request);
    if (!isRouted(request) || auth === 'none') return;
    await authenticate(provider, request, requires);
  });
}

/** What a request's operation demands: it stands on the route, or with the operation that is known and not emulated. */
function demandsOf({ unimplemented, routeOptions }: FastifyRequest): { readonly auth?: 'none'; readonly requires?: string } {
  return unimplemented ?? routeOptions.config ?? {};
}

/** Whether a request is about an operation, be it emulated or not. */
export function isRouted({ is404, unimplemented }: FastifyRequest): boolean {
  return !is404 || unimplemented !== undefined;
}

/** Answers what is about no operation, by throwing. */
export async function refuseUnrouted(provider: Provider, request: FastifyRequest, table: RouteTable): Promise<never> {
  const { methodsAt } = table;
  const allowed = methodsAt(pathOf(request));
  if (provider.refuseUnrouted) {
    return provider.refuseUnrouted(request, { allowed, methodsAt, authenticate: () => authenticate(provider, request) });
  }
  return allowed.length > 0 ? fail('method_not_allowed', { allowed }) : fail('route_not_found', null);
}

/** The internal path of a request, without its query. */
export function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '').split('?', 1)[0] ?? '';
}
