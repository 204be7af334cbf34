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

type Labels = Pick<Entry, 'provider' | 'operation' | 'status'> & Pick<RequestCount, 'world'>;

/** Counts requests as they are answered. The text of the metrics is made when it is asked for. */
export class RequestCounts {
  /** In the order in which they were first counted. */
  readonly #counts = new Set<RequestCount>();
  /** The same by world, provider, operation and status: no text is made to find one. */
  readonly #byLabels = new Map<string, Map<string | null, Map<string | null, Map<number, RequestCount>>>>();

  count(
    world: string,
    { provider, operation, status, durationMs }: Pick<Entry, 'provider' | 'operation' | 'status' | 'durationMs'>,
  ): void {
    const known = this.#byLabels.get(world)?.get(provider)?.get(operation)?.get(status);
    const counted = known ?? this.#add({ world, provider, operation, status });
    counted.count += 1;
    counted.sumMs += durationMs;
    const place = bucketOf(durationMs);
    counted.byDuration[place] = (counted.byDuration[place] ?? 0) + 1;
  }

  list(): readonly RequestCount[] {
    return [...this.#counts];
  }

  /** Removes the counts of a world that was dropped. */
  forget(world: string): void {
    this.#byLabels.delete(world);
    for (const counted of this.#counts) if (counted.world === world) this.#counts.delete(counted);
  }

  #add({ world, provider, operation, status }: Labels): RequestCount {
    const byDuration = new Array<number>(durationBoundsMs.length + 1).fill(0);
    const added = { world, provider: provider ?? '', operation: operation ?? '', status, count: 0, sumMs: 0, byDuration };
    this.#counts.add(added);
    branch(branch(branch(this.#byLabels, world), provider), operation).set(status, added);
    return added;
  }
}

/** The map that another one has at a key; a new one if it has none. */
function branch<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const added = new Map<L, V>();
  map.set(key, added);
  return added;
}

function bucketOf(durationMs: number): number {
  let place = 0;
  while (place < durationBoundsMs.length && durationMs > (durationBoundsMs[place] ?? 0)) place += 1;
  return place;
}
