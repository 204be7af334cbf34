import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '../clock.ts';
import type { ApiKey, KeyRefusal } from '../core/api-key.ts';
import type { MaybePromise } from '../core/at-once.ts';
import type { EmulatorError } from '../core/errors.ts';
import type { KeyService, Keys } from '../core/key-service.ts';
import type { ChosenMutant } from '../provider/mutants.ts';
import type { Provider } from '../provider/provider.ts';
import type { Decision } from './decision.ts';
import type { Demand } from './trace.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Decides where the truth is a refusal. */
    gate: Gate;
  }
}

/** One decision of a mutant, as `GET /_latchkey/mutant` shows it; the fields are explained in `client/mutant.ts`. */
export interface EvidenceLike extends Omit<Decision, 'mutant'> {
  readonly request: string | null;
  readonly mark: string | null;
  readonly operation: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly answered: number | null;
}

/** What a mutant is and has done, as `GET /_latchkey/mutant` shows it. */
export interface MutantReportLike {
  readonly mutant: string;
  readonly provider: string | null;
  readonly acted: number;
  readonly evidence: readonly EvidenceLike[];
  readonly reachable: readonly { readonly mutant: string; readonly provider: string; readonly times: number }[];
}

/** A journal entry, as far as evidence needs it. */
export interface RecordedRequest {
  readonly id: number;
  readonly operation: string | null;
  readonly method: string;
  readonly status: number;
  readonly texts: {
    prepareHead(): Promise<void> | undefined;
    head(): { readonly path: string; readonly mark: string | null };
  };
}

/** What is known of a secret: its key, if it has one, and why it is refused, if it is. */
export interface Introspected {
  readonly key?: ApiKey;
  readonly refusal?: KeyRefusal;
}

/** Whether a provider would accept a secret. */
export interface Question {
  /** To the control plane. */
  readonly request: FastifyRequest;
  readonly provider: Provider;
  readonly secret: string;
  readonly now: Instant;
}

/**
 * What may decide otherwise than the truth: where a mutant is set, `src/mutants`; else the plain gate, which changes nothing.
 * It is chosen when a latchkey starts, and by nothing else.
 */
export interface Gate {
  /** What was set; null: nothing. `none` is set too: it records, and changes nothing. */
  readonly mutant: ChosenMutant | null;
  /** What the mutant is and has done; undefined where none is set. */
  readonly report: (() => Promise<MutantReportLike>) | undefined;
  /** The key with which a request goes on whose credential was refused; undefined: the refusal stands. */
  admit(
    request: FastifyRequest,
    provider: Provider,
    refusal: EmulatorError,
    requires: string | undefined,
  ): MaybePromise<ApiKey | undefined>;
  /** Whether a request goes on although its key lacks a right. */
  pass(request: FastifyRequest, demand: Demand): boolean;
  /** The keys of a request to a provider: what it does with them may be stored otherwise. */
  keysOf(keys: KeyService, request: FastifyRequest, provider: Provider): Keys;
  /** What is known of a secret, where latchkey itself is asked for it. */
  introspect(question: Question, truth: Introspected): MaybePromise<Introspected>;
  /** Call this with a request that a mutant decided, before its answer is sent. */
  answered(request: FastifyRequest, reply: FastifyReply): void;
  /** Call this with its journal entry, if it gets one. */
  recorded(request: FastifyRequest, entry: RecordedRequest): void;
}

/** The truth, and nothing else. */
export const plainGate: Gate = {
  mutant: null,
  report: undefined,
  admit: () => undefined,
  pass: () => false,
  keysOf: (keys) => keys,
  introspect: (_question, truth) => truth,
  answered: () => undefined,
  recorded: () => undefined,
};
