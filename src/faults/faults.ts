import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Instant, stopwatchMs } from '../clock.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { KeyService } from '../core/key-service.ts';
import { noDelays, type PropagationDelays } from '../core/propagation.ts';
import type { Provider } from '../provider/provider.ts';
import { actOnRequest, answerOf, delaysOf, replacesAnswer, sentOf, withholdsAnswer } from './effects/index.ts';
import type { Fault, FaultTerms } from './fault.ts';
import type { Hit } from './hit.ts';
import { credentialFor, matches } from './matching.ts';
import { countsRequests, hasEnded, isSpent, noFaults, type StoredFaults, struck, unended, withAdded, without } from './stored.ts';

/** How late a provider sees changes, by its name. */
export type DelaysAt = (provider: string) => PropagationDelays;

/** What may happen to a fault: it ended by itself if it `died`. */
export const faultChanges = ['added', 'hit', 'removed', 'died'] as const;
export type FaultChange = (typeof faultChanges)[number];

/** Counts a request that faults with these ids match, where the faults are not this process's own; gives the ids of those that hit. */
export type Count = (ids: readonly string[]) => Promise<readonly string[]>;

/** Who is told of what happens to faults, and who counts. */
export interface FaultsParts {
  /** Called for everything that happens to a fault. */
  onChange(change: FaultChange, fault: Fault): void;
  /** Called whenever the delays may have changed. */
  delayChanges(delaysAt: DelaysAt): void;
  /** If omitted: they are counted here. */
  readonly count?: Count | undefined;
}

/** A request before its credential is checked. */
interface Target {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: Provider;
  readonly keys: KeyService;
}

/** The faults that hit a request. */
interface Struck {
  readonly faults: readonly Fault[];
  readonly hit: Hit;
}

const none: readonly string[] = [];

/** The faults of a world. Nothing about them is random, so that a test repeats exactly. */
export class Faults {
  readonly #parts: FaultsParts;
  readonly #hits = new WeakMap<FastifyRequest, Struck>();
  /** They end by the stopwatch. */
  #stored: StoredFaults = noFaults;
  /** Whether any request was hit: while none was, nothing is looked up. */
  #hasHit = false;
  #nextEnd: NodeJS.Timeout | undefined;

  constructor(parts: FaultsParts) {
    this.#parts = parts;
  }

  get isEmpty(): boolean {
    return this.#stored.list.length === 0;
  }

  /** The number of the last one that was added. */
  get last(): number {
    return this.#stored.last;
  }

  /** The faults that have not ended, the oldest first. */
  list(): readonly Fault[] {
    this.removeEnded();
    return this.#stored.list;
  }

  /** Undefined if there are `mostFaults` faults already. */
  add(terms: FaultTerms): Fault | undefined {
    this.removeEnded();
    const [stored, fault] = withAdded(this.#stored, terms, stopwatchMs());
    if (fault === undefined) return undefined;
    this.#replaceBy(stored);
    this.#parts.onChange('added', fault);
    return fault;
  }

  /** False for an unknown id. */
  remove(id: string): boolean {
    return this.#remove(id) > 0;
  }

  removeAll(): void {
    this.#remove(null);
  }

  /** Removes all of them without a word: for a reset, which is told itself, and for the end of the world. */
  clear(): void {
    this.#replaceBy({ ...this.#stored, list: [] });
  }

  /** Takes over how the faults stand elsewhere, as of `realNow`, and tells what has happened to them since. */
  adopt(stored: StoredFaults, realNow: Instant): void {
    // Several processes have their real time in common, but not their stopwatches.
    const ahead = stopwatchMs() - realNow;
    const [before, now] = [this.#stored.list, stopwatchMs()];
    const after = stored.list.map((fault) => ({ ...fault, endsAt: fault.endsAt + ahead }));
    this.#replaceBy(unended({ ...stored, list: after }, now));
    for (const fault of before)
      this.#tellOf(
        fault,
        after.find(({ id }) => id === fault.id),
        now,
      );
    const added = this.#stored.list.filter(({ id }) => !before.some((fault) => fault.id === id));
    for (const fault of added) this.#parts.onChange('added', fault);
  }

  #tellOf(before: Fault, after: Fault | undefined, now: number): void {
    const { onChange } = this.#parts;
    if (after !== undefined && after.hits > before.hits) onChange('hit', after);
    if (after === undefined) onChange(hasEnded(before, now) || isSpent(before) ? 'died' : 'removed', before);
    else if (hasEnded(after, now)) onChange('died', after);
  }

  #remove(id: string | null): number {
    this.removeEnded();
    const [stored, removed] = without(this.#stored, id, stopwatchMs());
    if (removed.length > 0) this.#replaceBy(stored);
    for (const fault of removed) this.#parts.onChange('removed', fault);
    return removed.length;
  }

  /** Removes the faults whose time is up or that have hit as often as they should. Call this before their effects are seen. */
  removeEnded(): void {
    const before = this.#stored;
    if (before.list.length === 0) return;
    const now = stopwatchMs();
    const rest = unended(before, now);
    if (rest === before) return;
    this.#replaceBy(rest);
    for (const fault of before.list) if (!rest.list.includes(fault)) this.#parts.onChange('died', fault);
  }

  /** Lets the faults that match act on a request. Throws if one of them answers the request. */
  async strike({ request, reply, provider, keys }: Target): Promise<void> {
    this.removeEnded();
    const { list } = this.#stored;
    if (list.length === 0) return;
    const credential = await credentialFor(list, request, provider, keys);
    // While the credential was looked up, another request may have spent one of them.
    const matching = this.#stored.list.filter((fault) => countsRequests(fault) && matches(fault, request, provider, credential));
    if (matching.length === 0) return;
    const counted = this.#count(matching.map(({ id }) => id));
    const ids = counted instanceof Promise ? await counted : counted;
    const faults = ids.map((id) => matching.find((fault) => fault.id === id)).filter((fault) => fault !== undefined);
    if (faults.length === 0) return;
    const hit: Hit = { request, reply, provider, key: credential.key };
    this.#hasHit = true;
    this.#hits.set(request, { faults, hit });
    await actOnRequest(effectsOf(faults), hit);
  }

  #count(ids: readonly string[]): MaybePromise<readonly string[]> {
    if (this.#parts.count !== undefined) return this.#parts.count(ids);
    const [stored, hitting] = struck(this.#stored, ids, stopwatchMs());
    this.#stored = stored;
    for (const id of hitting) {
      const fault = stored.list.find((one) => one.id === id);
      if (fault !== undefined) this.#parts.onChange('hit', fault);
    }
    this.removeEnded();
    return hitting;
  }

  /** The ids of the faults that hit a request. */
  hitsOf(request: FastifyRequest): readonly string[] {
    return this.#struckAt(request)?.faults.map(({ id }) => id) ?? none;
  }

  /** Whether a fault decides the answer to a request, or how much of it is sent, rather than only when. */
  decides(request: FastifyRequest): boolean {
    const struck = this.#struckAt(request);
    return struck?.faults.some(({ effect }) => replacesAnswer(effect) || withholdsAnswer(effect)) ?? false;
  }

  /** The payload that a request is answered with, made from the provider's `payload`. */
  answered(request: FastifyRequest, payload: unknown): unknown {
    const struck = this.#struckAt(request);
    return struck === undefined ? payload : answerOf(effectsOf(struck.faults), payload, struck.hit);
  }

  /** What is sent of an answer, and how. */
  sent(request: FastifyRequest, answer: unknown): unknown {
    const struck = this.#struckAt(request);
    return struck === undefined ? answer : sentOf(effectsOf(struck.faults), answer, struck.hit);
  }

  #struckAt(request: FastifyRequest): Struck | undefined {
    return this.#hasHit ? this.#hits.get(request) : undefined;
  }

  /** If several faults delay the same kind of change at the same provider, the last one counts. */
  #replaceBy(stored: StoredFaults): void {
    this.#stored = stored;
    this.#awaitNextEnd();
    this.#parts.delayChanges((provider) => {
      const meant = stored.list.filter(({ match }) => match.provider === undefined || match.provider === provider);
      const delays = { ...noDelays };
      for (const { effect } of meant) Object.assign(delays, delaysOf(effect));
      return delays;
    });
  }

  /** Faults are removed when they have ended even if nobody asks for them: who listens is told. */
  #awaitNextEnd(): void {
    clearTimeout(this.#nextEnd);
    if (this.#stored.list.length === 0) return;
    const endsAtMs = Math.min(...this.#stored.list.map(({ endsAt }) => endsAt));
    const end = () => {
      this.removeEnded();
      // A timer may be early by a part of a millisecond.
      this.#awaitNextEnd();
    };
    this.#nextEnd = setTimeout(end, Math.max(0, endsAtMs - stopwatchMs()) + 1).unref();
  }
}

function effectsOf(faults: readonly Fault[]) {
  return faults.map(({ effect }) => effect);
}
