/** What a key can be at an instant, in the order of a key's life. */
export const effectiveStates = ['active', 'suspended', 'revoked', 'expired'] as const;

/** What a key is at an instant. */
export type EffectiveState = (typeof effectiveStates)[number];

/** What is stored of a key's life. Expiry is not: it is computed from `expiresAt` at an instant. */
export type KeyState = Exclude<EffectiveState, 'expired'>;

/** The stored states of keys that are not revoked. */
export const liveStates: readonly KeyState[] = ['active', 'suspended'];
