import type { Entry } from '../journal/entry.ts';

/** The upper bounds, in milliseconds, of the buckets in which durations are counted. */
export const durationBoundsMs = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000] as const;

/** The number and the durations of requests with the same labels. */
export interface RequestCount {
  readonly world: string;
  /** Empty if no provider owns the path. */
  readonly provider: string;
  readonly operation: string;
  readonly status: number;
  count: number;
  sumMs: number;
  /** The number of requests in each bucket; the last one is for durations above all bounds. */
  readonly byDuration: number[];
}

/** Counts requests as they are answered. The text of the metrics is made when it is asked for. */
export class RequestCounts {
  readonly #counts = new Map<string, RequestCount>();

  count(
    world: string,
    { provider, operation, status, durationMs }: Pick<Entry, 'provider' | 'operation' | 'status' | 'durationMs'>,
  ): void {
    const name = `${world} ${provider} ${operation ?? ''} ${status}`;
    let counted = this.#counts.get(name);
    if (counted === undefined) {
      const byDuration = new Array<number>(durationBoundsMs.length + 1).fill(0);
      counted = { world, provider: provider ?? '', operation: operation ?? '', status, count: 0, sumMs: 0, byDuration };
      this.#counts.set(name, counted);
    }
    counted.count += 1;
    counted.sumMs += durationMs;
    const index = durationBoundsMs.findIndex((end) => durationMs <= end);
    const place = index === -1 ? durationBoundsMs.length : index;
    counted.byDuration[place] = (counted.byDuration[place] ?? 0) + 1;
  }

  list(): readonly RequestCount[] {
    return [...this.#counts.values()];
  }

  /** Removes the counts of a world that was dropped. */
  forget(world: string): void {
    for (const [name, counted] of this.#counts) if (counted.world === world) this.#counts.delete(name);
  }
}
