import type { Instant } from '../../../../clock.ts';
import { fail } from '../../../../core/errors.ts';
import { type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';
import type { Deployment } from '../deployment.ts';

/** Failed log-ins with one e-mail, exactly as it was given, whether a user has it or not. */
export interface Failures {
  readonly email: string;
  readonly count: number;
  /** The last failure. All are forgotten when it is longer ago than a lock lasts. */
  readonly failedAt: Instant;
}

/** The failures of a world: one record, so that concurrent attempts count one by one. */
export const loginFailures = resourceKind<readonly Failures[]>('login-failures');
export const loginFailuresId = 'login-failures';

/**
 * Counts an attempt to log in, in one atomic step. Throws permission_denied for an e-mail that is locked: that attempt
 * neither counts nor prolongs the lock. A success does not clear earlier failures. FIDELITY: Log-in lock.
 */
export async function countAttempt(
  resources: ResourceStore,
  { email, succeeded }: { readonly email: string; readonly succeeded: boolean },
  { loginFailures: threshold, lockMs }: Pick<Deployment, 'loginFailures' | 'lockMs'>,
  now: Instant,
): Promise<void> {
  if (threshold === null) return;
  await resources.change(loginFailures, loginFailuresId, (stored) => {
    const remembered = stored.filter(({ failedAt }) => now <= failedAt + lockMs);
    const count = remembered.find((failures) => failures.email === email)?.count ?? 0;
    if (count >= threshold) fail('permission_denied', { required: 'locked' });
    if (succeeded) return stored;
    return [...remembered.filter((failures) => failures.email !== email), { email, count: count + 1, failedAt: now }];
  });
}
