import { token } from './token.ts';

/** The base URL of this world's control plane: every call is relative to it, whatever the path of a proxy in front. */
export const base: URL = new URL('.', location.href);

/** The base URL of this world, without a slash at its end. */
export const worldBase: string = new URL('..', base).href.replace(/\/$/, '');

/** A part of a call that the server refused. */
export interface Detail {
  /** A JSON pointer into what was sent. */
  readonly path: string;
  readonly problem: string;
}

/** What the server refused, in its words. `status` is 0 if it could not be reached. */
export class CallError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly Detail[];

  constructor(status: number, code: string, message: string, details: readonly Detail[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Makes a call, `clock/freeze` say, and returns the JSON that it answers. Throws CallError. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const json = { 'content-type': 'application/json' };
  const answer = await send(path, { method, ...(body !== undefined && { headers: json, body: JSON.stringify(body) }) });
  const text = await answer.text();
  return JSON.parse(text === '' ? 'null' : text);
}

/** Makes any call. Nothing that the page asks for makes a world (`X-Latchkey-Open: no`). Throws CallError unless it succeeds. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('x-latchkey-open', 'no');
  if (token.value !== null) headers.set('authorization', `Bearer ${token.value}`);
  const answer = await fetch(new URL(path, base), { ...init, headers, cache: 'no-store' }).catch((error: unknown) => {
    // Whoever gave it up knows why.
    if (init.signal?.aborted) throw error;
    throw new CallError(0, 'unreachable', 'latchkey cannot be reached.');
  });
  if (!answer.ok) throw await refusalOf(answer);
  return answer;
}

async function refusalOf(answer: Response): Promise<CallError> {
  const text = await answer.text().catch(() => '');
  const { code, message, details } = errorIn(text);
  const told = typeof message === 'string' ? message : `The answer was ${answer.status}: is this latchkey?`;
  return new CallError(answer.status, String(code ?? 'unknown'), told, Array.isArray(details) ? details.filter(isDetail) : []);
}

function errorIn(text: string): Partial<Record<'code' | 'message' | 'details', unknown>> {
  try {
    return Object(JSON.parse(text)?.error);
  } catch {
    return {};
  }
}

function isDetail(value: unknown): value is Detail {
  const { path, problem } = Object(value);
  return typeof path === 'string' && typeof problem === 'string';
}
