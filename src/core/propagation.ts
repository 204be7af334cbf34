import type { Instant } from '../clock.ts';
import type { ApiKey } from './api-key.ts';
import type { Visibility } from './key-service.ts';

/** How long a provider does not know a new key, and still accepts a revoked one, on the world's clock. */
export interface PropagationDelays {
  readonly issueMs: number;
  readonly revokeMs: number;
}

/** Without delays a provider sees every change at once. */
export const noDelays: PropagationDelays = { issueMs: 0, revokeMs: 0 };

/** A change that the provider does not see yet. */
export interface UnseenChange {
  /** The id of the key. */
  readonly id: string;
  readonly change: 'issue' | 'revocation';
  /** A new key is known from this instant on; a revoked one is refused just after it. */
  readonly seenAt: Instant;
}

/** Lets a provider see the issue and the revocation of its keys late. */
export class Propagation implements Visibility {
  #delays: PropagationDelays = noDelays;
  /** The instants of issue, by key id. Keys that were issued without a delay are left out. */
  readonly #issuedAt = new Map<string, Instant>();
  /** Revoked keys as they were before, by id. Those that were revoked without a delay are left out. */
  readonly #beforeRevocation = new Map<string, ApiKey & { readonly revokedAt: Instant }>();

  /**
   * Sets the delays of later changes, and of earlier ones that are not seen yet. A delay of 0 makes the changes of its kind
   * visible at once, for good.
   */
  delayBy(delays: PropagationDelays): void {
    this.#delays = delays;
    if (delays.issueMs === 0) this.#issuedAt.clear();
    if (delays.revokeMs === 0) this.#beforeRevocation.clear();
  }

  /** The changes that the provider does not see at an instant. */
  unseen(now: Instant): UnseenChange[] {
    const { issueMs, revokeMs } = this.#delays;
    const issues = [...this.#issuedAt].map(([id, at]): UnseenChange => ({ id, change: 'issue', seenAt: at + issueMs }));
    const revocations = [...this.#beforeRevocation].map(
      ([id, { revokedAt }]): UnseenChange => ({ id, change: 'revocation', seenAt: revokedAt + revokeMs }),
    );
    return [...issues.filter(({ seenAt }) => now < seenAt), ...revocations.filter(({ seenAt }) => now <= seenAt)];
  }

  seenAt(key: ApiKey, now: Instant): ApiKey | undefined {
    const { issueMs, revokeMs } = this.#delays;
    const issuedAt = this.#issuedAt.get(key.id);
    if (issuedAt !== undefined && now < issuedAt + issueMs) return undefined;
    const before = this.#beforeRevocation.get(key.id);
    return before !== undefined && now <= before.revokedAt + revokeMs ? before : key;
  }

  issued({ id }: ApiKey, now: Instant): void {
    if (this.#delays.issueMs > 0) this.#issuedAt.set(id, now);
  }

  changed(before: ApiKey, { id, revokedAt }: ApiKey): void {
    const isRevocation = before.state !== 'revoked' && revokedAt !== null;
    if (isRevocation && this.#delays.revokeMs > 0) this.#beforeRevocation.set(id, { ...before, revokedAt });
  }
}
