import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { Resource } from './resource-store.ts';

/** A key as it is kept, with its place in the order of insertion. */
export interface KeptKey {
  readonly seq: number;
  readonly key: ApiKey;
  /** Null where only its hash is kept. */
  readonly secret: string | null;
}

/** A resource as it is kept, with its place in the order of insertion. */
export interface KeptResource {
  readonly seq: number;
  readonly provider: string;
  readonly kind: string;
  readonly resource: Resource<unknown>;
}

/** What a change left in a world. */
export interface KeptChanges {
  readonly keys: readonly KeptKey[];
  readonly resources: readonly KeptResource[];
  /** The places of the resources that were removed. */
  readonly removed: readonly number[];
}

/** Everything that is kept of a world. */
export interface KeptWorld {
  readonly keys: readonly KeptKey[];
  readonly resources: readonly KeptResource[];
  /** By provider: when it was seeded. */
  readonly seedings: Readonly<Record<string, Instant>>;
}
