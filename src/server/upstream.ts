import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeKey } from '../http/describe-key.ts';
import { headersOfConnection } from '../http/transport.ts';
import type { Forward } from '../http/unimplemented.ts';

/**
 * Hands requests on to the user's own mock, below its base URL, as they came: what is not emulated is for it to answer. It is
 * told whose key it was. Its answers pass unchanged, and nothing is tried twice; where it cannot be reached the answer is 502.
 */
export function forwardTo(base: string, provider: string): Forward {
  const { protocol, hostname, port, pathname, username, password } = new URL(base);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const root = pathname.replace(/\/$/, '');
  const auth = username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
  return (request, reply) => {
    const upstream = send({
      ...{ protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port, ...auth },
      // A connection of its own: one that is kept may be closed at the very moment at which it is used again.
      agent: false,
      method: request.method,
      path: root + request.url.slice(provider.length + 1),
      headers: { ...headersOf(request.raw, ['host', ...claimsOf(request.raw)]), ...identityOf(request) },
    });
    upstream.on('response', (answer) => {
      if (isStatus(answer.statusCode)) passOn(answer, reply);
      else upstream.destroy(new Error(`the status ${answer.statusCode} is none`));
    });
    upstream.on('error', (error) => answerUnreached(request, reply, provider, error));
    reply.raw.on('close', () => upstream.destroy());
    // Unread so far: the body goes on as it comes.
    request.raw.pipe(upstream);
  };
}

function passOn(answer: IncomingMessage, reply: FastifyReply): void {
  // What the provider has put on all its answers is not on this one.
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  reply
    .code(answer.statusCode ?? 200)
    .headers(headersOf(answer, ['transfer-encoding']))
    .send(answer);
}

function isStatus(status = 0): boolean {
  return status >= 200 && status <= 599;
}

function answerUnreached(request: FastifyRequest, reply: FastifyReply, provider: string, error: Error): void {
  request.raw.unpipe().resume();
  // It has begun to answer, or nobody waits for one any more.
  if (reply.sent || reply.raw.headersSent || reply.raw.destroyed) return;
  request.log.warn({ provider, err: error }, 'the upstream cannot be reached');
  reply.code(502).send({
    error: { code: 'upstream_unreachable', message: `The upstream of ${provider} cannot be reached.`, details: null },
  });
}

/** The headers of a message, each as often as it came, without those of its connection and some more. */
function headersOf({ headersDistinct, headers: { connection = '' } }: IncomingMessage, more: readonly string[]) {
  const left = new Set([...headersOfConnection, ...more, ...connection.toLowerCase().split(/\s*,\s*/)]);
  const headers: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(headersDistinct)) if (!left.has(name) && values) headers[name] = values;
  return headers;
}

/** What a client says of itself in the headers that are ours to say, whether a key is needed or not. */
function claimsOf({ headers }: IncomingMessage): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('x-latchkey-'));
}

/** Whose request it is, for a mock that wants to know. Absent on paths that need no key. */
function identityOf({ apiKey }: FastifyRequest): Readonly<Record<string, string>> {
  return apiKey === undefined ? {} : describeKey(apiKey);
}
