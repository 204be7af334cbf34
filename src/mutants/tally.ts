import type { FastifyReply } from 'fastify';
import type { Decision } from '../http/decision.ts';
import type { EvidenceLike, MutantReportLike, RecordedRequest } from '../http/gate.ts';
import { settingOf } from '../provider/mutant-words.ts';
import type { ChosenMutant, MutantName } from '../provider/mutants.ts';
import { mutantNames } from '../provider/mutants.ts';
import type { Provider } from '../provider/provider.ts';

/** So many decisions are shown. */
const mostEvidence = 20;

/** One of them, and the journal entry that tells of it, if it has one. */
interface Kept {
  readonly decision: Decision;
  readonly answered: number | null;
  /** As it is shown, where there is no entry. */
  readonly mark: string | null;
  entry: RecordedRequest | undefined;
}

/** What a mutant has done, and how often each one would have acted. */
export class Tally {
  readonly #chosen: ChosenMutant;
  readonly #providers: readonly Provider[];
  readonly #times = new Map<string, number>();
  readonly #kept: Kept[] = [];
  /** A hook that fails sends another answer. */
  readonly #seen = new WeakSet<Decision>();
  readonly #byDecision = new WeakMap<Decision, Kept>();
  #acted = 0;

  constructor(chosen: ChosenMutant, providers: readonly Provider[]) {
    this.#chosen = chosen;
    this.#providers = providers;
  }

  /** Whether a mutant is the one that was chosen, for this provider. */
  isChosen(mutant: MutantName, provider: string): boolean {
    const { name, provider: only } = this.#chosen;
    return name === mutant && (only === null || only === provider);
  }

  /** Counts that the truth came to a decision that a mutant changes. Returns whether that is the one that was chosen. */
  reach(mutant: MutantName, provider: string): boolean {
    const id = settingOf({ name: mutant, provider });
    this.#times.set(id, (this.#times.get(id) ?? 0) + 1);
    return this.isChosen(mutant, provider);
  }

  /** Keeps a decision about a request that is about to be answered. */
  answered(decision: Decision, { statusCode }: FastifyReply, mark: () => string | null): void {
    if (this.#seen.has(decision)) return;
    this.#seen.add(decision);
    this.#keep(decision, { answered: statusCode, mark });
  }

  /** Keeps a decision about something that latchkey itself was asked. */
  told(decision: Decision, mark: () => string | null): void {
    this.#keep(decision, { answered: null, mark });
  }

  /** The journal entry of the request that a decision is about. */
  recorded(decision: Decision, entry: RecordedRequest): void {
    const kept = this.#byDecision.get(decision);
    if (kept !== undefined) kept.entry = entry;
  }

  async report(): Promise<MutantReportLike> {
    const { name: mutant, provider } = this.#chosen;
    const evidence = await Promise.all(this.#kept.map(evidenceOf));
    const pairs = this.#providers.flatMap(({ name }) => mutantNames.map((one) => ({ mutant: one, provider: name })));
    const reachable = pairs.flatMap((pair) => {
      const times = this.#times.get(settingOf({ name: pair.mutant, provider: pair.provider })) ?? 0;
      return times === 0 ? [] : [{ ...pair, times }];
    });
    return { mutant, provider, acted: this.#acted, evidence, reachable };
  }

  #keep(decision: Decision, { mark, ...facts }: Pick<Kept, 'answered'> & { mark(): string | null }): void {
    this.#acted += 1;
    if (this.#kept.length >= mostEvidence) return;
    const kept: Kept = { decision, ...facts, mark: mark(), entry: undefined };
    this.#kept.push(kept);
    this.#byDecision.set(decision, kept);
  }
}

/** The texts of an entry are made when somebody looks, and without secrets. */
async function evidenceOf({ decision, answered, mark, entry }: Kept): Promise<EvidenceLike> {
  await entry?.texts.prepareHead();
  const { provider, key, truth, says } = decision;
  const head = entry?.texts.head();
  return {
    request: entry === undefined ? null : String(entry.id),
    mark: head === undefined ? mark : head.mark,
    provider,
    operation: entry?.operation ?? null,
    method: entry?.method ?? null,
    path: head?.path ?? null,
    key,
    truth,
    answered: entry?.status ?? answered,
    says,
  };
}
