import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GoDurationError, parseGoDuration } from '../../src/formats/go-duration.ts';

const us = 1_000n;
const ms = 1_000n * us;
const s = 1_000n * ms;
const m = 60n * s;
const h = 60n * m;
const longest = (1n << 63n) - 1n;

describe('what Go 1.17 and later parses', () => {
  test.each([
    ['300h', 300n * h],
    ['24h', 24n * h],
    ['1h30m', h + 30n * m],
    ['-1h5m', -(h + 5n * m)],
    ['+5m', 5n * m],
    ['1.5h', 90n * m],
    ['.5s', 500n * ms],
    ['1.s', s],
    ['-.5s', -500n * ms],
    ['1us', us],
    ['1µs', us],
    ['1μs', us],
    ['1ns', 1n],
    ['1s1h', s + h],
    ['1h1h', 2n * h],
    ['1h30m20s10ms5us3ns', h + 30n * m + 20n * s + 10n * ms + 5n * us + 3n],
    ['0', 0n],
    ['-0', 0n],
    ['+0', 0n],
    ['0h', 0n],
    ['0.000h', 0n],
    ['00000000000000000000000001h', h],
    ['1.999999999s', s + 999_999_999n],
    ['1.9999999999s', s + 999_999_999n],
    ['0.3333333333333333333h', 20n * m],
    ['0.100000000000000000000h', 6n * m],
    ['0.830103483285477580700h', 49n * m + 48n * s + 372_539_827n],
    ['9007199254.740993ms', 9_007_199_254_740_993n],
    ['0.9223372036854775807s', 922_337_203n],
    ['0.9223372036854775809s', 922_337_203n],
    [`0.${'1'.repeat(1000)}s`, 111_111_111n],
    ['0.5ns', 0n],
    ['9223372036854775807ns', longest],
    ['-9223372036854775808ns', -longest - 1n],
    ['2562047h47m16.854775807s', longest],
    ['-2562047h47m16.854775808s', -longest - 1n],
    ['9223372036854775807.5ns', longest],
  ])('%s', (text, nanoseconds) => {
    expect(parseGoDuration(text)).toBe(nanoseconds);
  });
});

const unknownUnit = (unit: string, text: string) => `time: unknown unit "${unit}" in duration "${text}"`;
const missingUnit = (text: string) => `time: missing unit in duration "${text}"`;
const invalid = (text: string) => `time: invalid duration "${text}"`;

describe('the errors of Go 1.17 and later', () => {
  test.each([
    ...['00', '0.0', '10', '1.5', '1h0', '1..5s', '1.', '.5', '-1'].map((text) => [text, missingUnit(text)]),
    ...[
      ['1d', 'd'],
      ['1week', 'week'],
      ['1y', 'y'],
      ['1M', 'M'],
      ['1H', 'H'],
      ['1min', 'min'],
      ['1hour', 'hour'],
      ['1e3s', 'e'],
      ['1_000s', '_'],
      ['1,5h', ','],
      ['1h ', 'h '],
      ['1h-5m', 'h-'],
      ['1h+1m', 'h+'],
      ['0x10s', 'x'],
      ['1 h', ' h'],
      ['30d', 'd'],
    ].map(([text = '', unit = '']) => [text, unknownUnit(unit, text)]),
    ...['', 'abc', 'h', '.', '-', '+', '.s', '-.s', '--1h', '+-1h', ' 5m', 'FALSE', 'true', 'false', 'null', '1h.s'].map(
      (text) => [text, invalid(text)],
    ),
    ...[
      '9999999999h',
      '9223372036854775808ns',
      '2562047h47m16.854775808s',
      '-9223372036854775809ns',
      '99999999999999999999ns',
      '9223372036854775807ns1ns',
      '2562048h',
    ].map((text) => [text, invalid(text)]),
    ['µs', String.raw`time: invalid duration "\xc2\xb5s"`],
    ['1日', String.raw`time: unknown unit "\xe6\x97\xa5" in duration "1\xe6\x97\xa5"`],
    ['1\u{1f511}', String.raw`time: unknown unit "\xf0\x9f\x94\x91" in duration "1\xf0\x9f\x94\x91"`],
    ['1\u00b5', String.raw`time: unknown unit "\xc2\xb5" in duration "1\xc2\xb5"`],
    ['1"\\', String.raw`time: unknown unit "\"\\" in duration "1\"\\"`],
    ['\t\u0000\u001f', String.raw`time: invalid duration "\x09\x00\x1f"`],
    ['\u007f', 'time: invalid duration "\u007f"'],
    ['1\ufffd', String.raw`time: unknown unit "\xef\xbf\xbd" in duration "1\xef\xbf\xbd"`],
  ])('%j', (text, message) => {
    expect(() => parseGoDuration(text ?? '')).toThrow(new GoDurationError(message));
  });
});

/** Writes a duration as Go's `Duration.String` does from a second up: hours, minutes, seconds with a trimmed fraction. */
function format(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const fraction = String(size % s)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const seconds = `${(size / s) % 60n}${fraction === '' ? '' : `.${fraction}`}s`;
  return `${nanoseconds < 0n ? '-' : ''}${size / h}h${(size / m) % 60n}m${seconds}`;
}

describe('properties', () => {
  test('a formatted duration is parsed to the same nanosecond', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -longest - 1n, max: longest }), (nanoseconds) => {
        expect(parseGoDuration(format(nanoseconds))).toBe(nanoseconds);
      }),
    );
  });

  test('any text gives a duration of 64 bits or a GoDurationError that quotes it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[-+]?([0-9]{0,20}(\.[0-9]{0,12})?(ns|us|ms|s|m|h|d)?){0,4}$/),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          const nanoseconds = parseGoDuration(given);
          expect(BigInt.asIntN(64, nanoseconds)).toBe(nanoseconds);
        } catch (error) {
          expect(error).toBeInstanceOf(GoDurationError);
          expect(String(error)).toMatch(/^GoDurationError: time: (invalid|missing unit in|unknown unit ".*" in) duration ".*"$/s);
        }
      }),
    );
  });
});
