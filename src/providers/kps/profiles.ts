/** The differences between versions of the real server. Only one version is known: FIDELITY.md, Profiles. */
export interface KpsProfile {
  /** How many API tokens a user may have, active and inactive together. */
  readonly tokensPerUser: number;
  /** How many failed log-ins lock an e-mail. */
  readonly loginFailures: number;
  /** How long a lock lasts and a failure is remembered. */
  readonly lockMs: number;
}

const v1: KpsProfile = { tokensPerUser: 2, loginFailures: 3, lockMs: 1_800_000 };

export const profiles: Readonly<Record<string, KpsProfile>> = { '1.0': v1 };
