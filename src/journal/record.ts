import type { FastifyReply, FastifyRequest } from 'fastify';
import { stopwatchMs } from '../clock.ts';
import type { Mounting } from '../http/mounts.ts';
import type { FindNearest } from '../http/nearest.ts';
import { operationIdOf } from '../provider/operations.ts';
import type { Provider, SecretFacts } from '../provider/provider.ts';
import { shownAddress } from './address.ts';
import type { NewEntry } from './entry.ts';
import { LazyTexts, type SecretLookup, type TextMaking } from './lazy-texts.ts';
import { redactorOf } from './redact.ts';
import { sentOf, weightOf } from './sent.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What its world said, when it arrived, that requests belong to. */
    mark: string | null;
  }
}

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

/** What entries are made with. */
export interface EntryMaking {
  /** The facts of all providers. */
  readonly secrets: readonly SecretFacts[];
  readonly findNearest: FindNearest;
  /** When latchkey was started, by the stopwatch. */
  readonly startedMs: number;
}

/** Makes the journal entries of a provider's requests, or with null those of requests that no provider owns. */
export function entryMaker(
  provider: Provider | null,
  { secrets, findNearest, startedMs }: EntryMaking,
): (answered: Answered) => NewEntry {
  const making: TextMaking = { provider, findNearest, redactor: redactorOf(provider?.secrets ?? ofAny(secrets), secrets) };
  return (answered) => entryOf(answered, making, startedMs);
}

/** What is known of a credential that is for no provider: it could be any provider's. */
function ofAny(secrets: readonly SecretFacts[]): SecretFacts {
  const fields = secrets.flatMap((facts) => facts.fields);
  return { pattern: /(?!)/g, fields, passwords: [], hint: (secret) => secret.slice(0, 6) };
}

/** One flat object, since thousands of entries live as long as the journal keeps them. */
function entryOf(answered: Answered, making: TextMaking, startedMs: number): NewEntry {
  const { request, reply, payload, status, mounting, faults, isInjected, secrets } = answered;
  const { trace } = request;
  const isOwned = making.provider !== null;
  const { auth, requires = trace.missing } = (isOwned && (request.unimplemented ?? request.routeOptions.config)) || {};
  const operation = isOwned ? operationIdOf(request) : null;
  const durationMs = reply.elapsedTime;
  const sent = sentOf(request, reply, payload, operation === null && (status === 404 || status === 405));
  return {
    id: 0,
    at: request.now,
    provider: making.provider?.name ?? null,
    operation,
    method: request.method,
    status,
    key: trace.key ?? null,
    code: trace.code,
    faults,
    durationMs,
    elapsedMs: stopwatchMs() - startedMs - durationMs,
    from: shownAddress(request.socket.remoteAddress),
    required: requires,
    isOpen: auth === 'none',
    isInjected,
    isAuthenticated: trace.isAuthenticated,
    isPermitted: trace.isPermitted ?? null,
    turnedAway: trace.isWorldless ? 'no world' : null,
    weight: weightOf(sent),
    texts: new LazyTexts(sent, mounting, secrets, making),
  };
}
