import { Type } from 'typebox';
import type { Propagation } from '../../core/key-service.ts';
import { parseDurationMs } from '../../formats/duration.ts';

const Late = (what: string) => Type.Optional(Type.String({ description: `${what}, by the world's clock`, examples: ['10s'] }));

export const properties = {
  propagation: Type.Optional(
    Type.Object(
      { issue: Late('A new key is unknown for so long'), revoke: Late('A revoked key is accepted for so long') },
      { additionalProperties: false, minProperties: 1, description: 'Lasts until the fault is deleted; `times` is not counted' },
    ),
  ),
};

interface PropagationEffect {
  readonly propagation?: { readonly issue?: string; readonly revoke?: string };
}

export function refuse({ propagation = {} }: PropagationEffect): string | undefined {
  const bad = Object.values(propagation).find((text) => (parseDurationMs(text) ?? -1) < 0);
  return bad === undefined ? undefined : `propagation ${JSON.stringify(bad)} is no duration such as 10s`;
}

/** How late a provider sees changes by an effect, as far as it says something of that. */
export function propagationOf({ propagation: { issue, revoke } = {} }: PropagationEffect): Partial<Propagation> {
  return {
    ...(issue !== undefined && { issueMs: parseDurationMs(issue) ?? 0 }),
    ...(revoke !== undefined && { revokeMs: parseDurationMs(revoke) ?? 0 }),
  };
}
