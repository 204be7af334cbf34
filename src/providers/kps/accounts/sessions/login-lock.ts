import type { Instant } from '../../../../clock.ts';
import { fail } from '../../../../core/errors.ts';
import { ResourceNameTakenError, type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';
import { hashSecret } from '../../../../core/secret.ts';
import type { Deployment } from '../deployment.ts';

/** Failed log-ins with one e-mail, exactly as it was given, whether a user has it or not. */
interface Failures {
  readonly count: number;
  /** The last failure. All are forgotten when it is longer ago than a lock lasts. */
  readonly failedAt: Instant;
}

/** A record for each e-mail; its id is a hash of the e-mail, so that records lie in no order that a client could choose. */
export const loginFailures = resourceKind<Failures>('login-failures');

/** How many of the records after its own each failure looks at, to remove those that are forgotten. */
const sweep = 16;

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
  const id = hashSecret(email);
  const isForgotten = ({ failedAt }: Failures) => !(now <= failedAt + lockMs);
  const count = (found: Failures): Failures => {
    const before = isForgotten(found) ? 0 : found.count;
    if (before >= threshold) fail('permission_denied', { required: 'locked' });
    return succeeded ? found : { count: before + 1, failedAt: now };
  };
  const isCounted = (await resources.change(loginFailures, id, count)) !== undefined;
  if (succeeded) return;
  if (!isCounted) await countFirst(resources, id, count, now);
  await removeForgotten(resources, id, isForgotten);
}

/** Stores the first failure with an e-mail, or counts one more if another attempt was faster. */
async function countFirst(
  resources: ResourceStore,
  id: string,
  count: (found: Failures) => Failures,
  now: Instant,
): Promise<void> {
  const data = count({ count: 0, failedAt: now });
  try {
    await resources.add(loginFailures, { id, tenant: '', name: null, createdAt: now, data });
  } catch (error) {
    if (!(error instanceof ResourceNameTakenError)) throw error;
    await resources.change(loginFailures, id, count);
  }
}

/** Removes what is forgotten among the next few records, in a circle. So old records go, and no attempt looks at all of them. */
async function removeForgotten(
  resources: ResourceStore,
  id: string,
  isForgotten: (failures: Failures) => boolean,
): Promise<void> {
  const next = await resources.listAfter(loginFailures, id, sweep);
  const first = next.length < sweep ? await resources.listAfter(loginFailures, '', sweep - next.length) : [];
  for (const one of [...next, ...first]) if (isForgotten(one.data)) await resources.remove(loginFailures, one.id);
}
