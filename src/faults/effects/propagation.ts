import { Type } from 'typebox';
import type { PropagationDelays } from '../../core/propagation.ts';
import { parseDurationMs } from '../../formats/duration.ts';
import { defineEffect } from '../effect.ts';

const Late = (what: string) => Type.Optional(Type.String({ description: `${what}, by the world's clock`, examples: ['10s'] }));

export const propagation = defineEffect({
  name: 'propagation',
  properties: {
    propagation: Type.Optional(
      Type.Object(
        { issue: Late('A new key is unknown for this long'), revoke: Late('A revoked key is accepted for this long') },
        {
          additionalProperties: false,
          minProperties: 1,
          description: 'Lasts until the fault is deleted; `times` is not counted',
        },
      ),
    ),
  },

  problemOf({ propagation = {} }) {
    const bad = Object.values(propagation).find((text) => (parseDurationMs(text) ?? -1) < 0);
    return bad === undefined ? undefined : `propagation must be a duration such as 10s, not ${JSON.stringify(bad)}`;
  },

  delaysOf({ propagation: { issue, revoke } = {} }) {
    const delays: { -readonly [P in keyof PropagationDelays]?: number } = {};
    if (issue !== undefined) delays.issueMs = parseDurationMs(issue) ?? 0;
    if (revoke !== undefined) delays.revokeMs = parseDurationMs(revoke) ?? 0;
    return delays;
  },
});
