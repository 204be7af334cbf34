import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { Decision } from '../http/decision.ts';
import type { MountedBy } from '../http/mounts.ts';
import type { NearestOperation } from '../http/nearest.ts';

/** The credential of a request, as far as it may be kept. */
export interface ShownCredential {
  /** Where it was found: `header authorization`, `cookie`. */
  readonly from: string;
  readonly hint: string;
  /** The provider's word for what was wrong with it; null if it could be read. */
  readonly problem: string | null;
}

/** A word that might be a secret. */
export interface Candidate {
  readonly hash: string;
  /** What was taken off to get it: `a quote before it`; null for a word as it came. */
  readonly dirt: string | null;
}

/** Where a request went, and what it presented. Holds no secret. */
export interface EntryHead {
  /** Path and query as they were sent. */
  readonly path: string;
  readonly mount: { readonly by: MountedBy; readonly target: string };
  readonly credential: ShownCredential | null;
  /** If no credential was accepted: all words that might be one, to find out which key was meant. */
  readonly candidates: readonly Candidate[];
  /** What the client calls itself, cut; null if it does not say. */
  readonly client: string | null;
  /** What it belongs to; null if nobody said. */
  readonly mark: string | null;
  /** If it matched no operation: those that it was probably meant for. */
  readonly nearest: readonly NearestOperation[];
}

/** The headers and bodies of a request and its answer. Holds no secret. */
export interface EntryMessages {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
}

/** The texts of an entry. Each part is made when it is first read, which is rare, and then kept. */
export interface EntryTexts {
  head(): EntryHead;
  /** Makes a long head in pieces, so that `head` only gives it. Undefined if there is nothing long to do. */
  prepareHead(): Promise<void> | undefined;
  /** Made in pieces. */
  messages(): Promise<EntryMessages>;
  /** Whether it has this mark. */
  isMarked(mark: string): boolean;
}

/** Why a request came no further: its world cannot be used, or it is not an HTTP request. */
export type TurnedAway = 'no world' | 'not a request';

/** One request and its answer. */
export interface Entry {
  /** Counts up from 1 in each world; in one that several processes serve it only grows. */
  readonly id: number;
  readonly at: Instant;
  /** Null if no provider owns the path. */
  readonly provider: string | null;
  /** The vendor's operation id; null for an unknown path. */
  readonly operation: string | null;
  readonly method: string;
  /** 0 if the connection was broken instead. */
  readonly status: number;
  /** The key that the credential belongs to, as it was then, accepted or not. */
  readonly key: ApiKey | null;
  /** The core's code of a refusal; null for a success and for an error that only the provider has. */
  readonly code: ErrorCode | null;
  /** Ids of the faults that hit. */
  readonly faults: readonly string[];
  readonly durationMs: number;
  /** When it arrived: real time since the start. */
  readonly elapsedMs: number;
  /** The address that it came from; null if that is not known any more. */
  readonly from: string | null;
  /** The grant that the route demands, in the provider's words; null if it demands none. */
  readonly required: string | null;
  /** Whether the operation needs no key. */
  readonly isOpen: boolean;
  /** What a mutant decided; null: nothing, so that the answer is the truth. */
  readonly decision: Decision | null;
  /** Whether a fault decided the answer, or prevented it. */
  readonly isInjected: boolean;
  readonly isAuthenticated: boolean;
  /** Null if the grants were not checked. */
  readonly isPermitted: boolean | null;
  /** Why no provider has seen it; null if one has, or if none owns the path. */
  readonly turnedAway: TurnedAway | null;
  /** About how many bytes the entry takes. */
  readonly weight: number;
  readonly texts: EntryTexts;
}

/** An entry that the journal has not numbered yet. */
export interface NewEntry extends Omit<Entry, 'id'> {
  id: number;
}
