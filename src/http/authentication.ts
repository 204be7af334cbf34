import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../core/api-key.ts';
import { goOn, type MaybePromise } from '../core/at-once.ts';
import { EmulatorError } from '../core/errors.ts';
import type { Provider, ProviderScope } from '../provider/provider.ts';

/** What a request requires of the key that it presents. */
export interface Requirement {
  /** As on a route: what the provider's `authorise` demands. */
  readonly requires?: string | undefined;
}

/** Authenticates requests before their bodies are read, as the real servers do. Those without a requirement need no key. */
export function addAuthentication(
  scope: ProviderScope,
  provider: Provider,
  requirementOf: (request: FastifyRequest) => Requirement | undefined,
): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    const requirement = requirementOf(request);
    if (requirement === undefined) return done();
    goOn(authenticate(provider, request, requirement.requires), () => done(), done);
  });
}

/**
 * Checks the credential of a request, and what `requires` demands of its key. Every request that gets in comes through here.
 * Throws the refusal.
 */
export function authenticate(provider: Provider, request: FastifyRequest, requires?: string): MaybePromise<ApiKey> {
  const refuse = (error: unknown) => refused(provider, request, requires, error);
  try {
    return goOn(accept(provider, request, requires), (key) => key, refuse);
  } catch (error) {
    return refuse(error);
  }
}

/** The key of a request, accepted and permitted. Throws the refusal as it is, unexplained. */
export function accept(provider: Provider, request: FastifyRequest, requires: string | undefined): MaybePromise<ApiKey> {
  const { trace, keys, now } = request;
  trace.secret = provider.readCredential(request);
  return goOn(keys.authenticate(trace.secret, now), (key) => enter(provider, request, requires, key, true));
}

/** Lets a request go on with a key, if the key may do what `requires` demands. */
function enter(
  provider: Provider,
  request: FastifyRequest,
  requires: string | undefined,
  key: ApiKey,
  checksPresentation: boolean,
): MaybePromise<ApiKey> {
  const { trace } = request;
  request.apiKey = key;
  trace.key = key;
  trace.isAuthenticated = true;
  if (provider.authorise === undefined) return key;
  trace.isPermitted = false;
  if (checksPresentation) provider.checkPresentation?.(request);
  return goOn(provider.authorise(request, requires), () => {
    trace.isPermitted = true;
    return key;
  });
}

/** Throws the error that refused a request, unless the gate lets it go on with a key. */
function refused(
  provider: Provider,
  request: FastifyRequest,
  requires: string | undefined,
  error: unknown,
): MaybePromise<ApiKey> {
  const { gate } = request.server;
  if (gate.mutant === null || !(error instanceof EmulatorError)) return explainRefusal(request, error);
  return goOn(gate.admit(request, provider, error, requires), (key) =>
    key === undefined ? explainRefusal(request, error) : enter(provider, request, requires, key, false),
  );
}

/**
 * Throws the error that refused a request, once it has noted which one it was, since the provider may replace it by one of its own,
 * and which key was refused.
 */
function explainRefusal({ trace, keys }: FastifyRequest, error: unknown): MaybePromise<never> {
  if (error instanceof EmulatorError) trace.note(error);
  if (trace.secret === undefined || trace.key !== undefined) throw error;
  return goOn(keys.findBySecret(trace.secret), (key) => {
    trace.key = key;
    throw error;
  });
}
