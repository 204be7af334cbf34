import type { ApiKey, Grants } from '../core/api-key.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { KeyDraft, Keys } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { MutantName } from './mutants.ts';

/** How a provider can be made to fail on purpose (`mutants.ts`). */
export interface Mutability {
  /**
   * The mutants that have nothing to act on, each with the reason: its API never comes to such a decision. One may act all the same
   * where the control plane brought a key into such a state.
   */
  readonly notApplicable: { readonly [name in MutantName]?: string };
  /** The key of the first administrator, whatever was done to it; undefined if he is gone. */
  administrator(keys: Keys, resources: ResourceStore): MaybePromise<ApiKey | undefined>;
  /** The widest grants that a key may be given, if they are wider than those of a draft; undefined if they are not. */
  widen(draft: KeyDraft, resources: ResourceStore): MaybePromise<Grants | undefined>;
}

/** Of keys of one owner, in the order of their issue, the one with a name, or else the first. */
export function namedOrFirst(keys: readonly ApiKey[], name: string): ApiKey | undefined {
  return keys.find((key) => key.name === name) ?? keys[0];
}
