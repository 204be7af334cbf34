import type { Instant } from '../clock.ts';
import type { FaultTerms } from './fault.ts';

/** A fault as several processes share it. */
export interface StoredFault extends FaultTerms {
  readonly id: string;
  readonly seen: number;
  readonly hits: number;
  /** When it ends, in real time. */
  readonly endsAt: Instant;
}

/** The faults of a world as several processes share them. */
export interface StoredFaults {
  /** The number of the last one that was added. */
  readonly last: number;
  /** The oldest first. */
  readonly list: readonly StoredFault[];
}
