import { toIso } from '../../clock.ts';
import type { ApiKey } from '../../core/api-key.ts';

/** The fields by which a seed gives the state and the times of a stored key: `readLife` makes the same life of them. */
export function describeLife({ state, createdAt, expiresAt, lastUsedAt }: ApiKey): Readonly<Record<string, string>> {
  return {
    state,
    createdAt: toIso(createdAt),
    ...(expiresAt !== null && { expiresAt: toIso(expiresAt) }),
    ...(lastUsedAt !== null && { lastUsedAt: toIso(lastUsedAt) }),
  };
}
