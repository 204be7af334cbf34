import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { ProviderScope } from '../provider/provider.ts';

/** Accepts a body of any content type and drops it unread: for servers that never read one. */
export function discardBodies(scope: ProviderScope): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  overlookUnreadableTypes(scope);
}

/** Hands the handler the text of a body of any content type: for servers that decode it themselves. */
export function readBodiesAsText(scope: ProviderScope, limitBytes = 1 << 20): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: limitBytes }, (_request, body, done) => done(null, body));
  overlookUnreadableTypes(scope);
}

/** The same for servers that cut a body at the limit, instead of refusing it, decode the beginning, and close the connection. */
export function readBodiesCut(scope: ProviderScope, limitBytes = 1 << 20): void {
  scope.removeAllContentTypeParsers();
  const cut = new WeakSet<FastifyRequest>();
  scope.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage, done) => {
    const kept: Buffer[] = [];
    let length = 0;
    // The rest is read too, and dropped, so that the client can finish sending.
    payload.on('data', (chunk: Buffer) => {
      if (length < limitBytes) kept.push(chunk);
      length += chunk.length;
    });
    payload.on('end', () => {
      if (length > limitBytes) cut.add(request);
      done(null, Buffer.concat(kept).subarray(0, limitBytes).toString('utf8'));
    });
    payload.on('error', done);
  });
  scope.addHook('onSend', (request, reply, payload, done) => {
    // HTTP/2 has no such header.
    if (cut.has(request) && request.raw.httpVersionMajor === 1) reply.header('connection', 'close');
    done(null, payload);
  });
  overlookUnreadableTypes(scope);
}

/** Ignores a content type that Fastify cannot parse (`json`, `undefined`): Fastify would refuse the request; these servers do not. */
export function overlookUnreadableTypes(scope: ProviderScope): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request;
    if (headers['content-type'] !== undefined && request.mediaType === undefined) delete headers['content-type'];
    done();
  });
}
