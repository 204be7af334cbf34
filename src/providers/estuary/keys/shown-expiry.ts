import { type Instant, toIso, toTrimmedIso } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';

const hourMs = 3_600_000;
/** A day. */
export const dayMs: number = 24 * hourMs;

/** 100 years of 365 days: the lifetime of a permanent key, which is what `expiry=false` asks for. */
export const permanentMs: number = 876_000 * hourMs;

/**
 * A key's expiry on the wire, to the nanosecond where it was given so. In the real server every key has one, so a key without
 * an expiry is shown as a permanent one.
 */
export function shownExpiry(key: Pick<ApiKey, 'expiresAt' | 'createdAt' | 'attributes'>): string {
  return exactExpiry(key) ?? toTrimmedIso(key.expiresAt ?? key.createdAt + permanentMs);
}

/** The expiry that was kept beside the core's, which counts in milliseconds; undefined once the core's has changed. */
function exactExpiry({ expiresAt, attributes }: Pick<ApiKey, 'expiresAt' | 'attributes'>): string | undefined {
  const kept: { expiresAt?: unknown; shown?: unknown } = Object(attributes['exactExpiry']);
  return typeof kept.shown === 'string' && kept.expiresAt === expiresAt ? kept.shown : undefined;
}

/** `2030-01-01T00:00:00.000001Z`: an instant and some nanoseconds, without trailing zeros. */
export function withNanoseconds(instant: Instant, nanoseconds: bigint): string {
  const fraction = String(nanoseconds).padStart(6, '0');
  return toIso(instant)
    .replace('Z', `${fraction}Z`)
    .replace(/\.?0*Z$/, 'Z');
}
