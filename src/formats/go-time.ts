import { fromIso, type Instant } from '../clock.ts';
import { GoJsonError } from './go-json.ts';

/** The layout of JSON times, as Go's error texts quote it. */
const layout = '"\\"2006-01-02T15:04:05Z07:00\\""';

/**
 * Reads a JSON value as Go's `time.Time` does: a string in RFC 3339 with a zone, `T` and `Z` in capitals.
 * Throws GoJsonError. Go's text also names the place at which its parser stopped; that is left out here.
 */
export function parseGoTime(value: unknown): Instant {
  const instant = typeof value === 'string' && !/[tz]/.test(value) ? fromIso(value) : undefined;
  if (instant === undefined) throw new GoJsonError(`parsing time ${JSON.stringify(JSON.stringify(value))} as ${layout}`);
  return instant;
}
