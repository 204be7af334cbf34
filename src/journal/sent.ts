import type { FastifyRequest } from 'fastify';
import type { ErrorCode } from '../core/errors.ts';
import { type Beginning, beginningOf, isShort } from './texts.ts';

/** A body as it came, as far as it can be shown: a text, its beginning, or a small object. */
export type SentBody = string | Beginning | object | null;

/** What of it takes memory. */
interface Kept extends Pick<Sent, 'originalUrl' | 'body' | 'answerBody'> {
  readonly request: KeptHeaders;
  readonly answer: KeptAnswerHeaders;
}

/** What went over the wire, as it came. Contains secrets: only a redactor may show it. */
export interface Sent {
  readonly headers: FastifyRequest['headers'];
  readonly originalUrl: string;
  readonly body: SentBody;
  /** What was read as the credential. */
  readonly secret: string | undefined;
  /** Whether the credential belongs to a key. */
  readonly hasKey: boolean;
  readonly code: ErrorCode | null;
  readonly method: string;
  readonly mark: string | null;
  /** Whether the answer says that there is no such operation. */
  readonly isMissed: boolean;
  readonly answerHeaders: Readonly<Record<string, unknown>>;
  readonly answerBody: SentBody;
}

/** Replaces what was sent once the texts are made of it, or are to be. */
export const nothingSent: Sent = {
  headers: {},
  originalUrl: '',
  body: null,
  secret: undefined,
  hasKey: false,
  code: null,
  method: '',
  mark: null,
  isMissed: false,
  answerHeaders: {},
  answerBody: null,
};

/** In bytes. Larger bodies are kept as text, which can be cut. */
const largestObject = 4096;
/** A small object takes up to this many times the bytes of its JSON. */
const objectFactor = 10;
/** What an entry takes beside its texts. */
const entryBytes = 512;

/** The headers of a request, and about how many bytes they take. */
export interface KeptHeaders {
  readonly headers: Sent['headers'];
  readonly weight: number;
}

/** The same of an answer. */
export interface KeptAnswerHeaders {
  readonly headers: Sent['answerHeaders'];
  readonly weight: number;
}

/** Takes the place of headers once the texts are made. */
export const noHeaders: KeptHeaders = { headers: {}, weight: 0 };

/**
 * The headers of requests as entries keep them. A client sends the same ones again and again: requests whose headers are those of
 * the one before share one object, so that the journal holds fewer. Only the last ones are remembered, until others come; they
 * contain secrets, as `Sent` does.
 */
export class SharedHeaders {
  #raw: readonly string[] = [];
  #kept = noHeaders;

  of({ raw: { rawHeaders }, headers }: FastifyRequest): KeptHeaders {
    if (areSame(rawHeaders, this.#raw)) return this.#kept;
    this.#raw = rawHeaders;
    this.#kept = { headers, weight: headerWeight(headers) };
    return this.#kept;
  }
}

/** The headers of answers, which repeat themselves too: they may not be changed any more. */
export class SharedAnswerHeaders {
  #kept: KeptAnswerHeaders = noHeaders;

  of(headers: Sent['answerHeaders']): KeptAnswerHeaders {
    if (!areEqual(headers, this.#kept.headers)) this.#kept = { headers, weight: headerWeight(headers) };
    return this.#kept;
  }
}

function areEqual(some: Sent['answerHeaders'], others: Sent['answerHeaders']): boolean {
  let count = 0;
  for (const name in some) {
    if (some[name] !== others[name]) return false;
    count++;
  }
  for (const _ in others) count--;
  return count === 0;
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let index = 0; index < some.length; index++) if (some[index] !== others[index]) return false;
  return true;
}

/** What is kept of the body of a request. */
export function keptRequestBody(request: FastifyRequest): SentBody {
  const { headers } = request;
  const isPlain = headers['content-encoding'] === undefined;
  return keptBody(sentBody(request), isPlain ? Number(headers['content-length']) : Number.NaN);
}

/** What is kept of the body of an answer. */
export function keptAnswerBody(payload: unknown): SentBody {
  return keptBody(payload, Number.NaN);
}

/** About how many bytes are kept. */
export function weightOf({ request, answer, originalUrl, body, answerBody }: Kept): number {
  const bodies = bodyWeight(body, request.headers) + bodyWeight(answerBody, {});
  // Twice, because the path is kept as it came and as it was mounted.
  return entryBytes + originalUrl.length * 2 + request.weight + answer.weight + bodies;
}

/** The text of a body, or its beginning; null without a body. */
export function textOf(body: SentBody): Beginning | null {
  if (typeof body === 'string') return { text: body, isWhole: true };
  if (body === null || isBeginning(body)) return body;
  return beginningOf(jsonOf(body));
}

/** What a client sent: a hook may have put an empty object in the place of no body. */
function sentBody({ body, headers }: FastifyRequest): unknown {
  const isAnnounced = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const isEmpty = typeof body === 'object' && body !== null && Object.keys(body).length === 0;
  return isEmpty && !isAnnounced ? null : body;
}

/** `announced` is the length in bytes; NaN if it is not known. */
function keptBody(body: unknown, announced: number): SentBody {
  if (body === undefined || body === null || body === '') return null;
  if (typeof body === 'string') return keptText(body);
  if (Buffer.isBuffer(body)) return `${body.length} bytes`;
  // A stream is still arriving: reading it here would take it from its receiver.
  if (typeof body !== 'object' || 'pipe' in body) return null;
  return announced <= largestObject ? body : keptText(jsonOf(body));
}

function keptText(text: string): SentBody {
  return isShort(text) ? text : beginningOf(text);
}

/** A body as JSON. One that is nested too deeply for the encoder is not shown. */
function jsonOf(body: object): string {
  try {
    return JSON.stringify(body);
  } catch (error) {
    if (error instanceof RangeError) return '"(nested too deeply to show)"';
    throw error;
  }
}

function isBeginning(body: Beginning | object): body is Beginning {
  return 'isWhole' in body && 'text' in body;
}

function bodyWeight(body: SentBody, headers: FastifyRequest['headers']): number {
  if (body === null) return 0;
  if (typeof body === 'string') return textWeight(body);
  if (isBeginning(body)) return textWeight(body.text);
  return Math.min(Number(headers['content-length'] ?? largestObject), largestObject) * objectFactor;
}

/** Characters beyond Latin-1 make a whole text take two bytes for each of them. */
function textWeight(text: string): number {
  return Buffer.byteLength(text) === text.length ? text.length : text.length * 2;
}

function headerWeight(headers: Readonly<Record<string, unknown>>): number {
  let weight = 0;
  for (const name in headers) weight += name.length + String(headers[name]).length;
  return weight;
}
