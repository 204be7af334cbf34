/** Something on the timeline. */
export interface Moment {
  readonly atMs: number;
  readonly label: string;
}

/** What a timeline shows, in milliseconds. */
export interface Window {
  readonly fromMs: number;
  readonly spanMs: number;
}

/** Moments too near to one another to be told apart. */
export interface Bin {
  /** From 0 to 1000. */
  readonly x: number;
  readonly count: number;
  /** The first of them. */
  readonly label: string;
  /** At most five of them. */
  readonly titles: readonly string[];
}

export const width = 1000;
const binWidth = 4;
/** Where now is: a tenth from the left, so that there is a past. */
const share = 0.1;

const hour = 3_600_000;
/** The spans to choose from, by name. `fit` reaches to the next event. */
export const spans: Readonly<Record<string, number>> = {
  '1 h': hour,
  '1 d': 24 * hour,
  '30 d': 720 * hour,
  '1 y': 8766 * hour,
};

/** The window around now. `fit` has the next event at two thirds, and an hour if there is none. */
export function windowAround(nowMs: number, span: string, nextMs: number | undefined): Window {
  const fitting = nextMs === undefined || nextMs <= nowMs ? hour : Math.max(10_000, (nextMs - nowMs) * 1.6);
  const spanMs = spans[span] ?? fitting;
  return { fromMs: nowMs - spanMs * share, spanMs };
}

/** Where an instant is in a window, from 0 to 1000; beyond for what is outside. */
export function placeIn({ fromMs, spanMs }: Window, atMs: number): number {
  return ((atMs - fromMs) / spanMs) * width;
}

/** The counterpart of `placeIn`, in whole milliseconds. */
export function instantIn({ fromMs, spanMs }: Window, place: number): number {
  return Math.round(fromMs + (place / width) * spanMs);
}

/** The moments of a window in bins: 250 at most, however many they are. */
export function binsOf(moments: Iterable<Moment>, window: Window): readonly Bin[] {
  const bins = new Map<number, { count: number; titles: string[] }>();
  for (const { atMs, label } of moments) {
    const x = placeIn(window, atMs);
    if (x < 0 || x >= width) continue;
    const place = Math.floor(x / binWidth) * binWidth;
    const bin = bins.get(place) ?? { count: 0, titles: [] };
    bin.count += 1;
    if (bin.titles.length < 5) bin.titles.push(label);
    bins.set(place, bin);
  }
  const sorted = [...bins].sort(([one], [other]) => one - other);
  return sorted.map(([x, { count, titles }]) => ({ x, count, label: titles[0] ?? '', titles }));
}

/** Which bins have room for a label: those that come at least `room` units after the last labelled one. */
export function labelled(bins: readonly Bin[], room = 130): readonly Bin[] {
  const chosen: Bin[] = [];
  for (const bin of bins) if (bin.x - (chosen.at(-1)?.x ?? Number.NEGATIVE_INFINITY) >= room) chosen.push(bin);
  return chosen;
}
