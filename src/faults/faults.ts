import type { FastifyReply, FastifyRequest } from 'fastify';
import { stopwatchMs } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { atOnce, type KeyService, type Propagation } from '../core/key-service.ts';
import { hashSecret } from '../core/secret.ts';
import { operationIdOf } from '../provider/operations.ts';
import type { Provider } from '../provider/provider.ts';
import {
  actOnRequest,
  actOnSend,
  answerOf,
  breaksOff,
  type Effect,
  isAnswer,
  isKnownTo,
  propagationOf,
} from './effects/index.ts';
import type { FaultMatch } from './fault.ts';
import type { Hit } from './hit.ts';

/** What a fault is to be, as it was read. */
export interface FaultTerms {
  readonly match: Omit<FaultMatch, 'credential'>;
  /** Hashes of what its credential may be, a secret or a hint; null: any. Neither is kept. */
  readonly credential: readonly string[] | null;
  readonly effect: Effect;
  readonly skip: number;
  readonly times: number | null;
  readonly ttlMs: number;
}

/** A fault that lies in wait. */
export interface Fault extends FaultTerms {
  readonly id: string;
  /** Matching requests that it has seen, those that it spared among them. */
  seen: number;
  /** Requests that it has hit. */
  hits: number;
  /** When it dies, by a stopwatch. */
  readonly diesAtMs: number;
}

/** More would slow every request down. */
export const mostFaults = 1000;

/** A request and what there is to know of it before its credential is checked. */
interface Target {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly provider: Provider;
  readonly keys: KeyService;
}

/** The faults of a world. Each hits exactly the requests that its terms say, so that a test can repeat it. */
export class Faults {
  readonly #onHit: (fault: Fault, request: FastifyRequest) => void;
  readonly #propagate: (propagationAt: (provider: string) => Propagation) => void;
  readonly #hits = new WeakMap<FastifyRequest, { readonly faults: readonly Fault[]; readonly hit: Hit }>();
  #faults: Fault[] = [];
  #lastId = 0;

  /** `propagate` is told how late each provider sees changes. */
  constructor(
    onHit: (fault: Fault, request: FastifyRequest) => void,
    propagate: (propagationAt: (provider: string) => Propagation) => void,
  ) {
    this.#onHit = onHit;
    this.#propagate = propagate;
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /** The faults that are still there, the oldest first. */
  list(): readonly Fault[] {
    this.bury();
    return this.#faults;
  }

  /** Undefined where there are as many as there may be. */
  add(terms: FaultTerms): Fault | undefined {
    this.bury();
    if (this.#faults.length >= mostFaults) return undefined;
    this.#lastId += 1;
    const fault: Fault = {
      ...terms,
      id: `f${this.#lastId}`,
      seen: 0,
      hits: 0,
      diesAtMs: stopwatchMs() + terms.ttlMs,
    };
    this.#faults.push(fault);
    this.#settlePropagation();
    return fault;
  }

  /** False where there is none of this id. */
  remove(id: string): boolean {
    this.bury();
    const left = this.#faults.filter((fault) => fault.id !== id);
    const isGone = left.length < this.#faults.length;
    this.#faults = left;
    this.#settlePropagation();
    return isGone;
  }

  clear(): void {
    this.#faults = [];
    this.#settlePropagation();
  }

  /** Lets the faults that match act on a request. Throws what they answer with. */
  async strike({ request, reply, provider, keys }: Target): Promise<void> {
    this.bury();
    if (this.#faults.length === 0) return;
    const { secretHash, key } = await this.#credentialOf(request, provider, keys);
    const due = this.#faults.filter((fault) => matches(fault, request, provider, secretHash, key) && isDue(fault));
    // A request gets one answer, the last thing that is done: who would give another waits for the next request.
    const [answering] = due.filter(({ effect }) => isAnswer(effect));
    const struck = [...due.filter(({ effect }) => !isAnswer(effect)), ...(answering === undefined ? [] : [answering])];
    if (struck.length === 0) return;
    const hit: Hit = { request, reply, provider, key };
    this.#hits.set(request, { faults: struck, hit });
    for (const fault of struck) {
      fault.hits += 1;
      this.#onHit(fault, request);
    }
    for (const { effect } of struck) await actOnRequest(effect, hit);
  }

  /** The ids of the faults that hit a request. */
  hitsOf(request: FastifyRequest): readonly string[] {
    return this.#hits.get(request)?.faults.map(({ id }) => id) ?? [];
  }

  /** Whether a fault decides what a request is answered with, or how much of that is sent; others only take their time. */
  decides(request: FastifyRequest): boolean {
    return this.#hits.get(request)?.faults.some(({ effect }) => isAnswer(effect) || breaksOff(effect)) === true;
  }

  /** What a request is answered with instead of a payload. */
  answered(request: FastifyRequest, payload: unknown): unknown {
    const struck = this.#hits.get(request);
    if (struck === undefined) return payload;
    return struck.faults.reduce((answer, { effect }) => answerOf(effect, answer, struck.hit), payload);
  }

  /** What of an answer is sent, and how. */
  sent(request: FastifyRequest, answer: unknown): unknown {
    const struck = this.#hits.get(request);
    if (struck === undefined) return answer;
    // What is slow has to be cut while it is on its way, not before.
    const inOrder = struck.faults.toSorted((one, other) => Number(isCut(one)) - Number(isCut(other)));
    return inOrder.reduce((sent, { effect }) => actOnSend(effect, sent, struck.hit), answer);
  }

  async #credentialOf(request: FastifyRequest, provider: Provider, keys: KeyService) {
    if (!this.#faults.some(({ match, credential }) => match.key !== undefined || credential !== null)) return {};
    const secret = secretOf(request, provider);
    if (secret === undefined) return {};
    const secretHash = hashSecret(secret);
    return { secretHash, key: await keys.findFirst({ hash: secretHash }) };
  }

  /** Takes away the faults that have died or have hit as often as they should: to be called before anybody sees what they do. */
  bury(): void {
    if (this.#faults.length === 0) return;
    const now = stopwatchMs();
    // One that delays changes goes on doing so, however often it has hit.
    const left = this.#faults.filter(
      (fault) => now < fault.diesAtMs && (!isSpent(fault) || fault.effect.propagation !== undefined),
    );
    if (left.length === this.#faults.length) return;
    this.#faults = left;
    this.#settlePropagation();
  }

  /** Of several that say something of the same kind of change at the same provider the last one counts. */
  #settlePropagation(): void {
    this.#propagate((provider) => {
      const meant = this.#faults.filter(({ match }) => match.provider === undefined || match.provider === provider);
      const said = meant.map(({ effect }) => propagationOf(effect)).reverse();
      const lastOf = (change: keyof Propagation) => said.find((one) => one[change] !== undefined)?.[change] ?? atOnce[change];
      return { issueMs: lastOf('issueMs'), revokeMs: lastOf('revokeMs') };
    });
  }
}

function isCut({ effect }: Fault): boolean {
  return effect.truncate === true;
}

function isSpent({ times, hits }: Fault): boolean {
  return times !== null && hits >= times;
}

function isDue(fault: Fault): boolean {
  if (fault.effect.propagation !== undefined && Object.keys(fault.effect).length === 1) return false;
  if (isSpent(fault)) return false;
  fault.seen += 1;
  return fault.seen > fault.skip;
}

function matches(
  { match, credential, effect }: Fault,
  request: FastifyRequest,
  provider: Provider,
  secretHash: string | undefined,
  key: ApiKey | undefined,
): boolean {
  const { operation, method, path } = match;
  return (
    (match.provider === undefined || match.provider === provider.name) &&
    isKnownTo(effect, provider) &&
    (operation === undefined || operationIdOf(request) === operation) &&
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || isAt(path, request.target.path.slice(provider.name.length + 1))) &&
    (match.key === undefined || match.key === key?.id) &&
    (credential === null ||
      (secretHash !== undefined && credential.includes(secretHash)) ||
      (key !== undefined && credential.includes(hashSecret(key.hint))))
  );
}

function isAt(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

/** What a request presents as its secret; undefined where the provider would read none. */
function secretOf(request: FastifyRequest, provider: Provider): string | undefined {
  try {
    return provider.readCredential(request);
  } catch {
    return undefined;
  }
}
