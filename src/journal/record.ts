import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import { hashSecret } from '../core/secret.ts';
import { operationIdOf } from '../http/operations.ts';
import type { Emulation } from '../http/provider.ts';
import type { Mounting } from '../mounts.ts';
import type { EntryTexts, NewEntry, ReadCredential } from './entry.ts';
import { keptCharacters, type Redactor, redactorOf } from './redact.ts';

/** A request that is about to be answered. */
export interface Answered {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What will be sent, as far as it is a text. */
  readonly payload: unknown;
  /** 0 where the connection is broken instead. */
  readonly status: number;
  readonly mounting: Mounting;
  /** Ids of the faults that hit. */
  readonly faults: readonly string[];
}

/** Headers in which a credential may travel. */
const credentialHeaders = ['authorization', 'x-api-key', 'cookie'] as const;
const isCredentialHeader: ReadonlySet<string> = new Set(credentialHeaders);
/** More words of a header than this are no credential. */
const mostWords = 8;

/** Makes journal entries of a provider's requests. */
export function entryMaker(provider: Emulation): (answered: Answered) => NewEntry {
  const redactor = redactorOf(provider.secrets);
  return (answered) => new RecordedEntry(answered, provider, redactor);
}

/**
 * An entry whose texts are made when somebody first looks at them, which hardly ever happens: taking the secrets out of all
 * of them would cost more than answering. Until then what was sent is kept as it came, where nothing but this can see it.
 */
class RecordedEntry implements NewEntry {
  readonly at: Instant;
  readonly provider: string;
  readonly operation: string | null;
  readonly method: string;
  readonly status: number;
  readonly key: ApiKey | null;
  readonly code: ErrorCode | null;
  readonly faults: readonly string[];
  readonly durationMs: number;
  readonly required: string | null;
  readonly isAuthenticated: boolean;
  readonly isPermitted: boolean | null;
  readonly weight: number;
  id = 0;
  #texts: EntryTexts | (() => EntryTexts);

  constructor({ request, reply, payload, status, mounting, faults }: Answered, provider: Emulation, redactor: Redactor) {
    const { trace, headers, originalUrl } = request;
    this.at = request.now;
    this.provider = provider.name;
    this.operation = operationIdOf(request);
    this.method = request.method;
    this.status = status;
    this.key = trace.key ?? null;
    this.code = trace.code;
    this.faults = faults;
    this.durationMs = reply.elapsedTime;
    this.required = request.unimplemented?.requires ?? request.routeOptions.config?.requires ?? null;
    this.isAuthenticated = trace.isAuthenticated;
    this.isPermitted = trace.isPermitted ?? null;
    const sent: Sent = {
      headers,
      originalUrl,
      body: request.body,
      secret: trace.secret,
      code: trace.code,
      answerHeaders: reply.getHeaders(),
      payload,
    };
    const make = () => textsOf(sent, mounting, status >= 400 && !trace.isAuthenticated, provider, redactor);
    this.weight = originalUrl.length + weightOf(payload) + (Number(headers['content-length']) || 0);
    // What is long is cut at once: a journal must not hold a body that it would not show.
    this.#texts = this.weight > keptCharacters ? make() : make;
  }

  get #made(): EntryTexts {
    if (typeof this.#texts === 'function') this.#texts = this.#texts();
    return this.#texts;
  }

  get path(): string {
    return this.#made.path;
  }

  get mount(): EntryTexts['mount'] {
    return this.#made.mount;
  }

  get credential(): EntryTexts['credential'] {
    return this.#made.credential;
  }

  get candidates(): EntryTexts['candidates'] {
    return this.#made.candidates;
  }

  get requestHeaders(): EntryTexts['requestHeaders'] {
    return this.#made.requestHeaders;
  }

  get requestBody(): EntryTexts['requestBody'] {
    return this.#made.requestBody;
  }

  get responseHeaders(): EntryTexts['responseHeaders'] {
    return this.#made.responseHeaders;
  }

  get responseBody(): EntryTexts['responseBody'] {
    return this.#made.responseBody;
  }
}

/** What went over the wire, as it came. */
interface Sent {
  readonly headers: FastifyRequest['headers'];
  readonly originalUrl: string;
  readonly body: unknown;
  readonly secret: string | undefined;
  readonly code: ErrorCode | null;
  readonly answerHeaders: Readonly<Record<string, unknown>>;
  readonly payload: unknown;
}

/** The same without its secrets. */
function textsOf(sent: Sent, mounting: Mounting, isRefused: boolean, provider: Emulation, redactor: Redactor): EntryTexts {
  const { headers, originalUrl, body, secret, answerHeaders, payload } = sent;
  return {
    path: redactor.text(originalUrl, secret),
    mount: { by: mounting.by, target: redactor.text(mounting.target, secret) },
    credential: readCredential(sent, redactor),
    candidates: isRefused ? candidatesOf(headers, provider) : [],
    requestHeaders: shownHeaders(headers, redactor),
    requestBody: shownBody(body, redactor, secret),
    responseHeaders: shownHeaders(answerHeaders, redactor),
    responseBody: shownBody(payload, redactor, secret),
  };
}

function weightOf(payload: unknown): number {
  return typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
}

function readCredential({ headers, secret, code }: Sent, redactor: Redactor): ReadCredential | null {
  const from = credentialHeaders.find((name) => headers[name] !== undefined);
  if (from === undefined) return null;
  const [presented = ''] = [headers[from]].flat();
  const where = credentialHeaders.find((name) => secret !== undefined && String(headers[name] ?? '').includes(secret)) ?? from;
  const problem = secret === undefined ? (code ?? 'not read') : null;
  const shown = secret ?? presented.split(' ').at(-1) ?? '';
  return { from: where === 'cookie' ? 'cookie' : `header ${where}`, hint: redactor.hint(shown), problem };
}

function shownHeaders(headers: Readonly<Record<string, unknown>>, redactor: Redactor): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name in headers) {
    const value = String(headers[name]);
    shown[name] = isCredentialHeader.has(name) || name === 'set-cookie' ? shownCredential(value, redactor) : value;
  }
  return shown;
}

/** A scheme stays, whatever else there is becomes its hint. */
function shownCredential(value: string, redactor: Redactor): string {
  const words = value.split(' ', mostWords);
  return words
    .map((word, index) => (index === 0 && words.length > 1 && /^[A-Za-z]{1,10}$/.test(word) ? word : redactor.hint(word)))
    .join(' ');
}

function shownBody(body: unknown, redactor: Redactor, secret: string | undefined): string | null {
  if (body === undefined || body === null || body === '') return null;
  if (typeof body === 'string') return redactor.text(body, secret);
  if (Buffer.isBuffer(body)) return `${body.length} bytes`;
  if (typeof body !== 'object' || 'pipe' in body) return null;
  return redactor.text(JSON.stringify(body), secret);
}

/** Hashes of every word that a refused request presents, as each provider would look it up: only they tell what it nearly was. */
function candidatesOf(headers: FastifyRequest['headers'], { normalizeSecret }: Emulation): string[] {
  const words = credentialHeaders.flatMap((name) => String(headers[name] ?? '').split(/[\s;=]+/, mostWords));
  const spellings = words
    .filter((word) => word.length > 3)
    .flatMap((word) => [word, normalizeSecret?.(word) ?? word, word.split(':', 1)[0] ?? word]);
  return [...new Set(spellings)].map(hashSecret);
}
