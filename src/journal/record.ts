import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashSecret } from '../core/secret.ts';
import { operationIdOf } from '../http/operations.ts';
import type { Emulation } from '../http/provider.ts';
import type { Mounting } from '../mounts.ts';
import type { Entry, ReadCredential } from './entry.ts';
import { type Redactor, redactorOf } from './redact.ts';

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

/** Makes journal entries of a provider's requests, without their secrets. */
export function entryMaker(provider: Emulation): (answered: Answered) => Omit<Entry, 'id'> {
  const redactor = redactorOf(provider.secrets);
  return ({ request, reply, payload, status, mounting, faults }) => {
    const { trace, routeOptions, headers } = request;
    const { secret, key = null } = trace;
    const isRefused = status >= 400;
    return {
      at: request.now,
      provider: provider.name,
      operation: operationIdOf(request),
      method: request.method,
      path: redactor.text(request.originalUrl, secret),
      status,
      key,
      credential: readCredential(request, redactor, secret),
      code: trace.code,
      faults,
      durationMs: reply.elapsedTime,
      mount: { by: mounting.by, target: redactor.text(mounting.target, secret) },
      required: request.unimplemented?.requires ?? routeOptions.config?.requires ?? null,
      isAuthenticated: trace.isAuthenticated,
      isPermitted: trace.isPermitted ?? null,
      candidates: isRefused && !trace.isAuthenticated ? candidatesOf(request, provider) : [],
      requestHeaders: shownHeaders(headers, redactor),
      requestBody: shownBody(request.body, redactor, secret),
      responseHeaders: shownHeaders(reply.getHeaders(), redactor),
      responseBody: shownBody(payload, redactor, secret),
    };
  };
}

function readCredential(
  { headers, trace }: FastifyRequest,
  redactor: Redactor,
  secret: string | undefined,
): ReadCredential | null {
  const from = credentialHeaders.find((name) => headers[name] !== undefined);
  if (from === undefined) return null;
  const [presented = ''] = [headers[from]].flat();
  const where = credentialHeaders.find((name) => secret !== undefined && String(headers[name] ?? '').includes(secret)) ?? from;
  const problem = secret === undefined ? (trace.code ?? 'not read') : null;
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
function candidatesOf({ headers }: FastifyRequest, { normalizeSecret }: Emulation): string[] {
  const words = credentialHeaders.flatMap((name) => String(headers[name] ?? '').split(/[\s;=]+/, mostWords));
  const spellings = words
    .filter((word) => word.length > 3)
    .flatMap((word) => [word, normalizeSecret?.(word) ?? word, word.split(':', 1)[0] ?? word]);
  return [...new Set(spellings)].map(hashSecret);
}
