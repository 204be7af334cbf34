import { GoDurationError, parseGoDuration } from './go-duration.ts';

const isoDuration = /^([+-])?P(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?)?)$/;

/**
 * Reads a duration as the control plane takes it: Go-style (`720h`, `-1m30s`), or ISO 8601 in weeks, or in days and smaller
 * units (`P30D`, `PT1H30M`) with a fraction only in the seconds. Years and months are refused, since their length varies.
 * Returns whole milliseconds, rounded towards zero; undefined for any other text.
 */
export function parseDurationMs(text: string): number | undefined {
  const iso = isoDuration.exec(text);
  if (iso !== null && /\d/.test(text)) {
    const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = iso;
    const minutesInAll = ((Number(weeks) * 7 + Number(days)) * 24 + Number(hours)) * 60 + Number(minutes);
    const ms = minutesInAll * 60_000 + Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
    return sign === '-' ? 0 - ms : ms;
  }
  try {
    return Number(parseGoDuration(text) / 1_000_000n);
  } catch (error) {
    if (error instanceof GoDurationError) return undefined;
    throw error;
  }
}
