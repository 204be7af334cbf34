import { isSendable } from './admin-token.ts';
import { LatchkeyError } from './error.ts';

/** Calls the control plane of one world. Every method throws LatchkeyError if the call is refused or cannot be made. */
export interface Transport {
  /** The base URL of the world. */
  readonly url: string;
  /** Sends a body as JSON, and returns the content of the answer. */
  call<T>(method: string, path: string, body?: object): Promise<T>;
  /** Sends and returns bytes. */
  bytes(method: string, path: string, body?: Uint8Array): Promise<Uint8Array>;
  /** Returns the answer piece by piece, until the signal aborts it. */
  stream(method: string, path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** The transport of another world of the same latchkey. */
  of(world: string): Transport;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string | Uint8Array | null;
  readonly signal?: AbortSignal;
}

/** Calls over HTTP, whether the latchkey runs in this process or elsewhere. Throws LatchkeyError for a token that no header can carry. */
export function httpTransport(root: string, adminToken: string | undefined, world?: string): Transport {
  const url = world === undefined ? root : `${root}/~${world}`;
  if (adminToken !== undefined && !isSendable(adminToken))
    throw new LatchkeyError(0, 'admin_token_invalid', 'the admin token cannot be sent in a header', null);
  // A world that this makes says so.
  const headers = { 'x-latchkey-client': 'library', ...(adminToken !== undefined && { authorization: `Bearer ${adminToken}` }) };
  return {
    url,
    async call<T>(method: string, path: string, body?: object): Promise<T> {
      const answer = await send(url, headers, { method, path, body: body === undefined ? null : JSON.stringify(body) });
      const text = await answer.text();
      try {
        const content: T = JSON.parse(text);
        return content;
      } catch {
        throw notLatchkey(answer, text);
      }
    },
    async bytes(method, path, body) {
      const answer = await send(url, headers, { method, path, body: body ?? null });
      return new Uint8Array(await answer.arrayBuffer());
    },
    async stream(method, path, signal) {
      const { body } = await send(url, headers, { method, path, body: null, signal });
      return body ?? new ReadableStream({ start: (nothing) => nothing.close() });
    },
    of: (name) => httpTransport(root, adminToken, name),
  };
}

async function send(url: string, headers: Record<string, string>, { method, path, body, signal }: Call): Promise<Response> {
  const sent = typeof body === 'string' || body === null ? body : new Blob([new Uint8Array(body)]);
  const options = { method, headers, ...(signal && { signal }), body: sent };
  const answer = await fetch(`${url}/_latchkey${path}`, options).catch((error: unknown) => {
    throw signal?.aborted ? error : unreached(url, error);
  });
  if (answer.ok) return answer;
  throw await refusalOf(answer);
}

async function refusalOf(answer: Response): Promise<LatchkeyError> {
  const text = await answer.text();
  try {
    const { error } = JSON.parse(text);
    if (typeof error.code !== 'string') return notLatchkey(answer, text);
    return new LatchkeyError(answer.status, error.code, error.message, error.details);
  } catch {
    return notLatchkey(answer, text);
  }
}

function notLatchkey({ status, url }: Response, text: string): LatchkeyError {
  return new LatchkeyError(status, 'not_latchkey', `the server at ${url} is not a latchkey (status ${status})`, text);
}

/** `fetch` only says that it failed; the reason is in its cause. */
function unreached(url: string, error: unknown): LatchkeyError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : String(cause);
  return new LatchkeyError(0, 'unreachable', `nothing answers at ${url}: ${reason}`, null, { cause: error });
}
