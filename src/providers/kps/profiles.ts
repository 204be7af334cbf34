/** What the versions of the real server would differ in. Only one is known; see FIDELITY.md. */
export interface KpsProfile {
  /** How many API tokens a user may have, active and inactive together. */
  readonly tokensPerUser: number;
  /** How many failed log-ins lock an e-mail. */
  readonly loginFailures: number;
  /** How long a lock lasts, and how long a failure is remembered. */
  readonly lockMs: number;
}

const v1: KpsProfile = { tokensPerUser: 2, loginFailures: 3, lockMs: 1_800_000 };

export const profiles: Readonly<Record<string, KpsProfile>> = { '1.0': v1 };
