import type supertest from 'supertest';

/** A supertest agent whose paths are the provider's own. */
export type Http = ReturnType<typeof supertest>;

/** A seeded credential that has a key: the header that presents it. */
export interface Holder {
  readonly name: string;
  readonly secret: string;
  readonly header: { readonly name: string; readonly value: string };
}

/** A key as its provider issued it: the secret, and the name by which the provider's API calls the key. */
export interface Issued {
  readonly secret: string;
  readonly handle: string;
}

/**
 * How one provider's API does what every provider does: `lifecycle.test.ts` runs the same guarantees over all of them.
 * Each provider's test folder has one of these as `driver.ts`, exported as `driver`.
 */
export interface LifecycleDriver {
  /** Name of the seeded credential that issues the keys. */
  readonly issuer: string;
  /** Name of a seeded credential of another owner or tenant, which must not see or stop those keys. */
  readonly stranger: string;
  /** Statuses of a refusal. */
  readonly refusals: { readonly unknown: number; readonly revoked: number; readonly expired: number; readonly suspended: number };
  /** Issues a key as the owner of `by`. `expiresAt` (epoch ms, whole seconds) is given only where `canExpire`. */
  issue(http: Http, by: Holder, expiresAt?: number): Promise<Issued>;
  /** Whether the provider's API lets an issuer choose an expiry. */
  readonly canExpire: boolean;
  /** A call that any accepted key may make; answers 200 for a good one. */
  use(http: Http, secret: string): supertest.Test;
  /** Handles of the keys that the API lists for the owner of `by`. */
  list(http: Http, by: Holder): Promise<string[]>;
  /** Revokes a key through the API, as the owner of `by`; the status of the answer. */
  revoke(http: Http, by: Holder, issued: Issued): Promise<number>;
  /** Suspends and resumes through the API; left out where the provider cannot. */
  suspend?(http: Http, by: Holder, issued: Issued): Promise<number>;
  resume?(http: Http, by: Holder, issued: Issued): Promise<number>;
}
