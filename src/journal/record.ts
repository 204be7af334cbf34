import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mounting } from '../http/mounts.ts';
import { operationIdOf } from '../provider/operations.ts';
import type { Provider, SecretFacts } from '../provider/provider.ts';
import type { NewEntry } from './entry.ts';
import { LazyTexts, type SecretLookup, type TextMaking } from './lazy-texts.ts';
import { redactorOf } from './redact.ts';
import { sentOf, weightOf } from './sent.ts';

/** A request that is about to be answered. */
export interface Answered {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What will be sent. Only texts, bytes and plain objects are recorded. */
  readonly payload: unknown;
  /** 0 if the connection is broken instead. */
  readonly status: number;
  readonly mounting: Mounting;
  /** Ids of the faults that hit. */
  readonly faults: readonly string[];
  /** Whether one of them decided the answer. */
  readonly isInjected: boolean;
  /** Knows the secrets of the request's world. */
  readonly secrets: SecretLookup;
}

/** Makes the journal entries of a provider's requests. `secrets` are the facts of all providers. */
export function entryMaker(provider: Provider, secrets: readonly SecretFacts[]): (answered: Answered) => NewEntry {
  const making: TextMaking = { provider, redactor: redactorOf(provider.secrets, secrets) };
  return (answered) => entryOf(answered, making);
}

/** One flat object, since thousands of entries live as long as the journal keeps them. */
function entryOf(answered: Answered, making: TextMaking): NewEntry {
  const { request, reply, payload, status, mounting, faults, isInjected, secrets } = answered;
  const { trace } = request;
  const { auth, requires = trace.missing } = request.unimplemented ?? request.routeOptions.config ?? {};
  const sent = sentOf(request, reply, payload);
  return {
    id: 0,
    at: request.now,
    provider: making.provider.name,
    operation: operationIdOf(request),
    method: request.method,
    status,
    key: trace.key ?? null,
    code: trace.code,
    faults,
    durationMs: reply.elapsedTime,
    required: requires,
    isOpen: auth === 'none',
    isInjected,
    isAuthenticated: trace.isAuthenticated,
    isPermitted: trace.isPermitted ?? null,
    weight: weightOf(sent),
    texts: new LazyTexts(sent, mounting, secrets, making),
  };
}
