/** What is stored of a key's life. Expiry is not: it is computed from `expiresAt` at an instant. */
export type KeyState = 'active' | 'suspended' | 'revoked';

/** What a key is at an instant. */
export type EffectiveState = KeyState | 'expired';
