import type { FastifyRequest } from 'fastify';
import { fromIso, type Instant, isWritable } from '../../../clock.ts';
import { goOn, type MaybePromise } from '../../../core/at-once.ts';
import { WireError } from '../../../provider/provider.ts';
import { requirePremium } from '../accounts/organizations/organizations.ts';
import { invalidInput } from '../wire/errors.ts';

/**
 * Reads the expiry that a body asks for. Throws the 403 of an organization whose edition has no expiry, and the 400 for
 * anything but an instant in the future.
 */
export function readExpiry(request: FastifyRequest, text: string): MaybePromise<Instant> {
  return goOn(requirePremium(request), () => parseExpiry(text, request.now));
}

/** Rounded down to the whole second, since the wire shows whole seconds and the key must expire when it says. */
function parseExpiry(text: string, now: Instant): Instant {
  const instant = fromIso(text);
  if (instant === undefined) throw new WireError(invalidInput('expiry_time must be an ISO-8601 date and time with its zone'));
  const expiresAt = Math.floor(instant / 1000) * 1000;
  if (expiresAt <= now) throw new WireError(invalidInput('expiry_time must be in the future'));
  if (!isWritable(expiresAt)) throw new WireError(invalidInput('expiry_time must be in a year up to 9999'));
  return expiresAt;
}
