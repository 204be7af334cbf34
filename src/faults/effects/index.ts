import { type Static, Type } from 'typebox';
import type { Emulation } from '../../http/provider.ts';
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
export function refusalOf(effect: Effect, provider: Emulation): string | undefined {
  return delay.refuse(effect) ?? slowBody.refuse(effect) ?? propagation.refuse(effect) ?? status.refuse(effect, provider);
}

/** What happens before the credential is looked at. Throws to answer. */
export async function actOnRequest(effect: Effect, hit: Hit): Promise<void> {
  await delay.onRequest(effect);
  reset.onRequest(effect, hit);
  status.onRequest(effect, hit);
  code.onRequest(effect, hit);
  respond.onRequest(effect);
}

/** What is sent instead of a payload. */
export function actOnSend(effect: Effect, payload: unknown, hit: Hit): unknown {
  return slowBody.onSend(effect, truncate.onSend(effect, dropResponse.onSend(effect, payload, hit), hit), hit);
}

export { propagationOf } from './propagation.ts';
