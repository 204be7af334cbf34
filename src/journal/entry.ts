import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { MountedBy } from '../http/mounts.ts';

/** What a request carried as its credential, as far as it may be kept. */
export interface ReadCredential {
  /** Where it was found: `header authorization`, `cookie`. */
  readonly from: string;
  readonly hint: string;
  /** The word of the provider for what was wrong with it; null where it could be read. */
  readonly problem: string | null;
}

/** Where a request went, and what it presented. No secret is in it. */
export interface EntryHead {
  /** Path and query as they were sent. */
  readonly path: string;
  readonly mount: { readonly by: MountedBy; readonly target: string };
  readonly credential: ReadCredential | null;
  /** Hashes of everything that might be its secret, where none was accepted: to find out which key it nearly was. */
  readonly candidates: readonly string[];
}

/** What a request and its answer said. No secret is in it. */
export interface EntryMessages {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
}

/** One request and what became of it. */
export interface Entry extends EntryHead, EntryMessages {
  /** Counts up from 1, in the world. */
  readonly id: number;
  readonly at: Instant;
  readonly provider: string;
  /** The vendor's operation id; null for a path that is none. */
  readonly operation: string | null;
  readonly method: string;
  readonly status: number;
  /** The key that the credential belongs to, as it was then, be it accepted or not. */
  readonly key: ApiKey | null;
  /** The core's word for what was refused; null for a success and for a provider's own error. */
  readonly code: ErrorCode | null;
  /** Ids of the faults that hit. */
  readonly faults: readonly string[];
  readonly durationMs: number;
  /** What the route demands of a key, in the provider's words; null where it demands nothing beyond a key, or not even that. */
  readonly required: string | null;
  /** Whether the operation lets everybody in. */
  readonly isOpen: boolean;
  /** Whether a fault decided what was answered, or that nothing was. */
  readonly isInjected: boolean;
  readonly isAuthenticated: boolean;
  readonly isPermitted: boolean | null;
  /** About how many characters it holds. */
  readonly weight: number;
  /** Makes its texts, where those wait to be asked for: before the keys that they are searched for are gone. */
  settle(): void;
}

/** An entry that the journal has not numbered yet. */
export interface NewEntry extends Omit<Entry, 'id'> {
  id: number;
}
