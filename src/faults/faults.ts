import type { FastifyReply, FastifyRequest } from 'fastify';
import { stopwatchMs } from '../clock.ts';
import type { KeyService } from '../core/key-service.ts';
import { noDelays, type PropagationDelays } from '../core/propagation.ts';
import type { Provider } from '../provider/provider.ts';
import {
  actOnRequest,
  actsOnChanges,
  actsOnRequests,
  answerOf,
  delaysOf,
  replacesAnswer,
  sentOf,
  withholdsAnswer,
} from './effects/index.ts';
import type { Fault, FaultTerms } from './fault.ts';
import type { Hit } from './hit.ts';
import { credentialFor, matches } from './matching.ts';

/** How late a provider sees changes, by its name. */
export type DelaysAt = (provider: string) => PropagationDelays;

/** What may happen to a fault: it ended by itself if it `died`. */
export const faultChanges = ['added', 'hit', 'removed', 'died'] as const;
export type FaultChange = (typeof faultChanges)[number];

/** More faults would slow every request down. */
export const mostFaults = 1000;

/** A request before its credential is checked. */
interface Target {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: Provider;
  readonly keys: KeyService;
}

/** The faults of a world. Nothing about them is random, so that a test repeats exactly. */
export class Faults {
  readonly #onChange: (change: FaultChange, fault: Fault) => void;
  readonly #delayChanges: (delaysAt: DelaysAt) => void;
  readonly #hits = new WeakMap<FastifyRequest, { readonly faults: readonly Fault[]; readonly hit: Hit }>();
  #faults: Fault[] = [];
  #lastId = 0;
  #nextEnd: NodeJS.Timeout | undefined;

  /** `onChange` is called for everything that happens to a fault, `delayChanges` whenever the delays may have changed. */
  constructor(onChange: (change: FaultChange, fault: Fault) => void, delayChanges: (delaysAt: DelaysAt) => void) {
    this.#onChange = onChange;
    this.#delayChanges = delayChanges;
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /** The faults that have not ended, the oldest first. */
  list(): readonly Fault[] {
    this.removeEnded();
    return this.#faults;
  }

  /** Undefined if there are `mostFaults` faults already. */
  add(terms: FaultTerms): Fault | undefined {
    this.removeEnded();
    if (this.#faults.length >= mostFaults) return undefined;
    this.#lastId += 1;
    const endsAtMs = stopwatchMs() + terms.ttlMs;
    const fault: Fault = { ...terms, id: `f${this.#lastId}`, seen: 0, hits: 0, endsAtMs };
    this.#replaceBy([...this.#faults, fault]);
    this.#onChange('added', fault);
    return fault;
  }

  /** False for an unknown id. */
  remove(id: string): boolean {
    this.removeEnded();
    const found = this.#faults.filter((fault) => fault.id === id);
    this.#removeAll(found, 'removed');
    return found.length > 0;
  }

  removeAll(): void {
    this.removeEnded();
    this.#removeAll(this.#faults, 'removed');
  }

  /** Removes all of them without a word: for a reset, which is told itself, and for the end of the world. */
  clear(): void {
    this.#replaceBy([]);
  }

  #removeAll(gone: readonly Fault[], change: FaultChange): void {
    if (gone.length === 0) return;
    this.#replaceBy(this.#faults.filter((fault) => !gone.includes(fault)));
    for (const fault of gone) this.#onChange(change, fault);
  }

  /** Removes the faults whose time is up or that have hit as often as they should. Call this before their effects are seen. */
  removeEnded(): void {
    if (this.#faults.length === 0) return;
    const now = stopwatchMs();
    // A fault that delays changes continues to do so, however often it has hit.
    const hasEnded = (fault: Fault) => now >= fault.endsAtMs || (isSpent(fault) && !actsOnChanges(fault.effect));
    if (this.#faults.some(hasEnded)) this.#removeAll(this.#faults.filter(hasEnded), 'died');
  }

  /** Lets the faults that match act on a request. Throws if one of them answers the request. */
  async strike({ request, reply, provider, keys }: Target): Promise<void> {
    this.removeEnded();
    if (this.#faults.length === 0) return;
    const credential = await credentialFor(this.#faults, request, provider, keys);
    const due = this.#faults.filter((fault) => matches(fault, request, provider, credential) && isDue(fault));
    // A request gets one answer: another fault that would answer waits for the next request.
    const answering = due.filter(({ effect }) => replacesAnswer(effect));
    const struck = [...due.filter((fault) => !answering.includes(fault)), ...answering.slice(0, 1)];
    if (struck.length === 0) return;
    const hit: Hit = { request, reply, provider, key: credential.key };
    this.#hits.set(request, { faults: struck, hit });
    for (const fault of struck) {
      fault.hits += 1;
      this.#onChange('hit', fault);
    }
    this.removeEnded();
    await actOnRequest(effectsOf(struck), hit);
  }

  /** The ids of the faults that hit a request. */
  hitsOf(request: FastifyRequest): readonly string[] {
    return this.#hits.get(request)?.faults.map(({ id }) => id) ?? [];
  }

  /** Whether a fault decides the answer to a request, or how much of it is sent, rather than only when. */
  decides(request: FastifyRequest): boolean {
    const struck = this.#hits.get(request)?.faults ?? [];
    return struck.some(({ effect }) => replacesAnswer(effect) || withholdsAnswer(effect));
  }

  /** The payload that a request is answered with, made from the provider's `payload`. */
  answered(request: FastifyRequest, payload: unknown): unknown {
    const struck = this.#hits.get(request);
    return struck === undefined ? payload : answerOf(effectsOf(struck.faults), payload, struck.hit);
  }

  /** What is sent of an answer, and how. */
  sent(request: FastifyRequest, answer: unknown): unknown {
    const struck = this.#hits.get(request);
    return struck === undefined ? answer : sentOf(effectsOf(struck.faults), answer, struck.hit);
  }

  /** If several faults delay the same kind of change at the same provider, the last one counts. */
  #replaceBy(faults: Fault[]): void {
    this.#faults = faults;
    this.#awaitNextEnd();
    this.#delayChanges((provider) => {
      const meant = faults.filter(({ match }) => match.provider === undefined || match.provider === provider);
      const delays = { ...noDelays };
      for (const { effect } of meant) Object.assign(delays, delaysOf(effect));
      return delays;
    });
  }

  /** Faults are removed when they have ended even if nobody asks for them: who listens is told. */
  #awaitNextEnd(): void {
    clearTimeout(this.#nextEnd);
    if (this.#faults.length === 0) return;
    const endsAtMs = Math.min(...this.#faults.map((fault) => fault.endsAtMs));
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

function isSpent({ times, hits }: Fault): boolean {
  return times !== null && hits >= times;
}

/** Counts a matching request. True if the fault hits it. */
function isDue(fault: Fault): boolean {
  if (!actsOnRequests(fault.effect) || isSpent(fault)) return false;
  fault.seen += 1;
  return fault.seen > fault.skip;
}
