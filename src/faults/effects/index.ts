import { type Static, Type } from 'typebox';
import type { PropagationDelays } from '../../core/propagation.ts';
import type { Provider } from '../../provider/provider.ts';
import type { Hit } from '../hit.ts';
import { code } from './code.ts';
import { delay } from './delay.ts';
import { dropResponse } from './drop-response.ts';
import { propagation } from './propagation.ts';
import { reset } from './reset.ts';
import { respond } from './respond.ts';
import { retryAfter } from './retry-after.ts';
import { slowBody } from './slow-body.ts';
import { status } from './status.ts';
import { truncate } from './truncate.ts';

/** All effects, in the order in which they act. A slow body is cut while it is sent, so `truncate` follows `slowBody`. */
export const effects = [delay, reset, retryAfter, status, code, respond, dropResponse, slowBody, truncate, propagation];
type Definition = (typeof effects)[number];
type Intersection<U> = (U extends unknown ? (member: U) => void : never) extends (member: infer I) => void ? I : never;

const properties: Intersection<Definition['properties']> = Object.assign({}, ...effects.map((effect) => effect.properties));

/** What a fault may do. Several effects at once act in this order. */
export const Effect = Type.Object(properties, { additionalProperties: false, minProperties: 1, title: 'FaultEffect' });
export type Effect = Static<typeof Effect>;

/** Why a provider cannot do what a fault asks for; undefined if it can. */
export function problemOf(asked: Effect, provider: Provider): string | undefined {
  return askedOf(asked)
    .map((effect) => effect.problemOf?.(asked, provider))
    .find((problem) => problem !== undefined);
}

/** Whether a provider ever sends what a fault asks for. */
export function isSentBy(asked: Effect, provider: Provider): boolean {
  return effects.every((effect) => effect.isSentBy === undefined || !isAsked(effect, asked) || effect.isSentBy(asked, provider));
}

/** Whether the client gets an answer other than the provider's, or none, and the operation is not done. */
export function replacesAnswer(asked: Effect): boolean {
  return askedOf(asked).some(({ answer }) => answer === 'replaced');
}

/** Whether the client gets only a part of the answer, or nothing of it. */
export function withholdsAnswer(asked: Effect): boolean {
  return askedOf(asked).some(({ answer }) => answer === 'withheld');
}

/** Whether a fault acts on requests. One that only delays changes does not. */
export function actsOnRequests(asked: Effect): boolean {
  return askedOf(asked).some((effect) => effect.delaysOf === undefined);
}

/** Whether a fault delays changes. */
export function actsOnChanges(asked: Effect): boolean {
  return askedOf(asked).some((effect) => effect.delaysOf !== undefined);
}

/** How late a fault lets the provider see changes; kinds of change that it does not mention are omitted. */
export function delaysOf(asked: Effect): Partial<PropagationDelays> {
  const delays: Partial<PropagationDelays> = {};
  for (const effect of askedOf(asked)) Object.assign(delays, effect.delaysOf?.(asked));
  return delays;
}

/** Lets the effects of all faults that hit act on a request, before its credential is read. Throws to answer. */
export async function actOnRequest(faults: readonly Effect[], hit: Hit): Promise<void> {
  for (const effect of effects) {
    for (const asked of askedIn(faults, effect)) await effect.onRequest?.(asked, hit);
    // After a reset there is no connection to answer on.
    if (hit.reply.sent) return;
  }
}

/** The payload that a request is answered with, made from the provider's `payload`. */
export function answerOf(faults: readonly Effect[], payload: unknown, hit: Hit): unknown {
  let answer = payload;
  for (const effect of effects) {
    if (effect.onAnswer === undefined) continue;
    for (const asked of askedIn(faults, effect)) answer = effect.onAnswer(asked, answer, hit);
  }
  return answer;
}

/** What is sent of an answer. */
export function sentOf(faults: readonly Effect[], answer: unknown, hit: Hit): unknown {
  let sent = answer;
  for (const effect of effects) {
    if (effect.onSend === undefined) continue;
    for (const asked of askedIn(faults, effect)) sent = effect.onSend(asked, sent, hit);
  }
  return sent;
}

/** The effects that a fault asks for. */
function askedOf(asked: Effect): Definition[] {
  return effects.filter((effect) => isAsked(effect, asked));
}

/** The faults that ask for an effect. */
function askedIn(faults: readonly Effect[], effect: Definition): Effect[] {
  return faults.filter((asked) => isAsked(effect, asked));
}

function isAsked(effect: Definition, asked: Effect): boolean {
  return Object.keys(effect.properties).some((property) => property in asked);
}
