import { randomUUID } from 'node:crypto';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Forward } from '../http/unimplemented.ts';
import type { Provider } from '../provider/provider.ts';
import { answerHeaders, upstreamHeaders } from './upstream-headers.ts';

export interface ForwardParts {
  readonly providers: readonly Provider[];
  /** Base URLs of the user's own mocks, by provider. */
  readonly upstreams: ReadonlyMap<string, string>;
  /** Whether the client's own credential goes on. */
  readonly passesCredentials: boolean;
}

/** How requests are forwarded to the user's own mocks. */
export interface Forwarding {
  readonly byProvider: ReadonlyMap<string, Forward>;
  /** Whether a request was forwarded by this latchkey, which is then its own upstream. */
  isOwn(request: FastifyRequest): boolean;
}

/** Makes the forwarding to all upstreams. */
export function forwarding({ providers, upstreams, passesCredentials }: ForwardParts): Forwarding {
  const id = `latchkey-${randomUUID()}`;
  const entries = providers.flatMap((provider) => {
    const base = upstreams.get(provider.name);
    return base === undefined ? [] : [[provider.name, forwardTo(base, provider, { id, passesCredentials })] as const];
  });
  return { byProvider: new Map(entries), isOwn: ({ headers }) => headers.via?.includes(id) === true };
}

/**
 * Forwards requests to the user's own mock, below its base URL, and tells it whose key each request presented. The mock's
 * answers are passed on unchanged. Nothing is tried twice; if the mock cannot be reached, the answer is 502.
 */
function forwardTo(
  base: string,
  provider: Provider,
  { id, passesCredentials }: { readonly id: string; readonly passesCredentials: boolean },
): Forward {
  const { protocol, hostname, port, pathname, username, password } = new URL(base);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const root = pathname.replace(/\/$/, '');
  const address = { protocol, hostname: hostname.replace(/^\[|\]$/g, ''), port };
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`;
  const headers = upstreamHeaders(provider, { passesCredentials, authorization, via: `1.1 ${id}` });
  return (request, reply) => {
    const path = request.target.url.slice(provider.name.length + 1);
    const twice = headers.ambiguous(request.raw);
    if (twice !== undefined)
      return refuse(reply, `The request has more than one ${twice} header: the upstream might read another.`);
    if (leadsOut(path)) return refuse(reply, 'The path leads out of the base URL of the upstream.');
    const { method } = request;
    // A connection for each request: a kept one may be closed at the very moment at which it is used again.
    const upstream = send({ ...address, agent: false, method, path: root + path, headers: headers.of(request) });
    const fail = (error: Error) => answerUnreached(request, reply, provider.name, error);
    upstream.on('response', (answer) => {
      if (isStatus(answer.statusCode)) passOn(answer, reply);
      else upstream.destroy(new Error(`${answer.statusCode} is not an HTTP status of an answer`));
    });
    // Without a listener, an upstream that changes the protocol would end the request without any event.
    upstream.on('upgrade', (answer, socket) => {
      socket.destroy();
      fail(new Error(`${answer.statusCode} changes the protocol`));
    });
    upstream.on('error', fail);
    reply.raw.on('close', () => upstream.destroy());
    // The body has not been read yet: it goes on as it comes.
    request.raw.pipe(upstream);
  };
}

/** Whether a path climbs, however a server reads it, above the place at which it starts. */
function leadsOut(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  let depth = 0;
  for (const segment of decodedFully(path).split(/[/\\]+/)) {
    // Some servers drop what follows a semicolon.
    const [name = ''] = segment.split(';', 1);
    if (name === '..') depth -= 1;
    else if (name !== '' && name !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** A path without percent-encodings of the characters that can lead out of a folder, as deep as servers decode. */
function decodedFully(path: string, layers = 4): string {
  const decoded = path.replace(/%(2e|2f|5c|25|3b)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return decoded === path || layers === 0 ? decoded : decodedFully(decoded, layers - 1);
}

function passOn(answer: IncomingMessage, reply: FastifyReply): void {
  // Removes the headers that the provider puts on all its answers: they are not the upstream's.
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  reply
    .code(answer.statusCode ?? 200)
    .headers(answerHeaders(answer))
    .send(answer);
}

function isStatus(status = 0): boolean {
  return status >= 200 && status <= 599;
}

function refuse(reply: FastifyReply, message: string): void {
  reply.code(400).send({ error: { code: 'upstream_refused', message, details: null } });
}

function answerUnreached(request: FastifyRequest, reply: FastifyReply, provider: string, error: Error): void {
  request.raw.unpipe().resume();
  // The answer has begun already.
  if (reply.sent || reply.raw.headersSent) return;
  if (reply.raw.destroyed) {
    // The journal says so, and the answer reaches nobody.
    request.trace.isAbandoned = true;
    return void reply.code(502).send();
  }
  request.log.warn({ provider, err: error }, 'the upstream cannot be reached');
  reply.code(502).send({
    error: { code: 'upstream_unreachable', message: `The upstream of ${provider} cannot be reached.`, details: null },
  });
}
