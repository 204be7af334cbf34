import { type Static, Type } from 'typebox';
import type { Provider } from '../../provider/provider.ts';
import type { Hit } from '../hit.ts';
import * as code from './code.ts';
import * as delay from './delay.ts';
import * as dropResponse from './drop-response.ts';
import * as propagation from './propagation.ts';
import * as reset from './reset.ts';
import * as respond from './respond.ts';
import * as slowBody from './slow-body.ts';
import * as status from './status.ts';
import * as truncate from './truncate.ts';

/** What a fault may do. Several at once are done in this order. */
export const Effect = Type.Object(
  {
    ...delay.properties,
    ...reset.properties,
    ...status.properties,
    ...code.properties,
    ...respond.properties,
    ...dropResponse.properties,
    ...truncate.properties,
    ...slowBody.properties,
    ...propagation.properties,
  },
  { additionalProperties: false, minProperties: 1, title: 'FaultEffect' },
);
export type Effect = Static<typeof Effect>;

/** Why a provider cannot do what an effect says; undefined where it can. */
export function refusalOf(effect: Effect, provider: Provider): string | undefined {
  const refuse = [delay.refuse, slowBody.refuse, propagation.refuse, respond.refuse];
  return refuse.map((of) => of(effect)).find((problem) => problem !== undefined) ?? status.refuse(effect, provider);
}

/** Whether an effect answers a request, or makes sure that nobody does. */
export function isAnswer(effect: Effect): boolean {
  return [effect.reset, effect.status, effect.code, effect.respond].some((one) => one !== undefined);
}

/** Whether an effect keeps an answer, or a part of it, from the client. */
export function breaksOff({ dropResponse, truncate: isCut }: Effect): boolean {
  return dropResponse !== undefined || isCut !== undefined;
}

/** What happens before the credential is looked at. Throws to answer. */
export async function actOnRequest(effect: Effect, hit: Hit): Promise<void> {
  await delay.onRequest(effect);
  reset.onRequest(effect, hit);
  // Nobody is there any more who could be answered.
  if (hit.reply.sent) return;
  status.onRequest(effect, hit);
  code.onRequest(effect, hit);
  respond.onRequest(effect);
}

/** What a request is answered with instead of a payload. */
export function answerOf(effect: Effect, payload: unknown, hit: Hit): unknown {
  return respond.onSend(effect, payload, hit);
}

/** What of an answer is sent. */
export function actOnSend(effect: Effect, payload: unknown, hit: Hit): unknown {
  return truncate.onSend(effect, slowBody.onSend(effect, dropResponse.onSend(effect, payload, hit), hit), hit);
}

export { propagationOf } from './propagation.ts';
export { isKnownTo } from './status.ts';
