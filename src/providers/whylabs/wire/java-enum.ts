/** An enumeration of the real server. */
export interface JavaEnum<W extends string> {
  /** The class name, which its error messages contain. */
  readonly type: string;
  readonly words: readonly W[];
}

export const roles = {
  type: 'ai.whylabs.songbird.v0.ddb.Role',
  words: ['ADMIN', 'MEMBER', 'VIEWER'],
} as const satisfies JavaEnum<string>;
export type Role = (typeof roles.words)[number];

export const subscriptionTiers = {
  type: 'ai.whylabs.songbird.v0.ddb.SubscriptionTier',
  words: ['FREE', 'PAID', 'AWS_MARKETPLACE', 'SUBSCRIPTION'],
} as const satisfies JavaEnum<string>;
export type SubscriptionTier = (typeof subscriptionTiers.words)[number];
