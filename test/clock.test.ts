import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  earliestInstant,
  fromIso,
  isWritable,
  latestInstant,
  systemClock,
  toIso,
  toIsoSeconds,
  toTrimmedIso,
  VirtualClock,
} from '../src/clock.ts';

/** Real time for these tests. It moves only where a test moves it. */
const real = { at: 0, now: () => real.at };
beforeEach(() => {
  real.at = 1_000_000;
});

describe('a clock without a start setting', () => {
  test('shows real time', () => {
    const clock = new VirtualClock(undefined, real);
    expect(clock.read()).toEqual({ now: 1_000_000, frozen: false, offsetMs: 0 });
    real.at += 5;
    expect(clock.now()).toBe(1_000_005);
  });

  test('shows the system time by default', () => {
    const before = systemClock.now();
    const now = new VirtualClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(systemClock.now());
  });
});

describe('a clock with a start setting', () => {
  test('starts there and runs', () => {
    const clock = new VirtualClock(5_000, real);
    expect(clock.read()).toEqual({ now: 5_000, frozen: false, offsetMs: 5_000 - 1_000_000 });
    real.at += 7;
    expect(clock.now()).toBe(5_007);
  });

  test.each([earliestInstant - 1, latestInstant + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'cannot start at %s',
    (startAt) => {
      expect(() => new VirtualClock(startAt, real)).toThrow(RangeError);
    },
  );
});

describe.each([
  ['running', false],
  ['frozen', true],
])('a %s clock', (_, frozen) => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = new VirtualClock(5_000, real);
    if (frozen) clock.freeze();
  });
  const passed = frozen ? 0 : 9;

  test('can be set to an instant and keeps running or stays frozen', () => {
    clock.set(80_000);
    expect(clock.read()).toEqual({ now: 80_000, frozen, offsetMs: 80_000 - real.at });
    real.at += 9;
    expect(clock.read()).toEqual({ now: 80_000 + passed, frozen, offsetMs: 80_000 + passed - real.at });
  });

  test('can be advanced and put back and keeps running or stays frozen', () => {
    clock.advance(3_600_000);
    expect(clock.read()).toMatchObject({ now: 3_605_000, frozen });
    real.at += 9;
    clock.advance(-3_600_000 - passed);
    expect(clock.read()).toMatchObject({ now: 5_000, frozen });
  });

  test('is advanced from the instant that it shows, not from where it was set', () => {
    real.at += 9;
    clock.advance(1);
    expect(clock.now()).toBe(5_001 + passed);
  });

  test.each([earliestInstant, -1, 0, latestInstant])('can be at %s', (instant) => {
    clock.set(instant);
    expect(clock.now()).toBe(instant);
  });

  test.each([earliestInstant - 1, latestInstant + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'cannot be at %s, and stays where it was',
    (instant) => {
      expect(() => clock.set(instant)).toThrow(new RangeError('the clock shows whole milliseconds of the years 0000 to 9999'));
      expect(() => clock.advance(instant - 5_000)).toThrow(RangeError);
      expect(clock.read()).toMatchObject({ now: 5_000, frozen });
    },
  );

  test('is reset to its start setting, running', () => {
    clock.set(80_000);
    real.at += 9;
    clock.reset();
    expect(clock.read()).toEqual({ now: 5_000, frozen: false, offsetMs: 5_000 - real.at });
    real.at += 9;
    expect(clock.now()).toBe(5_009);
  });
});

test('a watcher gets exactly the instant of a move, while real time goes on', () => {
  const running = { now: () => real.at++ };
  const clock = new VirtualClock(5_000, running);
  const told: unknown[] = [];
  clock.watch((reading) => told.push(reading));
  const given = [clock.set(80_000), clock.freezeAt(90_000), clock.freeze(), clock.advance(10), clock.resume()];
  expect(given).toEqual(told);
  expect(told).toEqual([
    { now: 80_000, frozen: false, offsetMs: 80_000 - 1_000_001 },
    { now: 90_000, frozen: true, offsetMs: 90_000 - 1_000_002 },
    { now: 90_000, frozen: true, offsetMs: 90_000 - 1_000_003 },
    { now: 90_010, frozen: true, offsetMs: 90_010 - 1_000_004 },
    { now: 90_010, frozen: false, offsetMs: 90_010 - 1_000_005 },
  ]);
});

describe('freeze and resume', () => {
  test('a frozen clock shows one instant, and its offset follows real time', () => {
    const clock = new VirtualClock(5_000, real);
    real.at += 3;
    clock.freeze();
    real.at += 100;
    expect(clock.read()).toEqual({ now: 5_003, frozen: true, offsetMs: 5_003 - real.at });
  });

  test('freezing a frozen clock changes nothing', () => {
    const clock = new VirtualClock(5_000, real);
    clock.freeze();
    real.at += 100;
    clock.freeze();
    expect(clock.now()).toBe(5_000);
  });

  test('a resumed clock runs from the instant that it showed', () => {
    const clock = new VirtualClock(5_000, real);
    clock.freeze();
    real.at += 100;
    clock.resume();
    expect(clock.read()).toMatchObject({ now: 5_000, frozen: false });
    real.at += 7;
    expect(clock.now()).toBe(5_007);
  });

  test('resuming a running clock changes nothing', () => {
    const clock = new VirtualClock(5_000, real);
    real.at += 100;
    clock.resume();
    expect(clock.read()).toMatchObject({ now: 5_100, frozen: false });
  });

  test('a clock without a start setting is reset to real time', () => {
    const clock = new VirtualClock(undefined, real);
    clock.set(80_000);
    clock.freeze();
    clock.reset();
    expect(clock.read()).toEqual({ now: real.at, frozen: false, offsetMs: 0 });
  });
});

test('a clock stands still at the end of the year 9999', () => {
  const clock = new VirtualClock(latestInstant, real);
  real.at += 60_000;
  expect(clock.read()).toEqual({ now: latestInstant, frozen: false, offsetMs: latestInstant - real.at });
  expect(toIso(clock.now())).toBe('9999-12-31T23:59:59.999Z');
  clock.advance(-1);
  expect(clock.now()).toBe(latestInstant - 1);
});

test('two clocks are independent', () => {
  const [one, two] = [new VirtualClock(5_000, real), new VirtualClock(5_000, real)];
  one.advance(1);
  one.freeze();
  expect(two.read()).toMatchObject({ now: 5_000, frozen: false });
});

describe('RFC 3339 is written', () => {
  test.each([
    [0, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
    [1, '1970-01-01T00:00:00.001Z', '1970-01-01T00:00:00.001Z', '1970-01-01T00:00:00Z'],
    [120, '1970-01-01T00:00:00.120Z', '1970-01-01T00:00:00.12Z', '1970-01-01T00:00:00Z'],
    [999, '1970-01-01T00:00:00.999Z', '1970-01-01T00:00:00.999Z', '1970-01-01T00:00:00Z'],
    [10_000, '1970-01-01T00:00:10.000Z', '1970-01-01T00:00:10Z', '1970-01-01T00:00:10Z'],
    [-1, '1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59Z'],
    [earliestInstant, '0000-01-01T00:00:00.000Z', '0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    [latestInstant, '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59Z'],
  ])('%s in milliseconds, trimmed, and in seconds', (instant, iso, trimmed, seconds) => {
    expect([toIso(instant), toTrimmedIso(instant), toIsoSeconds(instant)]).toEqual([iso, trimmed, seconds]);
  });

  test('and the same again, and after more instants than are remembered', () => {
    const instants = Array.from({ length: 5000 }, (_, index) => (fromIso('2030-01-01T00:00:00Z') ?? 0) + index);
    const written = () => instants.map((instant) => [toIso(instant), toTrimmedIso(instant), toIsoSeconds(instant)]);
    const first = written();
    expect(first.map(([iso = '']) => fromIso(iso))).toEqual(instants);
    expect(first[1230]).toEqual(['2030-01-01T00:00:01.230Z', '2030-01-01T00:00:01.23Z', '2030-01-01T00:00:01Z']);
    expect(written()).toEqual(first);
  });

  test('an instant can be written only if its year has four digits', () => {
    const instants = [
      earliestInstant - 1,
      earliestInstant,
      latestInstant,
      latestInstant + 1,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ];
    expect(instants.map(isWritable)).toEqual([false, true, true, false, false, false, false]);
  });
});

describe('RFC 3339 is read', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01t00:00:00z', 0],
    ['1970-01-01T00:00:00.0Z', 0],
    ['1970-01-01T00:00:00.1Z', 100],
    ['1970-01-01T00:00:00.12Z', 120],
    ['1970-01-01T00:00:00.123Z', 123],
    ['1970-01-01T00:00:00.123999999999Z', 123],
    ['1970-01-01T00:00:00.0009Z', 0],
    ['1969-12-31T23:59:59.999Z', -1],
    ['1970-01-01T00:00:00+00:00', 0],
    ['1970-01-01T00:00:00-00:00', 0],
    ['1970-01-01T01:30:00+01:30', 0],
    ['1969-12-31T16:00:00-08:00', 0],
    ['1970-01-01T23:59:00+23:59', 0],
    ['0000-01-01T00:00:00.000Z', earliestInstant],
    ['9999-12-31T23:59:59.999Z', latestInstant],
    ['2024-02-29T12:00:00Z', 1_709_208_000_000],
    ['2000-02-29T00:00:00Z', 951_782_400_000],
  ])('%s', (text, instant) => {
    expect(fromIso(text)).toBe(instant);
  });

  test.each([
    ['30 February', '2030-02-30T00:00:00Z'],
    ['29 February of a year without one', '2030-02-29T00:00:00Z'],
    ['29 February 1900', '1900-02-29T00:00:00Z'],
    ['31 April', '2030-04-31T00:00:00Z'],
    ['month 0', '2030-00-01T00:00:00Z'],
    ['month 13', '2030-13-01T00:00:00Z'],
    ['day 0', '2030-01-00T00:00:00Z'],
    ['hour 24', '2030-01-01T24:00:00Z'],
    ['minute 60', '2030-01-01T00:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['an offset of 24 hours', '2030-01-01T00:00:00+24:00'],
    ['an offset of 60 minutes', '2030-01-01T00:00:00+01:60'],
    ['an offset without a colon', '2030-01-01T00:00:00+0100'],
    ['an offset in hours', '2030-01-01T00:00:00+01'],
    ['an offset with a Unicode minus', '2030-01-01T00:00:00\u221201:00'],
    ['no zone', '2030-01-01T00:00:00'],
    ['a zone by name', '2030-01-01T00:00:00 UTC'],
    ['a date alone', '2030-01-01'],
    ['no seconds', '2030-01-01T00:00Z'],
    ['a space for the T', '2030-01-01 00:00:00Z'],
    ['a fraction without digits', '2030-01-01T00:00:00.Z'],
    ['a fraction after a comma', '2030-01-01T00:00:00,5Z'],
    ['a year of two digits', '30-01-01T00:00:00Z'],
    ['a year of five digits', '12030-01-01T00:00:00Z'],
    ['a year with a sign', '+002030-01-01T00:00:00Z'],
    ['a month of one digit', '2030-1-01T00:00:00Z'],
    ['digits of another script', '２０３０-01-01T00:00:00Z'],
    ['a space before', ' 2030-01-01T00:00:00Z'],
    ['a line break after', '2030-01-01T00:00:00Z\n'],
    ['a number', '1893456000000'],
    ['nothing', ''],
    ['a word', 'tomorrow'],
  ])('but not %s', (_, text) => {
    expect(fromIso(text)).toBeUndefined();
  });

  test('everything that is written can be read', () => {
    const writable = fc.integer({ min: earliestInstant, max: latestInstant });
    fc.assert(
      fc.property(writable, (instant) => {
        expect([fromIso(toIso(instant)), fromIso(toTrimmedIso(instant))]).toEqual([instant, instant]);
        expect(fromIso(toIsoSeconds(instant))).toBe(Math.floor(instant / 1_000) * 1_000);
      }),
    );
  });
});

describe('a clock that stands as another one', () => {
  const pair = () => {
    const [one, other] = [new VirtualClock(5_000, real), new VirtualClock(undefined, real)];
    const moves: unknown[] = [];
    other.watch((reading) => moves.push(reading));
    return { one, other, moves, adopt: () => other.adopt(one.state) };
  };

  test('shows the same, running and frozen, and tells of each move', () => {
    const { one, other, moves, adopt } = pair();
    adopt();
    expect(other.read()).toEqual(one.read());
    real.at += 7;
    expect([other.now(), one.now()]).toEqual([5_007, 5_007]);
    one.freezeAt(9_000);
    adopt();
    real.at += 7;
    expect(other.read()).toEqual(one.read());
    one.resume();
    adopt();
    real.at += 7;
    expect([other.now(), one.now()]).toEqual([9_007, 9_007]);
    expect(moves).toEqual([
      { now: 5_000, frozen: false, offsetMs: 5_000 - 1_000_000 },
      { now: 9_000, frozen: true, offsetMs: 9_000 - 1_000_007 },
      { now: 9_000, frozen: false, offsetMs: 9_000 - 1_000_014 },
    ]);
  });

  test('does not tell of what it showed already', () => {
    const { one, other, moves, adopt } = pair();
    adopt();
    real.at += 7;
    adopt();
    one.freezeAt(9_000);
    adopt();
    other.adopt({ offsetMs: 1, frozenAt: 9_000 });
    expect(moves).toHaveLength(2);
  });

  test('says how it would stand after a reset', () => {
    const { one, other } = pair();
    one.freezeAt(9_000);
    real.at += 7;
    expect([one.startState, other.startState]).toEqual([
      { offsetMs: 5_000 - 1_000_007, frozenAt: null },
      { offsetMs: 0, frozenAt: null },
    ]);
  });
});
