import type { ApiKey } from '../../../core/api-key.ts';

/** The `type` claim of the tokens that a log-in and the two exchanges after it give; `default` is not written into one. */
export const sessionTypes = ['default', 'short', 'long'] as const;
export type SessionType = (typeof sessionTypes)[number];

/** The `type` claim of a token; `api` is an API token's. */
export type TokenType = SessionType | 'api';

/** The type that a token was issued with. */
export function tokenTypeOf({ kind, attributes }: Pick<ApiKey, 'kind' | 'attributes'>): TokenType {
  if (kind === 'key') return 'api';
  return sessionTypes.find((type) => type === attributes['type']) ?? 'default';
}
