import type { Entry } from '../journal/entry.ts';

/** Upper ends, in milliseconds, of the classes that durations are counted in. */
export const durationClassesMs = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000] as const;

/** Requests that are alike: how many there were, and how long they took. */
export interface RequestCount {
  readonly world: string;
  readonly provider: string;
  readonly operation: string;
  readonly status: number;
  count: number;
  sumMs: number;
  /** How many took no longer than each class says, one more for those beyond. */
  readonly byDuration: number[];
}

/** Counts requests as they are answered; the text of the metrics is made when somebody asks for it. */
export class RequestCounts {
  readonly #counts = new Map<string, RequestCount>();

  count(
    world: string,
    { provider, operation, status, durationMs }: Pick<Entry, 'provider' | 'operation' | 'status' | 'durationMs'>,
  ): void {
    const name = `${world} ${provider} ${operation ?? ''} ${status}`;
    let counted = this.#counts.get(name);
    if (counted === undefined) {
      const byDuration = new Array<number>(durationClassesMs.length + 1).fill(0);
      counted = { world, provider, operation: operation ?? '', status, count: 0, sumMs: 0, byDuration };
      this.#counts.set(name, counted);
    }
    counted.count += 1;
    counted.sumMs += durationMs;
    const index = durationClassesMs.findIndex((end) => durationMs <= end);
    const place = index === -1 ? durationClassesMs.length : index;
    counted.byDuration[place] = (counted.byDuration[place] ?? 0) + 1;
  }

  list(): readonly RequestCount[] {
    return [...this.#counts.values()];
  }

  /** A world that is gone is not counted any more. */
  forget(world: string): void {
    for (const [name, counted] of this.#counts) if (counted.world === world) this.#counts.delete(name);
  }
}
