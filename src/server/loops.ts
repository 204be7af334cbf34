import type { FastifyInstance } from 'fastify';
import type { Forwarding } from './upstream.ts';

const body = {
  error: { code: 'upstream_loop', message: 'latchkey is its own upstream: give --upstream the URL of your mock.', details: null },
};

/** Refuses every request that this latchkey forwarded, wherever in it the request leads: 508. */
export function refuseLoops(app: FastifyInstance, { isOwn }: Pick<Forwarding, 'isOwn'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isOwn(request)) return done();
    reply.hijack();
    reply.raw.writeHead(508, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  });
}
