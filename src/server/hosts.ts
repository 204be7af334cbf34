import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ToldUnreadable } from './client-error.ts';

const text = '400 Bad Request';

/**
 * Refuses an HTTP/1.1 request that does not have exactly one `Host`, in plain text like bytes that are not a request: no
 * provider can be told from it for certain. Node would answer the one without a `Host` itself, and take the first of two.
 */
export function requireOneHost(app: FastifyInstance, tell: ToldUnreadable): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (raw.httpVersion !== '1.1' || hostsOf(raw) === 1) return done();
    tell(400, text, raw.socket.remoteAddress);
    reply.hijack();
    reply.raw.sendDate = false;
    const head = { 'content-type': 'text/plain; charset=utf-8', 'content-length': text.length, connection: 'close' };
    reply.raw.writeHead(400, head).end(text);
  });
}

/** How many lines of the head are a `Host`. */
function hostsOf({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  // Without a function for each header: every request comes by here.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts;
}
