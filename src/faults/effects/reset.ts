import { Type } from 'typebox';
import { transportOf } from '../../http/transport.ts';
import type { Hit } from '../hit.ts';

export const properties = {
  reset: Type.Optional(Type.Literal(true, { description: 'Resets the connection instead of answering' })),
};

/** An answer that nobody will get: Fastify is told that somebody else has taken care of it. */
export function onRequest({ reset }: { readonly reset?: true }, { request, reply }: Hit): void {
  if (reset === undefined) return;
  reply.hijack();
  transportOf(request.raw).socket.resetAndDestroy();
}
