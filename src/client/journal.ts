import type { Explanation } from './explanation.ts';
import type { OperationId, ProviderName } from './names.ts';

/** A request in the journal. */
export interface JournalEntry {
  readonly id: string;
  readonly at: string;
  /** Null if no provider owns the path. */
  readonly provider: ProviderName | null;
  readonly operation: OperationId | null;
  readonly method: string;
  readonly path: string;
  /** 0 if the connection was broken instead. */
  readonly status: number;
  /** Id of the key that the credential belongs to, accepted or not. */
  readonly key: string | null;
  readonly credential: string | null;
  readonly code: string | null;
  readonly fault: string | null;
  readonly durationMs: number;
  /** When it arrived: real time since the start of the latchkey. */
  readonly elapsedMs: number;
  /** What the client calls itself, cut at 120 characters. */
  readonly client: string | null;
  /** The address that it came from; null if the connection broke. */
  readonly from: string | null;
  /** What it belongs to, as `mark` or `reset` said. */
  readonly mark: string | null;
  /** The mutant that decided the answer. */
  readonly mutant: string | null;
  /** If it matched no operation: at most three that it was probably meant for. */
  readonly nearest?: readonly NearestOperation[];
}

/** An operation that a request which matched none was probably meant for. */
export interface NearestOperation {
  readonly provider: ProviderName;
  readonly operation: OperationId;
  readonly method: string;
  readonly path: string;
  /** How the request differs from it. */
  readonly why: string;
}

/** A request in the journal with its messages, and why it was answered as it was. */
export interface ExplainedEntry extends JournalEntry {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
  readonly explanation: Explanation;
}

/** Selects requests. Every part that is given must hold. */
export interface RequestFilter {
  readonly provider?: ProviderName;
  readonly operation?: OperationId;
  readonly status?: number;
  readonly key?: string;
  /** Status 0, 401 or 403, or a code; false: all others. */
  readonly refused?: boolean;
  readonly code?: string;
  readonly method?: string;
  /** A part of the path. */
  readonly q?: string;
  /** The whole mark. */
  readonly mark?: string;
  readonly since?: string;
  readonly limit?: number;
}

/** How many requests a filter selects. */
export interface RequestCount {
  readonly count: number;
  /** How many requests the bounds of the journal pushed out since the last reset: they are not counted. */
  readonly forgotten: number;
}
