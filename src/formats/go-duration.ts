/** Nanoseconds in each unit. The keys are as Go's parser sees them: UTF-8 with one character for each byte. */
const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00c2\u00b5s', 1_000n], // µs, U+00B5
  ['\u00ce\u00bcs', 1_000n], // μs, U+03BC
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** Go counts in an unsigned 64-bit integer and refuses more than 2^63. */
const limit = 1n << 63n;

/** A text that is not a Go duration. The message is exactly Go's. */
export class GoDurationError extends Error {
  override readonly name = 'GoDurationError';
}

/**
 * Parses a duration exactly as Go's `time.ParseDuration` (Go 1.17 and later): grammar, range and error texts.
 * Gives nanoseconds. Throws GoDurationError. The results in the tests were recorded from the real parser.
 */
export function parseGoDuration(text: string): bigint {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const invalid = () => new GoDurationError(`time: invalid duration ${quote(bytes)}`);
  const isSigned = bytes.startsWith('-') || bytes.startsWith('+');
  let rest = isSigned ? bytes.slice(1) : bytes;
  if (rest === '0') return 0n;
  if (rest === '') throw invalid();

  let total = 0n;
  while (rest !== '') {
    const [group, whole = '', fraction = ''] = /^(\d*)(?:\.(\d*))?/.exec(rest) ?? [''];
    if (whole === '' && fraction === '') throw invalid();
    const significant = whole.replace(/^0+/, '');
    if (significant.length > 19 || BigInt(significant) > limit) throw invalid();
    rest = rest.slice(group.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    rest = rest.slice(unit.length);
    total += nanoseconds(BigInt(significant), fraction, unit, bytes);
    if (total > limit) throw invalid();
  }
  if (bytes.startsWith('-')) return -total;
  if (total === limit) throw invalid();
  return total;
}

function nanoseconds(whole: bigint, fraction: string, unit: string, bytes: string): bigint {
  if (unit === '') throw new GoDurationError(`time: missing unit in duration ${quote(bytes)}`);
  const scale = units.get(unit);
  if (scale === undefined) throw new GoDurationError(`time: unknown unit ${quote(unit)} in duration ${quote(bytes)}`);
  return whole * scale + fractionOf(fraction, scale);
}

/** Go reads as many digits as fit into 63 bits, multiplies them in floating point, and truncates the product. */
function fractionOf(digits: string, scale: bigint): bigint {
  let kept = 0n;
  let divisor = 1;
  for (const digit of digits) {
    const next = kept * 10n + BigInt(digit);
    if (next > limit) break;
    kept = next;
    divisor *= 10;
  }
  return BigInt(Math.trunc(Number(kept) * (Number(scale) / divisor)));
}

/** Quotes as Go does in these messages: quotes and backslashes escaped, control and non-ASCII bytes as \xNN. */
function quote(bytes: string): string {
  const escaped = bytes.replace(/["\\]|[^ -\u007f]/g, (byte) =>
    byte === '"' || byte === '\\' ? `\\${byte}` : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}
