import type { ApiKey } from '../../../core/api-key.ts';

/** The `type` claims of the tokens from a log-in and its two exchanges. A `default` token has no such claim. */
export const sessionTypes = ['default', 'short', 'long'] as const;
export type SessionType = (typeof sessionTypes)[number];

/** The `type` claim of any token; `api` marks an API token. */
export type TokenType = SessionType | 'api';

/** The type of the token that a key was issued for. */
export function tokenTypeOf({ kind, attributes }: Pick<ApiKey, 'kind' | 'attributes'>): TokenType {
  if (kind === 'key') return 'api';
  return sessionTypes.find((type) => type === attributes['type']) ?? 'default';
}
