// The one place of the page that reads a clock or spells instants. The page never asks what the browser thinks the time is: the
// time is that of the world's clock, carried on by the page's stopwatch.

/** The page's stopwatch, in milliseconds. */
export function stopwatchMs(): number {
  return performance.now();
}

/** An RFC 3339 instant as milliseconds; undefined for any other text. */
export function msOf(instant: string | null | undefined): number | undefined {
  const ms = typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Milliseconds as RFC 3339. Instants beyond what can be written become the nearest one that can. */
export function isoOf(ms: number): string {
  const most = 253_402_300_799_999;
  const least = -62_135_596_800_000;
  return new Date(Math.min(most, Math.max(least, Math.round(ms)))).toISOString();
}

/** `2030-01-31 00:00:00Z`, with milliseconds only where there are some. */
export function shownInstant(ms: number): string {
  return isoOf(ms).replace('T', ' ').replace('.000Z', 'Z');
}

/** `00:00:00.4`: the time of day, to a tenth of a second. */
export function shownTime(instant: string | null | undefined): string {
  const ms = msOf(instant);
  return ms === undefined ? '–' : isoOf(ms).slice(11, 21);
}
