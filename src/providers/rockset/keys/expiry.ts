import type { FastifyRequest } from 'fastify';
import { fromIso, type Instant, isWritable } from '../../../clock.ts';
import { WireError } from '../../../provider/provider.ts';
import { requirePremium } from '../accounts/organizations/organizations.ts';
import { invalidInput } from '../wire/errors.ts';

/**
 * The expiry that a body asks for; undefined when it asks for none. Throws the 403 of an organization whose edition has
 * no expiry, and the 400 for what is no instant to come.
 */
export async function readExpiry(request: FastifyRequest, text: string | null | undefined): Promise<Instant | undefined> {
  if (text === undefined || text === null) return undefined;
  await requirePremium(request);
  return parseExpiry(text, request.now);
}

/** Cut to the whole second: the wire shows no finer, and what it shows is what holds. */
function parseExpiry(text: string, now: Instant): Instant {
  const instant = fromIso(text);
  if (instant === undefined) throw new WireError(invalidInput('expiry_time must be an ISO-8601 date and time with its zone'));
  const expiresAt = Math.floor(instant / 1000) * 1000;
  if (expiresAt <= now) throw new WireError(invalidInput('expiry_time must be in the future'));
  if (!isWritable(expiresAt)) throw new WireError(invalidInput('expiry_time must be in a year up to 9999'));
  return expiresAt;
}
