import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../core/errors.ts';
import { type Beginning, beginningOf } from './texts.ts';

/** A body as it came, as much of it as can be shown: a text, or an object that is small. */
export type SentBody = Beginning | object | null;

/** What went over the wire, as it came. Secrets are in it: it is shown through a redactor alone. */
export interface Sent {
  readonly headers: FastifyRequest['headers'];
  readonly originalUrl: string;
  readonly body: SentBody;
  readonly secret: string | undefined;
  readonly code: ErrorCode | null;
  readonly answerHeaders: Readonly<Record<string, unknown>>;
  readonly answerBody: SentBody;
}

/** Larger ones are kept as text, so that they can be cut. */
const largestObject = 16 * 1024;

/** Takes what must be kept of a request and of what will be sent. */
export function sentOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): Sent {
  const { headers, originalUrl, trace } = request;
  return {
    headers,
    originalUrl,
    body: keptBody(request.body, headers['content-encoding'] === undefined ? Number(headers['content-length']) : Number.NaN),
    secret: trace.secret,
    code: trace.code,
    answerHeaders: reply.getHeaders(),
    answerBody: keptBody(payload, Number.NaN),
  };
}

/** About how many characters are kept. */
export function weightOf({ headers, originalUrl, body, answerHeaders, answerBody }: Sent): number {
  // The path is kept twice: as it came, and as it was mounted.
  return originalUrl.length * 2 + [headers, answerHeaders].reduce(headerWeight, 0) + bodyWeight(body) + bodyWeight(answerBody);
}

/** A body as text, whole or its beginning; null where there is none. */
export function textOf(body: SentBody): Beginning | null {
  if (body === null || isBeginning(body)) return body;
  return beginningOf(JSON.stringify(body));
}

/** `announced` is its length in bytes, where that is known. */
function keptBody(body: unknown, announced: number): SentBody {
  if (body === undefined || body === null || body === '') return null;
  if (typeof body === 'string') return beginningOf(body);
  if (Buffer.isBuffer(body)) return beginningOf(`${body.length} bytes`);
  // What is read by somebody else, or is not there yet, cannot be shown.
  if (typeof body !== 'object' || 'pipe' in body) return null;
  return announced <= largestObject ? body : beginningOf(JSON.stringify(body));
}

function isBeginning(body: Beginning | object): body is Beginning {
  return 'isWhole' in body && 'text' in body;
}

function bodyWeight(body: SentBody): number {
  if (body === null) return 0;
  return isBeginning(body) ? body.text.length : largestObject;
}

function headerWeight(sum: number, headers: Readonly<Record<string, unknown>>): number {
  let weight = sum;
  for (const name in headers) weight += name.length + String(headers[name]).length;
  return weight;
}
