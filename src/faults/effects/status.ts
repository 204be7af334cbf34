import { Type } from 'typebox';
import { type Emulation, WireError } from '../../http/provider.ts';
import type { Hit } from '../hit.ts';

export const properties = {
  status: Type.Optional(
    Type.Integer({ description: "An error of this status in the provider's own body; one that it documents" }),
  ),
  retryAfter: Type.Optional(Type.Integer({ minimum: 0, description: 'Seconds, as `Retry-After`; goes with `status` or `code`' })),
};

interface StatusEffect {
  readonly status?: number;
  readonly retryAfter?: number;
}

export function refuse({ status }: StatusEffect, { name, statuses }: Emulation): string | undefined {
  if (status === undefined || statuses.has(status)) return undefined;
  return `${name} documents no ${status}: there are ${[...statuses.keys()].join(', ')}`;
}

/** Throws the provider's own answer of that status. */
export function onRequest({ status, retryAfter }: StatusEffect, { request, reply, provider }: Hit): void {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  const answer = provider.statuses.get(status ?? 0);
  if (answer !== undefined) throw new WireError(answer(request));
}
