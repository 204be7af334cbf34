import { describe, expect, test } from 'vitest';
import { parseDurationMs } from '../../src/formats/duration.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

describe('a Go-style duration', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['-0s', 0],
    ['720h', 720 * hour],
    ['+720h', 720 * hour],
    ['-1m30s', -90 * second],
    ['1h15m30.918s', hour + 15 * minute + 30_918],
    ['1.5h', 90 * minute],
    ['.5s', 500],
    ['250ms', 250],
    ['1ms', 1],
    ['-1ms', -1],
    ['1500us', 1],
    ['1500µs', 1],
    ['-1500us', -1],
    ['999999ns', 0],
    ['30s1h', hour + 30 * second],
    ['2562047h', 2_562_047 * hour],
  ])('%s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });
});

describe('an ISO 8601 duration', () => {
  test.each([
    ['P30D', 30 * day],
    ['P2W', 14 * day],
    ['P0D', 0],
    ['-P0D', 0],
    ['PT0S', 0],
    ['PT36H', 36 * hour],
    ['PT90M', 90 * minute],
    ['PT1H30M', 90 * minute],
    ['P1DT2H3M4S', day + 2 * hour + 3 * minute + 4 * second],
    ['P1DT0.5S', day + 500],
    ['PT1,5S', 1_500],
    ['PT1.001S', 1_001],
    ['PT0.29S', 290],
    ['PT0.0009S', 0],
    ['PT1.9999S', 1_999],
    ['-PT1M30S', -90 * second],
    ['-PT0.001S', -1],
    ['+P1D', day],
    ['-P1W', -7 * day],
    ['P007D', 7 * day],
  ])('%s', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });
});

test.each([
  ['nothing', ''],
  ['a number without a unit', '720'],
  ['a unit alone', 'h'],
  ['a sign alone', '-'],
  ['Go-style days', '30d'],
  ['a space', '1h 30m'],
  ['a space before', ' 1h'],
  ['two signs', '--1h'],
  ['a sign inside', '1h-30m'],
  ['more than Go can count', '2562048h'],
  ['an exponent', '1e3s'],
  ['a word', 'tomorrow'],
  ['P alone', 'P'],
  ['T alone', 'PT'],
  ['T with nothing after it', 'P1DT'],
  ['a year', 'P1Y'],
  ['a month', 'P1M'],
  ['weeks and days', 'P1W2D'],
  ['a time without T', 'P1H'],
  ['a day after T', 'PT1D'],
  ['parts in another order', 'PT1M1H'],
  ['a fraction of an hour', 'PT1.5H'],
  ['a fraction of a day', 'P0.5D'],
  ['a fraction without digits', 'PT1.S'],
  ['a fraction alone', 'PT.5S'],
  ['lower case', 'pt1h'],
  ['a sign inside ISO', 'PT-1H'],
  ['a line break after', 'PT1H\n'],
  ['the alternative form', 'P0000-00-01T00:00:00'],
])('%s is not a duration: %j', (_, text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test('a duration beyond every clock is still a large number', () => {
  expect(parseDurationMs(`P${'9'.repeat(30)}D`)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  expect(parseDurationMs(`-PT${'9'.repeat(400)}S`)).toBe(Number.NEGATIVE_INFINITY);
});
