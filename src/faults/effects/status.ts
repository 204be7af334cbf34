import { Type } from 'typebox';
import { replyOfStatus, statusesOf } from '../../http/errors.ts';
import { type Provider, WireError } from '../../provider/provider.ts';
import { defineEffect } from '../effect.ts';

export const status = defineEffect({
  name: 'status',
  properties: {
    status: Type.Optional(
      Type.Integer({
        description: "An error with this status, in the provider's own body. The provider must document the status",
      }),
    ),
  },
  answer: 'replaced',

  problemOf({ status }, provider) {
    if (isDocumented(status, provider)) return undefined;
    return `${provider.name} documents no status ${status}: it documents ${statusesOf(provider.errors).join(', ')}`;
  },

  isSentBy: ({ status }, provider) => isDocumented(status, provider),

  onRequest({ status = 0 }, { request, provider }) {
    const answer = replyOfStatus(provider.errors, status, request);
    if (answer !== undefined) throw new WireError(answer);
  },
});

function isDocumented(status: number | undefined, { errors }: Provider): boolean {
  return status === undefined || statusesOf(errors).includes(status);
}
