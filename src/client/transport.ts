import { Buffer } from 'node:buffer';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isSendable } from './admin-token.ts';
import { type Answer, contentOf, isSuccess, notLatchkey, refusalOf } from './answer.ts';
import { LatchkeyError } from './error.ts';
import { unreached } from './unreached.ts';

// Tests replace `fetch`, the timers, the streams and other globals, and have their requests intercepted. So this room takes
// nothing from the globals that Node's modules have too, and keeps these functions as they are when it is loaded.
const { request: requestHttp } = http;
const { request: requestHttps } = https;

/** Calls the control plane of one world. Every method throws LatchkeyError if the call is refused or cannot be made. */
export interface Transport {
  /** The base URL of the world. */
  readonly url: string;
  /** Sends a body as JSON, and returns the content of the answer, which must have these fields. An answer with the status `also` is no refusal. */
  call<T extends object>(
    method: string,
    path: string,
    fields: readonly (keyof T & string)[],
    body?: object,
    also?: number,
  ): Promise<T>;
  /** Returns the bytes of an answer of this media type. */
  download(path: string, mediaType: string): Promise<Uint8Array>;
  /** Sends bytes, and returns the content of the answer, which must have these fields. */
  upload<T extends object>(path: string, fields: readonly (keyof T & string)[], body: Uint8Array): Promise<T>;
  /** Opens an answer of this media type that has no end. */
  stream(path: string, mediaType: string): OpenAnswer;
  /** The transport of another world of the same latchkey. */
  of(world: string): Transport;
}

/** An answer that is read while it comes. */
export interface OpenAnswer {
  /** Its text, piece by piece, once it has begun. */
  readonly text: Promise<AsyncIterable<string>>;
  /** Ends it, whether it has begun or not. */
  close(): void;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: string | Uint8Array | undefined;
  readonly also?: number | undefined;
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
    async call(method, path, fields, body, also) {
      const json = body === undefined ? undefined : JSON.stringify(body);
      return contentOf(await ask(url, headers, { method, path, body: json, also }), fields);
    },
    async download(path, mediaType) {
      const answer = await ask(url, headers, { method: 'GET', path });
      if (!isOf(mediaType, answer.headers)) throw notLatchkey(answer);
      return answer.body;
    },
    upload: async (path, fields, body) => contentOf(await ask(url, headers, { method: 'PUT', path, body }), fields),
    stream: (path, mediaType) => open(url, headers, { path, mediaType }),
    of: (name) => httpTransport(root, adminToken, name),
  };
}

/** Makes a call, and reads its answer to the end. */
async function ask(url: string, headers: Record<string, string>, call: Call): Promise<Answer> {
  try {
    const answer = await readAnswer(url, await responseTo(requestOf(url, headers, call)));
    if (isSuccess(answer) || answer.status === call.also) return answer;
    throw refusalOf(answer);
  } catch (error) {
    throw error instanceof LatchkeyError ? error : unreached(url, error);
  }
}

function open(
  url: string,
  headers: Record<string, string>,
  wanted: { readonly path: string; readonly mediaType: string },
): OpenAnswer {
  const sent: { request?: ClientRequest } = {};
  const begin = async () => {
    try {
      sent.request = requestOf(url, headers, { method: 'GET', path: wanted.path });
      const response = await responseTo(sent.request);
      const { statusCode: status = 0 } = response;
      if (isSuccess({ status }) && isOf(wanted.mediaType, response.headers)) return pieces(url, response.setEncoding('utf8'));
      // An answer of another server may have no end either.
      if (isSuccess({ status })) sent.request.destroy();
      const answer = await readAnswer(url, response);
      throw isSuccess({ status }) ? notLatchkey(answer) : refusalOf(answer);
    } catch (error) {
      throw error instanceof LatchkeyError ? error : unreached(url, error);
    }
  };
  return { text: begin(), close: () => sent.request?.destroy() };
}

async function* pieces(url: string, response: IncomingMessage): AsyncGenerator<string> {
  try {
    for await (const piece of response) yield String(piece);
  } catch (error) {
    throw unreached(url, error);
  }
}

/** Sends a call on a connection of its own, which no earlier call has used and no later one will. */
function requestOf(url: string, headers: Record<string, string>, { method, path, body }: Call): ClientRequest {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  const request = send(`${url}/_latchkey${path}`, { method, headers: { ...headers, ...type }, agent: false });
  request.end(body);
  return request;
}

function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => void request.once('response', resolve).on('error', reject));
}

async function readAnswer(url: string, response: IncomingMessage): Promise<Answer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response) pieces.push(piece);
  return { url, status: response.statusCode ?? 0, headers: response.headers, body: new Uint8Array(Buffer.concat(pieces)) };
}

function isOf(mediaType: string, headers: IncomingMessage['headers']): boolean {
  return headers['content-type']?.startsWith(mediaType) === true;
}
