import type { ApiKey } from '../../src/core/api-key.ts';
import { hashSecret } from '../../src/core/secret.ts';

/** A stored key: active, never expiring, of Ada in the tenant north of the provider alpha. */
export function keyOf(id: string, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id,
    provider: 'alpha',
    tenant: 'north',
    owner: 'ada',
    kind: 'key',
    name: null,
    hint: `hint-${id}`,
    hash: hashSecret(`the secret of ${id}`),
    state: 'active',
    grants: {},
    attributes: {},
    createdAt: 1_000,
    updatedAt: 1_000,
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...changes,
  };
}
