/** The differences between the versions of the real server. Each profile is one complete version; see FIDELITY.md. */
export interface EstuaryProfile {
  /** Sent as `X-Appversion`. */
  readonly version: string;
  /** Fields of an element of the list and of the answer to a creation, in wire order. */
  readonly keyFields: readonly KeyField[];
  /** The token is stored and shown in lists; since v0.2.0 only its hash is stored. */
  readonly keepsToken: boolean;
  /** `label` is read from the query (since v0.1.11). */
  readonly readsLabel: boolean;
  /** A key can be revoked by the hash of its token (since v0.1.11). */
  readonly revokesByHash: boolean;
  /** Authentication has the long messages, and checks the scheme before the number of parts (since v0.1.11). */
  readonly checksSchemeFirst: boolean;
  /** One trailing slash of a path is ignored (since v0.2.0). */
  readonly stripsTrailingSlash: boolean;
  /** 405 and OPTIONS answers of top-level routes name the methods in `Allow` (echo 4.10). */
  readonly sendsAllow: boolean;
  /** The Go package of the handlers, which appears in decoding errors (they moved in v0.2.3). */
  readonly goPackage: 'main' | 'api';
  /** `/viewer` shows `maxStagingWait` and the older staging threshold. */
  readonly hasStagingWait: boolean;
  /** Exported contents carry `createdAt`, `pinningStatus` and `dealStatus`. */
  readonly exportsStatuses: boolean;
  /** Invites are listed with their dates, in the order of those dates (since v0.1.11). */
  readonly datesInvites: boolean;
  /** Totals leave out aggregates and deleted contents (since v0.2.1). */
  readonly totalsSkipAggregates: boolean;
}

export type KeyField = 'token' | 'tokenHash' | 'label' | 'expiry' | 'isSession';

const seedEra: EstuaryProfile = {
  version: 'v0.1.10',
  keyFields: ['token', 'expiry'],
  keepsToken: true,
  readsLabel: false,
  revokesByHash: false,
  checksSchemeFirst: false,
  stripsTrailingSlash: false,
  sendsAllow: false,
  goPackage: 'main',
  hasStagingWait: true,
  exportsStatuses: false,
  datesInvites: false,
  totalsSkipAggregates: false,
};

const labels: EstuaryProfile = {
  ...seedEra,
  version: 'v0.1.11',
  keyFields: ['token', 'tokenHash', 'label', 'expiry'],
  readsLabel: true,
  revokesByHash: true,
  checksSchemeFirst: true,
  datesInvites: true,
};

const latest: EstuaryProfile = {
  ...labels,
  version: 'v0.4.3',
  keyFields: ['token', 'tokenHash', 'label', 'expiry', 'isSession'],
  keepsToken: false,
  stripsTrailingSlash: true,
  sendsAllow: true,
  goPackage: 'api',
  hasStagingWait: false,
  exportsStatuses: true,
  totalsSkipAggregates: true,
};

/** By name, the default first. */
export const profiles: Readonly<Record<string, EstuaryProfile>> = { 'v0.1.11': labels, 'v0.1.10': seedEra, 'v0.4': latest };
