import type { FastifyContextConfig, FastifyReply, FastifyRequest } from 'fastify';
import { type Instant, stopwatchMs } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Decision } from '../http/decision.ts';
import type { Mounting } from '../http/mounts.ts';
import { operationIdOf } from '../provider/operations.ts';
import { shownAddress } from './address.ts';
import type { EntryTexts, NewEntry, TurnedAway } from './entry.ts';
import { LazyTexts, type SecretLookup, type TextMaking } from './lazy-texts.ts';
import { type KeptHeaders, keptAnswerBody, keptRequestBody, noHeaders, type Sent, type SentBody, weightOf } from './sent.ts';

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

/**
 * One request and its answer, in one flat object, since thousands of them live as long as the journal keeps them. It keeps what
 * was sent, secrets included, in private fields until somebody looks: then its texts are made of that.
 */
export class RecordedEntry implements NewEntry {
  id = 0;
  readonly at: Instant;
  readonly provider: string | null;
  readonly operation: string | null;
  readonly method: string;
  readonly status: number;
  readonly key: ApiKey | null;
  readonly code: ErrorCode | null;
  readonly faults: readonly string[];
  readonly durationMs: number;
  readonly elapsedMs: number;
  readonly from: string | null;
  readonly required: string | null;
  readonly isOpen: boolean;
  readonly decision: Decision | null;
  readonly isInjected: boolean;
  readonly isAuthenticated: boolean;
  readonly isPermitted: boolean | null;
  readonly turnedAway: TurnedAway | null;
  readonly weight: number;
  readonly #making: TextMaking;
  readonly #mounting: Mounting;
  readonly #secrets: SecretLookup;
  readonly #mark: string | null;
  #headers: KeptHeaders;
  #originalUrl: string;
  #body: SentBody;
  #secret: string | undefined;
  #answerHeaders: Sent['answerHeaders'];
  #answerBody: SentBody;
  #texts: LazyTexts | undefined = undefined;

  constructor(answered: Answered, making: TextMaking, startedMs: number) {
    const { request, reply, payload, status, mounting, faults, isInjected, secrets } = answered;
    const { trace } = request;
    const kept = making.headers.of(request);
    const body = keptRequestBody(request);
    const answer = making.answerHeaders.of(reply.getHeaders());
    const answerBody = keptAnswerBody(payload);
    const { auth, requires = trace.missing } = demandsOf(request, making);
    this.at = request.now;
    this.provider = making.provider?.name ?? null;
    this.operation = making.provider === null ? null : operationIdOf(request);
    this.method = request.method;
    this.status = status;
    this.key = trace.key ?? null;
    this.code = trace.code;
    this.faults = faults;
    this.durationMs = stopwatchMs() - request.startedMs;
    this.elapsedMs = request.startedMs - startedMs;
    this.from = shownAddress(request.socket.remoteAddress);
    this.required = requires;
    this.isOpen = auth === 'none';
    this.decision = trace.decision ?? null;
    this.isInjected = isInjected;
    this.isAuthenticated = trace.isAuthenticated;
    this.isPermitted = trace.isPermitted ?? null;
    this.turnedAway = trace.isWorldless ? 'no world' : null;
    this.#making = making;
    this.#mounting = mounting;
    this.#secrets = secrets;
    this.#mark = request.mark;
    this.#headers = kept;
    this.#originalUrl = request.originalUrl;
    this.#body = body;
    this.#secret = trace.secret;
    this.#answerHeaders = answer.headers;
    this.#answerBody = answerBody;
    this.weight = weightOf({ request: kept, answer, originalUrl: request.originalUrl, body, answerBody });
  }

  get texts(): EntryTexts {
    if (this.#texts === undefined) {
      this.#texts = new LazyTexts(this.#sent(), this.#mounting, this.#secrets, this.#making);
      this.#release();
    }
    return this.#texts;
  }

  #sent(): Sent {
    const { operation, status, key, code, method, isAuthenticated } = this;
    return {
      headers: this.#headers.headers,
      originalUrl: this.#originalUrl,
      body: this.#body,
      secret: this.#secret,
      hasKey: isAuthenticated || key !== null,
      code,
      method,
      mark: this.#mark,
      isMissed: operation === null && (status === 404 || status === 405),
      answerHeaders: this.#answerHeaders,
      answerBody: this.#answerBody,
    };
  }

  /** The texts keep what was sent from now on, as long as they need it. */
  #release(): void {
    this.#headers = noHeaders;
    this.#originalUrl = '';
    this.#body = null;
    this.#secret = undefined;
    this.#answerHeaders = noHeaders.headers;
    this.#answerBody = null;
  }
}

/** What the operation of a request demands; nothing if no provider owns the path. */
function demandsOf(
  { unimplemented, routeOptions }: FastifyRequest,
  { provider }: TextMaking,
): Pick<FastifyContextConfig, 'auth' | 'requires'> {
  return (provider !== null && (unimplemented ?? routeOptions.config)) || {};
}
