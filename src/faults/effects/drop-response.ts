import { Type } from 'typebox';
import { transportOf } from '../../http/transport.ts';
import { defineEffect } from '../effect.ts';

export const dropResponse = defineEffect({
  name: 'dropResponse',
  properties: {
    dropResponse: Type.Optional(
      Type.Literal(true, { description: 'Does what was asked for, and breaks the connection instead of answering' }),
    ),
  },
  answer: 'withheld',

  onSend(_asked, payload, { request }) {
    transportOf(request.raw).socket.destroy();
    return payload;
  },
});
