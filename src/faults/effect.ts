import type { Static, TObject, TProperties } from 'typebox';
import type { PropagationDelays } from '../core/propagation.ts';
import type { Provider } from '../provider/provider.ts';
import type { Hit } from './hit.ts';

/** The values that a fault has for the properties of an effect. */
export type Asked<P extends TProperties> = Static<TObject<P>>;

/** An effect that a fault may have. Its functions are called if a fault has one of its properties. */
export interface EffectDefinition<P extends TProperties> {
  /** In camel case, as its file is named in kebab case. */
  readonly name: string;
  /** The optional properties of a fault's `effect` that ask for it. */
  readonly properties: P;
  /** `replaced`: the client gets another answer, or none. `withheld`: it gets its answer in part, or not at all. If omitted: it gets all of it. */
  readonly answer?: 'replaced' | 'withheld';
  /** Why a provider cannot do what is asked for; undefined if it can. */
  problemOf?(asked: Asked<P>, provider: Provider): string | undefined;
  /** Whether a provider sends such answers at all: requests to others are not hit. If omitted: every provider does. */
  isSentBy?(asked: Asked<P>, provider: Provider): boolean;
  /** Acts before the credential is read. Throws to answer. */
  onRequest?(asked: Asked<P>, hit: Hit): void | Promise<void>;
  /** The payload to answer with instead of `payload`. */
  onAnswer?(asked: Asked<P>, payload: unknown, hit: Hit): unknown;
  /** What is sent of `payload`, and how. */
  onSend?(asked: Asked<P>, payload: unknown, hit: Hit): unknown;
  /** How late changes of keys are seen. An effect that has this lasts as long as its fault. */
  delaysOf?(asked: Asked<P>): Partial<PropagationDelays>;
}

/** Gives an effect the types of its own properties. */
export function defineEffect<P extends TProperties>(effect: EffectDefinition<P>): EffectDefinition<P> {
  return effect;
}
