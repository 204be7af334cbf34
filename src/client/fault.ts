import type { ErrorCode } from './error-code.ts';
import type { OperationId, ProviderName } from './names.ts';

/** What a fault does. Several effects at once act in this order. */
export interface FaultEffect {
  readonly delay?: string;
  readonly reset?: true;
  readonly retryAfter?: number;
  readonly status?: number;
  readonly code?: ErrorCode;
  readonly respond?: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
  readonly dropResponse?: true;
  readonly slowBody?: string;
  readonly truncate?: true;
  readonly propagation?: { readonly issue?: string; readonly revoke?: string };
}

/** A fault to inject. */
export interface FaultDraft {
  /** Selects requests: every part that is given must hold. If omitted: every request. */
  readonly match?: {
    readonly provider?: ProviderName;
    readonly operation?: OperationId;
    readonly method?: string;
    readonly path?: string;
    readonly key?: string;
    readonly credential?: string;
  };
  readonly effect: FaultEffect;
  /** How many matching requests are let through first (default 0). */
  readonly skip?: number;
  /** How many are hit after that (default 1); null: all. */
  readonly times?: number | null;
  /** How long it lasts, in real time (default 60s). */
  readonly ttl?: string;
}

export interface Fault {
  readonly id: string;
  readonly match: Omit<NonNullable<FaultDraft['match']>, 'credential'> & {
    /** The credential itself is not kept. */
    readonly credential?: '…';
  };
  readonly effect: FaultEffect;
  readonly skip: number;
  readonly times: number | null;
  readonly ttlMs: number;
  /** How many requests it has hit. */
  readonly hits: number;
}

/** What may happen to a fault: it `died` if it ended by itself, because its times or its ttl ran out. */
export type FaultChange = 'added' | 'hit' | 'removed' | 'died';
