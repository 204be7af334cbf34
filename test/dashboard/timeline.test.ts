import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binsOf, instantIn, labelled, placeIn, width, windowAround } from '../../src/dashboard/state/timeline.ts';

const hour = 3_600_000;

describe('the window', () => {
  test.each([
    ['fit', undefined, { fromMs: 0.9 * hour, spanMs: hour }],
    ['fit', 11 * hour, { fromMs: hour - 1.6 * hour, spanMs: 16 * hour }],
    ['fit', hour + 1, { fromMs: hour - 1000, spanMs: 10_000 }],
    ['fit', hour / 2, { fromMs: 0.9 * hour, spanMs: hour }],
    ['1 d', 11 * hour, { fromMs: -1.4 * hour, spanMs: 24 * hour }],
  ])('%s with the next event at %s', (span, next, window) => {
    const { fromMs, spanMs } = windowAround(hour, span, next);
    expect(fromMs).toBeCloseTo(window.fromMs, 3);
    expect(spanMs).toBeCloseTo(window.spanMs, 3);
    expect(placeIn({ fromMs, spanMs }, hour)).toBeCloseTo(width / 10, 6);
  });

  test('a place and its instant belong together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1_000_000, max: 1e12 }), (place, spanMs) => {
        const window = { fromMs: 1.9e12, spanMs };
        expect(Math.abs(placeIn(window, instantIn(window, place)) - place)).toBeLessThan(0.001);
      }),
    );
  });
});

describe('bins', () => {
  const window = { fromMs: 0, spanMs: 1000 };
  const moment = (atMs: number) => ({ atMs, label: `k${atMs}` });

  test('of four units, with the first label and five titles', () => {
    const moments = [3, 0, 1, 2, 3.9, 3.5, 4, 999, 1000, -1].map(moment);
    expect(binsOf(moments, window)).toEqual([
      { x: 0, count: 6, label: 'k3', titles: ['k3', 'k0', 'k1', 'k2', 'k3.9'] },
      { x: 4, count: 1, label: 'k4', titles: ['k4'] },
      { x: 996, count: 1, label: 'k999', titles: ['k999'] },
    ]);
  });

  test('250 at most, and every moment of the window is in one', () => {
    const moments = Array.from({ length: 5000 }, (_, place) => moment(place / 5));
    const bins = binsOf(moments, window);
    expect(bins).toHaveLength(250);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
  });

  test('have a label where there is room', () => {
    const bins = binsOf([0, 100, 140, 500].map(moment), window);
    expect(labelled(bins).map(({ x }) => x)).toEqual([0, 140, 500]);
  });
});
