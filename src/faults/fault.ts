import { type Static, Type } from 'typebox';
import { Effect } from './effects/index.ts';

/** Which requests a fault hits. Every part that is given must hold; none at all is every request. */
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
    skip: Type.Optional(Type.Integer({ minimum: 0, description: 'So many matching requests are spared first (default 0)' })),
    times: Type.Optional(
      Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        minimum: 1,
        description: 'So many are hit then (default 1); null: all',
      }),
    ),
    ttl: Type.Optional(
      Type.String({ description: 'How long it lives in real time (default 60s), so that a crashed test cannot poison the next' }),
    ),
  },
  { additionalProperties: false, title: 'FaultDraft' },
);
export type FaultDraft = Static<typeof FaultDraft>;
