import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import type { KeyService, Keys } from '../core/key-service.ts';
import type { Truth } from '../http/decision.ts';
import { toReply } from '../http/errors.ts';
import type { Gate, Introspected, Question, RecordedRequest } from '../http/gate.ts';
import type { RequestWorld } from '../http/request-world.ts';
import { type Demand, Trace } from '../http/trace.ts';
import { knownOf } from '../journal/known.ts';
import { type Redactor, redactorOfAny } from '../journal/redact.ts';
import type { ChosenMutant, MutantName } from '../provider/mutants.ts';
import type { Provider } from '../provider/provider.ts';
import { admissionsOf, type Refused } from './admissions.ts';
import { isAtItsLast, refusedEarly } from './alterations.ts';
import { decisionOf, withAnswer } from './decisions.ts';
import { MutantKeys } from './keys.ts';
import { Tally } from './tally.ts';
import { trialOf, wouldEnter } from './trial.ts';

export interface GateParts {
  readonly mutant: ChosenMutant;
  /** Those that are running. */
  readonly providers: readonly Provider[];
}

/** The gate of a latchkey that was told to fail on purpose, or with `none` to record where each mutant would. */
export function createGate(parts: GateParts): Gate {
  return new MutantGate(parts);
}

const byKind = { role: 'ignore-role', tenant: 'ignore-tenant', owner: 'ignore-owner' } as const;

class MutantGate implements Gate {
  readonly mutant: ChosenMutant;
  readonly report: NonNullable<Gate['report']>;
  readonly #providers: readonly Provider[];
  readonly #tally: Tally;
  readonly #redactor: Redactor;

  constructor({ mutant, providers }: GateParts) {
    this.mutant = mutant;
    this.#providers = providers;
    this.#tally = new Tally(mutant, providers);
    this.#redactor = redactorOfAny(providers.map((provider) => provider.secrets));
    this.report = () => this.#tally.report();
  }

  async admit(request: FastifyRequest, provider: Provider, refusal: EmulatorError, requires: string | undefined) {
    const { trace, world, now, keys, headers } = request;
    const { code } = refusal;
    // An accepted key is refused all the same where its owner is gone.
    if (trace.decision?.mutant === 'expire-early') return this.#early(request, provider, refusal, requires);
    const isOfOwner = trace.isAuthenticated && code !== 'credential_malformed';
    if (trace.decision !== undefined || isOfOwner) return undefined;
    const { secret } = trace;
    const key = secret === undefined ? undefined : await keys.findBySecret(secret);
    const { status } = toReply(provider.errors, refusal, request);
    const refused = { world, provider, others: this.#othersThan(provider), code, secret, key, now, headers };
    const admitted: ApiKey[] = [];
    for (const admission of await admissionsOf(refused)) {
      if (!(await wouldEnter(admission, { request, provider, requires, status }))) continue;
      if (!this.#tally.reach(admission.mutant, provider.name)) continue;
      trace.decision = decisionOf({ ...admission, provider: provider.name, key, now, truth: { status, code } });
      admitted.push(admission.as);
    }
    return admitted[0];
  }

  /** What would have become of a request whose key was refused too early: where it is refused all the same, nothing has happened. */
  async #early(request: FastifyRequest, provider: Provider, refusal: EmulatorError, requires: string | undefined) {
    const { trace, keys, now } = request;
    const key = trace.secret === undefined ? undefined : await keys.findBySecret(trace.secret);
    if (key === undefined) return undefined;
    const { status } = toReply(provider.errors, refusal, request);
    const { truth, error } = await trialOf(key, { request, provider, requires }, true);
    if (truth.status === status) {
      trace.decision = undefined;
      trace.key = key;
      trace.isAuthenticated = true;
      trace.isPermitted = false;
      throw error;
    }
    trace.decision = decisionOf({ mutant: 'expire-early', provider: provider.name, key, now, truth });
    return undefined;
  }

  pass(request: FastifyRequest, demand: Demand): boolean {
    const { trace, now, apiKey: key } = request;
    const { provider } = key;
    const mutant = byKind[demand.kind];
    if (trace.isTrial) return false;
    // The first demand that is not met is the truth, and the answer stays the same where a later one is not met either.
    if (trace.decision !== undefined) {
      const isSame = trace.decision.mutant === mutant;
      if (!isSame && isOfDemand(trace.decision.mutant)) trace.decision = undefined;
      return isSame;
    }
    if (!this.#tally.reach(mutant, provider)) return false;
    const code = 'permission_denied';
    const errors = this.#providers.find(({ name }) => name === provider)?.errors;
    const refusal = new EmulatorError(code, { required: demand.required });
    const status = errors === undefined ? 403 : toReply(errors, refusal, request).status;
    trace.decision = decisionOf({ mutant, provider, key, now, demand, truth: { status, code } });
    return true;
  }

  keysOf(keys: KeyService, request: FastifyRequest, provider: Provider): Keys {
    const { trace, world, now, resources } = request;
    const { name } = provider;
    return new MutantKeys(keys, {
      provider,
      resources,
      now,
      isChosen: (mutant) => this.#tally.isChosen(mutant, name),
      reach: (mutant) => {
        if (trace.decision === undefined) this.#tally.reach(mutant, name);
      },
      decide: (mutant, key) => {
        trace.decision ??= decisionOf({ mutant, provider: name, key, now });
      },
      judge: async (secret, truth) => {
        if (trace.decision !== undefined) return truth;
        const judged = await this.#judge(world, provider, secret, truth, now);
        if (judged !== undefined) trace.decision = judged.decision;
        return judged ?? truth;
      },
      lost: (print) => world.secrets.noteUnstored(print),
    });
  }

  async introspect({ request, provider, secret, now }: Question, found: Introspected) {
    const { world } = request;
    const truth = { status: statusOf(found.refusal, provider, request, now), code: found.refusal?.code ?? null };
    const judged = await this.#judge(world, provider, secret, found, now, truth);
    if (judged === undefined) return found;
    this.#tally.told(judged.decision, () => this.#shownMark(world, secret));
    return judged;
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    const { trace, world, mark } = request;
    if (trace.decision === undefined) return;
    trace.decision = withAnswer(trace.decision, reply.statusCode);
    reply.header('x-latchkey-mutant', trace.decision.mutant);
    this.#tally.answered(trace.decision, reply, () => this.#shownMark(world, trace.secret, mark));
  }

  recorded({ trace: { decision } }: FastifyRequest, entry: RecordedRequest): void {
    if (decision !== undefined) this.#tally.recorded(decision, entry);
  }

  /** What is said of a secret whose key is not asked for anything; undefined: the truth. */
  async #judge(
    world: RequestWorld,
    provider: Provider,
    secret: string,
    { key, refusal }: Introspected,
    now: Instant,
    truth?: Truth,
  ) {
    const { name } = provider;
    const facts = { provider: name, key, now, ...(truth && { truth }) };
    if (refusal === undefined) {
      if (key === undefined || !isAtItsLast(key, now) || !this.#tally.reach('expire-early', name)) return undefined;
      const decision = decisionOf({ ...facts, mutant: 'expire-early' });
      return { decision, key, refusal: refusedEarly(key) };
    }
    const { code } = refusal;
    const refused: Refused = { world, provider, others: this.#othersThan(provider), code, secret, key, now };
    const admissions = await admissionsOf(refused);
    const chosen = admissions.filter(({ mutant }) => this.#tally.reach(mutant, name))[0];
    if (chosen === undefined) return undefined;
    return { decision: decisionOf({ ...facts, ...chosen }), key: chosen.as };
  }

  #othersThan(provider: Provider): readonly Provider[] {
    return this.#providers.filter(({ name }) => name !== provider.name);
  }

  /** What a world says that its requests belong to, without secrets. */
  #shownMark({ secrets, mark: present }: RequestWorld, secret: string | undefined, mark: string | null = present): string | null {
    if (mark === null) return null;
    return this.#redactor.text(mark, knownOf(secrets, secret));
  }
}

/** The status with which a provider answers a request with a key that it refuses; 200 stands for whatever it answers otherwise. */
function statusOf(refusal: Introspected['refusal'], { errors }: Provider, request: FastifyRequest, now: Instant): number {
  if (refusal === undefined) return 200;
  const asked: FastifyRequest = Object.create(request);
  asked.trace = new Trace();
  asked.now = now;
  return toReply(errors, refusal, asked).status;
}

function isOfDemand(mutant: MutantName): boolean {
  return Object.values<MutantName>(byKind).includes(mutant);
}
