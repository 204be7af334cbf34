import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { LatchkeyError } from './error.ts';

/** An answer that was read to its end. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

/** Reads an answer of the control plane as JSON. Throws LatchkeyError if it lacks one of these fields: then another server sent it. */
export function contentOf<T extends object>(answer: Answer, fields: readonly (keyof T & string)[]): T {
  const content = jsonOf(answer);
  if (isAnswer<T>(content, fields)) return content;
  throw notLatchkey(answer);
}

/** What the control plane said when it refused a call; if another server answered, an error that says so. */
export function refusalOf(answer: Answer): LatchkeyError {
  const { code, message, details }: Readonly<Record<string, unknown>> = Object(Object(jsonOf(answer)).error);
  if (typeof code !== 'string' || typeof message !== 'string') return notLatchkey(answer);
  return new LatchkeyError(answer.status, code, message, details);
}

/** Says that whatever answered is not a latchkey. */
export function notLatchkey({ url, status, headers, body }: Answer): LatchkeyError {
  const { location } = headers;
  const where = location === undefined ? '' : `; it leads to ${location}`;
  return new LatchkeyError(
    status,
    'not_latchkey',
    `the server at ${url} is not a latchkey (status ${status}${where})`,
    textOf(body),
  );
}

/** Whether an answer was a success. */
export function isSuccess({ status }: Pick<Answer, 'status'>): boolean {
  return status >= 200 && status < 300;
}

function isAnswer<T extends object>(content: unknown, fields: readonly (keyof T & string)[]): content is T {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return false;
  return fields.every((field) => Object.hasOwn(content, field));
}

function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
