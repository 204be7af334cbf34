import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import type { Provider, ProviderScope } from '../provider/provider.ts';

/** What a request requires of the key that it presents. */
export interface Demand {
  /** As on a route: what the provider's `authorise` demands. */
  readonly requires?: string | undefined;
}

/** Authenticates requests before their bodies are read, as the real servers do. Those without a demand need no key. */
export function addAuthentication(
  scope: ProviderScope,
  provider: Provider,
  demandOf: (request: FastifyRequest) => Demand | undefined,
): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    const demand = demandOf(request);
    if (demand === undefined) return done();
    authenticate(provider, request, demand.requires).then(() => done(), done);
  });
}

/**
 * Checks the credential of a request, and what `requires` demands of its key. Every request that gets in comes through here.
 * Throws the refusal.
 */
export async function authenticate(provider: Provider, request: FastifyRequest, requires?: string): Promise<ApiKey> {
  const { trace, keys, now } = request;
  try {
    trace.secret = provider.readCredential(request);
    request.apiKey = await keys.authenticate(trace.secret, now);
    trace.key = request.apiKey;
    trace.isAuthenticated = true;
    if (provider.authorise === undefined) return request.apiKey;
    trace.isPermitted = false;
    await provider.authorise(request, requires);
    trace.isPermitted = true;
    return request.apiKey;
  } catch (error) {
    await explainRefusal(request, error);
    throw error;
  }
}

/** Notes which error refused a request, since the provider may replace it by one of its own, and which key was refused. */
async function explainRefusal({ trace, keys, now }: FastifyRequest, error: unknown): Promise<void> {
  if (error instanceof EmulatorError) trace.note(error);
  if (trace.secret !== undefined) trace.key ??= (await keys.introspect(trace.secret, now)).key;
}
