import { isSendable } from './admin-token.ts';
import { LatchkeyError } from './error.ts';

/** Calls the control plane of one world. */
export interface Transport {
  /** What comes before every path of the world. */
  readonly url: string;
  /** Calls, and gives what the answer holds. Throws LatchkeyError where it is refused, or nobody answers. */
  call<T>(method: string, path: string, body?: object): Promise<T>;
  /** The same for bytes. */
  bytes(method: string, path: string, body?: Uint8Array): Promise<Uint8Array>;
  /** The same for what comes piece by piece, until the signal says that it is enough. */
  stream(method: string, path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** The same for another world. */
  of(world: string): Transport;
}

/** Calls over HTTP, whether the latchkey runs in this process or elsewhere. */
export function httpTransport(root: string, adminToken: string | undefined, world?: string): Transport {
  const url = world === undefined ? root : `${root}/~${world}`;
  if (adminToken !== undefined && !isSendable(adminToken))
    throw new LatchkeyError(0, 'admin_token_invalid', 'the admin token cannot be sent in a header', null);
  const send = async (
    method: string,
    path: string,
    body: string | Uint8Array | null,
    signal?: AbortSignal,
  ): Promise<Response> => {
    const headers = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` };
    const sent = typeof body === 'string' || body === null ? body : new Blob([new Uint8Array(body)]);
    const answer = await fetch(`${url}/_latchkey${path}`, { method, headers, ...(signal && { signal }), body: sent }).catch(
      (error: unknown) => {
        throw signal?.aborted ? error : unreached(url, error);
      },
    );
    if (answer.ok) return answer;
    throw await refusalOf(answer);
  };
  return {
    url,
    async call<T>(method: string, path: string, body?: object): Promise<T> {
      const answer = await send(method, path, body === undefined ? null : JSON.stringify(body));
      const text = await answer.text();
      try {
        const content: T = JSON.parse(text);
        return content;
      } catch {
        throw noLatchkey(answer, text);
      }
    },
    async bytes(method, path, body) {
      const answer = await send(method, path, body ?? null);
      return new Uint8Array(await answer.arrayBuffer());
    },
    async stream(method, path, signal) {
      const { body } = await send(method, path, null, signal);
      return body ?? new ReadableStream({ start: (nothing) => nothing.close() });
    },
    of: (name) => httpTransport(root, adminToken, name),
  };
}

async function refusalOf(answer: Response): Promise<LatchkeyError> {
  const text = await answer.text();
  try {
    const { error } = JSON.parse(text);
    if (typeof error.code !== 'string') return noLatchkey(answer, text);
    return new LatchkeyError(answer.status, error.code, error.message, error.details);
  } catch {
    return noLatchkey(answer, text);
  }
}

function noLatchkey({ status, url }: Response, text: string): LatchkeyError {
  return new LatchkeyError(status, 'not_latchkey', `what answers at ${url} is no latchkey (status ${status})`, text);
}

/** Of what went wrong `fetch` says no more than that; why is in its cause. */
function unreached(url: string, error: unknown): LatchkeyError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : String(cause);
  return new LatchkeyError(0, 'unreachable', `nothing answers at ${url}: ${reason}`, null, { cause: error });
}
