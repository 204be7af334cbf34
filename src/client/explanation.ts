import type { Key, KeyState } from './key.ts';

/** Why a request was answered as it was. */
export type Verdict =
  | 'answered'
  | 'injected'
  | 'mutated'
  | 'no credential'
  | 'credential unreadable'
  | 'key of another provider'
  | 'key of another world'
  | 'right key, stray characters'
  | 'right key, wrong scheme'
  | 'key unknown'
  | 'key not seen yet'
  | 'key expired'
  | 'key suspended'
  | 'key revoked'
  | 'principal gone'
  | 'not permitted'
  | 'operation not emulated'
  | 'no such operation'
  | 'no provider'
  | 'no world'
  | 'not a request'
  | 'refused by the operation'
  | 'client gone'
  | 'failed';

/** Why a request was answered as it was, with the facts that decided. */
export interface Explanation {
  readonly verdict: Verdict;
  /** The same for a person. */
  readonly sentence: string;
  readonly mount: { readonly by: string; readonly world: string; readonly provider: string | null; readonly target: string };
  /** What was read as the credential, and what was wrong with it. */
  readonly credential: { readonly from: string; readonly hint: string; readonly problem: string | null } | null;
  readonly key: Key | null;
  /** The keys that the credential would have presented elsewhere, or otherwise. */
  readonly nearly: readonly {
    readonly why: 'another provider' | 'another world' | 'stray characters' | 'wrong scheme';
    readonly world: string;
    readonly provider: string;
    /** Id of the key. */
    readonly key: string;
    readonly hint: string;
    readonly state: KeyState;
  }[];
  /** The instant that decided. */
  readonly clock: string;
  readonly permission: { readonly required: string | null; readonly granted: boolean } | null;
  readonly operation: string | null;
  /** Ids of the faults that hit. */
  readonly faults: readonly string[];
  readonly answer: { readonly status: number; readonly code: string | null };
  /** What the provider itself answers; null unless a mutant decided the answer. */
  readonly truth: { readonly status: number; readonly code: string | null } | null;
}
