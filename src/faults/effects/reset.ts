import { Type } from 'typebox';
import { transportOf } from '../../http/transport.ts';
import { defineEffect } from '../effect.ts';

export const reset = defineEffect({
  name: 'reset',
  properties: {
    reset: Type.Optional(Type.Literal(true, { description: 'Resets the connection instead of answering' })),
  },
  answer: 'replaced',

  onRequest(_asked, { request, reply }) {
    // Fastify must not answer on a connection that is gone.
    reply.hijack();
    transportOf(request.raw).socket.resetAndDestroy();
  },
});
