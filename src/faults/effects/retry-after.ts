import { Type } from 'typebox';
import { defineEffect } from '../effect.ts';

export const retryAfter = defineEffect({
  name: 'retryAfter',
  properties: {
    retryAfter: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Seconds, as `Retry-After`; goes with `status` or `code`' }),
    ),
  },

  problemOf: (asked) => ('status' in asked || 'code' in asked ? undefined : 'retryAfter goes with status or code'),

  onRequest({ retryAfter }, { reply }) {
    reply.header('retry-after', String(retryAfter));
  },
});
