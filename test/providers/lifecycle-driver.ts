import type supertest from 'supertest';

/** A supertest agent below the base URL of a provider. */
export type Http = ReturnType<typeof supertest>;

/** A seeded credential that has a key: the header that presents it. */
export interface Holder {
  readonly name: string;
  readonly secret: string;
  readonly header: { readonly name: string; readonly value: string };
}

/** A key as its provider issued it: the secret, and the handle by which the provider's API identifies the key. */
export interface Issued {
  readonly secret: string;
  readonly handle: string;
}

/** A call of a seeded credential, which changes something. */
export interface Write {
  readonly by: string;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

/**
 * The calls of one provider's API that every provider has in some form: `lifecycle.test.ts` checks the same guarantees for all
 * of them. The folder of tests of each provider has one in `driver.ts`, exported as `driver`.
 */
export interface LifecycleDriver {
  /** Name of the seeded credential that issues the keys. */
  readonly issuer: string;
  /** Name of a seeded credential of another owner or tenant, which must not see or revoke those keys. */
  readonly stranger: string;
  /** The status of the answer to a key that is refused, by the reason. */
  readonly refusals: { readonly unknown: number; readonly revoked: number; readonly expired: number; readonly suspended: number };
  /** Issues a key as the owner of `by`. `expiresAt` (epoch ms, whole seconds) is given only where `canExpire`. */
  issue(http: Http, by: Holder, expiresAt?: number): Promise<Issued>;
  /** Whether the provider's API lets the issuer choose an expiry. */
  readonly canExpire: boolean;
  /** A call that any accepted key may make; its answer is then 200. */
  use(http: Http, secret: string): supertest.Test;
  /** Handles of the keys that the API lists for the owner of `by`. */
  list(http: Http, by: Holder): Promise<string[]>;
  /** Revokes a key through the API, as the owner of `by`; the status of the answer. */
  revoke(http: Http, by: Holder, issued: Issued): Promise<number>;
  /** Paths below the base URL that say who a key is, which keys there are and what one may do: all GET, some refused to some keys. */
  readonly reads: readonly string[];
  /** Calls that change what a key acts as or may do, without changing the key. */
  readonly writes: readonly Write[];
  /** Suspends a key through the API; the status of the answer. Left out where the provider cannot, and so is `resume`. */
  suspend?(http: Http, by: Holder, issued: Issued): Promise<number>;
  resume?(http: Http, by: Holder, issued: Issued): Promise<number>;
}
