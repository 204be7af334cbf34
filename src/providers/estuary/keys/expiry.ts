import { type Instant, isWritable } from '../../../clock.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import { GoDurationError, parseGoDuration } from '../../../formats/go-duration.ts';
import { WireError } from '../../../provider/provider.ts';
import { unhandled } from '../wire/errors.ts';
import { dayMs, permanentMs, withNanoseconds } from './shown-expiry.ts';

const nsPerMs = 1_000_000n;
/** The parts of a draft that follow from an expiry. */
export type DraftedExpiry = Required<Pick<KeyDraft, 'attributes'>> & { readonly expiresAt: Instant };

/**
 * When a key created at `now` with this `expiry` expires: after 30 days if it is empty, after 100 years if it is exactly
 * `false`, otherwise after the Go duration that it names, which may be negative. Throws the real server's 500 for anything
 * else. FIDELITY: create.
 */
export function draftExpiry(expiry: string, now: Instant): DraftedExpiry {
  const lifetimeNs = lifetimeNsOf(expiry);
  const rest = ((lifetimeNs % nsPerMs) + nsPerMs) % nsPerMs;
  const lifetimeMs = Number((lifetimeNs - rest) / nsPerMs);
  const shownAt = expiryAfter(lifetimeMs, now);
  // A real clock moves on before the next request, so a key with a lifetime below our millisecond has expired by then.
  const expiresAt = lifetimeMs === 0 ? now - 1 : now + lifetimeMs;
  if (rest === 0n && lifetimeMs !== 0) return { expiresAt, attributes: {} };
  return { expiresAt, attributes: { exactExpiry: { expiresAt, shown: withNanoseconds(shownAt, rest) } } };
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

function lifetimeNsOf(expiry: string): bigint {
  if (expiry === '') return BigInt(30 * dayMs) * nsPerMs;
  if (expiry === 'false') return BigInt(permanentMs) * nsPerMs;
  return parseLifetime(expiry);
}

function parseLifetime(expiry: string): bigint {
  try {
    return parseGoDuration(expiry);
  } catch (error) {
    if (error instanceof GoDurationError) throw new WireError(unhandled(error.message));
    throw error;
  }
}
