/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly wanted: string;
  readonly judged: 'pass' | 'fail' | 'not shown here';
}

/** A row whose value must be no larger. */
export function atMost(what: string, value: number, most: number, unit = '', beside = ''): Row {
  return { what, measured: shown(value, unit) + beside, wanted: `≤ ${most}${unit}`, judged: judged(value, value <= most) };
}

/** A row whose value must be no smaller. */
export function atLeast(what: string, value: number, least: number, beside = ''): Row {
  return { what, measured: shown(value, '') + beside, wanted: `≥ ${least}`, judged: judged(value, value >= least) };
}

/** A row whose value must be this one. */
export function exactly(what: string, value: number, wanted: number): Row {
  return { what, measured: String(value), wanted: String(wanted), judged: judged(value, value === wanted) };
}

/** A row that needs another machine. */
export function notShown(what: string, why: string): Row {
  return { what, measured: '', wanted: why, judged: 'not shown here' };
}

/** A value with as many digits as tell something. */
export function shown(value: number, unit = ''): string {
  if (Number.isNaN(value)) return '';
  return `${value.toFixed(value < 10 ? 2 : 1)}${unit}`;
}

/** What could not be measured is not judged. */
function judged(value: number, isGood: boolean): Row['judged'] {
  if (Number.isNaN(value)) return 'not shown here';
  return isGood ? 'pass' : 'fail';
}
