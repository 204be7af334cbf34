import type { ProviderName } from './names.ts';

export type KeyState = 'active' | 'suspended' | 'revoked' | 'expired';

/** A session is issued by a log-in. */
export type KeyKind = 'key' | 'session';

/** A stored key. Its secret is shown only when it is issued. */
export interface Key {
  readonly id: string;
  readonly provider: ProviderName;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string | null;
  readonly kind: KeyKind;
  readonly hint: string;
  /** Effective at the instant of the answer, by the world's clock. */
  readonly state: KeyState;
  readonly grants: { readonly roles?: readonly string[]; readonly scopes?: readonly string[] };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}
