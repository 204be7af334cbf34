import { type Static, Type } from 'typebox';
import { Effect } from './effects/index.ts';

/** Which requests a fault hits: those that have every part that is given. */
export const FaultMatch = Type.Object(
  {
    provider: Type.Optional(Type.String()),
    operation: Type.Optional(Type.String({ description: "The vendor's operation id" })),
    method: Type.Optional(Type.String()),
    path: Type.Optional(Type.String({ description: "Below the provider's base; a `*` at the end stands for the rest" })),
    key: Type.Optional(Type.String({ description: 'Id of a key' })),
    credential: Type.Optional(Type.String({ description: 'A secret, or the hint of a key' })),
  },
  { additionalProperties: false, title: 'FaultMatch' },
);
export type FaultMatch = Static<typeof FaultMatch>;

/** A fault as it is asked for. */
export const FaultDraft = Type.Object(
  {
    match: Type.Optional(FaultMatch),
    effect: Effect,
    skip: Type.Optional(
      Type.Integer({ minimum: 0, description: 'How many matching requests are let through first (default 0)' }),
    ),
    times: Type.Optional(
      Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        minimum: 1,
        description: 'How many are hit after that (default 1); null: all',
      }),
    ),
    ttl: Type.Optional(
      Type.String({
        description: 'How long it lasts in real time (default 60s), so that a test that crashed does not spoil the next',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'FaultDraft',
    examples: [{ match: { method: 'GET' }, effect: { status: 503 }, skip: 0, times: 1, ttl: '60s' }],
  },
);
export type FaultDraft = Static<typeof FaultDraft>;

/** A fault as it was read and checked. */
export interface FaultTerms {
  readonly match: Omit<FaultMatch, 'credential'>;
  /** Hashes of the secrets or hints that match; the credential itself is not kept. Null: any credential. */
  readonly credential: readonly string[] | null;
  readonly effect: Effect;
  readonly skip: number;
  readonly times: number | null;
  readonly ttlMs: number;
}

/** A fault that may still hit. Once it is made it is not changed: a hit makes another one. */
export interface Fault extends FaultTerms {
  readonly id: string;
  /** Matching requests so far, including those that were let through. */
  readonly seen: number;
  /** Requests that it has hit. */
  readonly hits: number;
  /** When it ends, by the time of the list that it is in. */
  readonly endsAt: number;
}
