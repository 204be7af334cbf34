import { type Instant, isWritable, toTrimmedIso } from '../../../clock.ts';
import type { ApiKey } from '../../../core/api-key.ts';
import { GoDurationError, parseGoDuration } from '../../../formats/go-duration.ts';
import { WireError } from '../../../provider/provider.ts';
import { unhandled } from '../wire/errors.ts';

const hourMs = 3_600_000;
/** A day. */
export const dayMs: number = 24 * hourMs;

/** 100 years of 365 days: the lifetime of a permanent key, which is what `expiry=false` asks for. */
export const permanentMs: number = 876_000 * hourMs;

/**
 * When a key created at `now` with this `expiry` expires: after 30 days if it is empty, after 100 years if it is exactly
 * `false`, otherwise after the Go duration that it names, which may be negative. Throws the real server's 500 for anything
 * else. FIDELITY: create.
 */
export function expiryOf(expiry: string, now: Instant): Instant {
  return expiryAfter(lifetimeMsOf(expiry), now);
}

/**
 * When a key created at `now` with this lifetime in milliseconds expires. Throws the real server's 500 for a date that Go
 * cannot write. FIDELITY: create.
 */
export function expiryAfter(lifetimeMs: number, now: Instant): Instant {
  const expiresAt = now + lifetimeMs;
  if (isWritable(expiresAt)) return expiresAt;
  const problem = 'Time.MarshalJSON: year outside of range [0,9999]';
  throw new WireError(unhandled(`json: error calling MarshalJSON for type time.Time: ${problem}`));
}

/** A key's expiry on the wire. In the real server every key has one, so a key without an expiry is shown as a permanent one. */
export function shownExpiry({ expiresAt, createdAt }: ApiKey): string {
  return toTrimmedIso(expiresAt ?? createdAt + permanentMs);
}

function lifetimeMsOf(expiry: string): number {
  if (expiry === '') return 30 * dayMs;
  if (expiry === 'false') return permanentMs;
  const lifetimeNs = parseLifetime(expiry);
  const lifetimeMs = Number(lifetimeNs / 1_000_000n) - (lifetimeNs % 1_000_000n < 0n ? 1 : 0);
  // A real clock moves on before the next request, so a key with a lifetime below our millisecond has expired by then.
  return lifetimeMs === 0 ? -1 : lifetimeMs;
}

function parseLifetime(expiry: string): bigint {
  try {
    return parseGoDuration(expiry);
  } catch (error) {
    if (error instanceof GoDurationError) throw new WireError(unhandled(error.message));
    throw error;
  }
}
