import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeKey } from '../http/describe-key.ts';
import { headersOfConnection } from '../http/transport.ts';
import type { Forward } from '../http/unimplemented.ts';

/**
 * Forwards requests unchanged to the user's own mock, below its base URL, and tells it whose key each request presented. The
 * mock's answers are passed on unchanged. Nothing is tried twice; if the mock cannot be reached, the answer is 502.
 */
export function forwardTo(base: string, provider: string): Forward {
  const { protocol, hostname, port, pathname, username, password } = new URL(base);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const root = pathname.replace(/\/$/, '');
  const address = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  const auth = username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
  return (request, reply) => {
    const upstream = send({
      ...address,
      ...auth,
      // A connection for each request: a kept one may be closed at the very moment at which it is used again.
      agent: false,
      method: request.method,
      path: root + request.target.url.slice(provider.length + 1),
      headers: { ...headersOf(request.raw, ['host', ...claimsOf(request.raw)]), ...identityOf(request) },
    });
    upstream.on('response', (answer) => {
      if (isStatus(answer.statusCode)) passOn(answer, reply);
      else upstream.destroy(new Error(`${answer.statusCode} is not an HTTP status of an answer`));
    });
    upstream.on('error', (error) => answerUnreached(request, reply, provider, error));
    reply.raw.on('close', () => upstream.destroy());
    // The body has not been read yet: it goes on as it comes.
    request.raw.pipe(upstream);
  };
}

function passOn(answer: IncomingMessage, reply: FastifyReply): void {
  // Removes the headers that the provider puts on all its answers: they are not the upstream's.
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
  // The answer has begun already, or the client has gone.
  if (reply.sent || reply.raw.headersSent || reply.raw.destroyed) return;
  request.log.warn({ provider, err: error }, 'the upstream cannot be reached');
  reply.code(502).send({
    error: { code: 'upstream_unreachable', message: `The upstream of ${provider} cannot be reached.`, details: null },
  });
}

/** The headers of a message, each as often as it came, without those of its connection and those named by `more`. */
function headersOf({ headersDistinct, headers: { connection = '' } }: IncomingMessage, more: readonly string[]) {
  const left = new Set([...headersOfConnection, ...more, ...connection.toLowerCase().split(/\s*,\s*/)]);
  const headers: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(headersDistinct)) if (!left.has(name) && values) headers[name] = values;
  return headers;
}

/** Headers by which a client claims to be the owner of a key: only latchkey may send those. */
function claimsOf({ headers }: IncomingMessage): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('x-latchkey-'));
}

/** Headers that say whose key the request presented; none on paths that need no key. */
function identityOf({ apiKey }: FastifyRequest): Readonly<Record<string, string>> {
  return apiKey === undefined ? {} : describeKey(apiKey);
}
