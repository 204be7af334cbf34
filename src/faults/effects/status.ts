import { Type } from 'typebox';
import { replyOfStatus, statusesOf } from '../../http/errors.ts';
import { type Provider, WireError } from '../../provider/provider.ts';
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

export function refuse(effect: StatusEffect & { readonly code?: unknown }, provider: Provider): string | undefined {
  const { status, code, retryAfter } = effect;
  if (retryAfter !== undefined && status === undefined && code === undefined) return 'retryAfter goes with status or code';
  if (isKnownTo(effect, provider)) return undefined;
  return `${provider.name} documents no ${status}: there are ${statusesOf(provider.errors).join(', ')}`;
}

/** Whether a provider can bring an effect about: not every one sends every status. */
export function isKnownTo({ status }: StatusEffect, { errors }: Provider): boolean {
  return status === undefined || statusesOf(errors).includes(status);
}

/** Throws the provider's own answer of that status. */
export function onRequest({ status, retryAfter }: StatusEffect, { request, reply, provider }: Hit): void {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  const answer = replyOfStatus(provider.errors, status ?? 0, request);
  if (answer !== undefined) throw new WireError(answer);
}
