import { randomBytes } from 'node:crypto';
import type { Instant } from '../clock.ts';
import { type ApiKey, effectiveState, type KeyRefusal } from '../core/api-key.ts';
import { EmulatorError } from '../core/errors.ts';
import type { KeyDraft } from '../core/key-service.ts';
import type { ResourceStore } from '../core/resource-store.ts';
import type { MutantName } from '../provider/mutants.ts';
import type { Provider } from '../provider/provider.ts';

/** What a mutant stores instead of what was asked for. */
export interface Alteration<T> {
  readonly mutant: MutantName;
  readonly stored: T;
}

/**
 * What mutants make of a new key. Those of new keys leave log-ins alone: these come first in most tests, which would all fail for
 * another reason than the one that is asked about.
 */
export async function alterDraft(
  draft: KeyDraft,
  { mutability }: Provider,
  resources: ResourceStore,
): Promise<readonly Alteration<KeyDraft>[]> {
  const would: Alteration<KeyDraft>[] = [];
  if (draft.kind !== 'session') {
    would.push({ mutant: 'lose-new-key', stored: { ...draft, secret: unknownSecret(), keepSecret: false } });
    const grants = await mutability.widen(draft, resources);
    if (grants !== undefined) would.push({ mutant: 'widen-grants', stored: { ...draft, grants } });
  }
  if (draft.expiresAt != null) would.push({ mutant: 'ignore-expiry', stored: { ...draft, expiresAt: null } });
  return would;
}

/** A secret that nobody is told. It is long enough to leave a hint as it is. */
function unknownSecret(): string {
  return randomBytes(64).toString('hex');
}

/** What mutants make of a change of a key at an instant. */
export function alterChange(before: ApiKey, after: ApiKey, now: Instant): readonly Alteration<ApiKey>[] {
  if (isRevocation(before, after)) return [{ mutant: 'ignore-revoke', stored: before }];
  const would: Alteration<ApiKey>[] = [];
  // A key past its expiry may be counted as suspended, which nobody has asked for.
  if (after.state === 'suspended' && effectiveState(before, now) === 'active') {
    would.push({ mutant: 'ignore-suspend', stored: { ...after, state: before.state } });
  }
  if (after.expiresAt !== null && after.expiresAt !== before.expiresAt) {
    would.push({ mutant: 'ignore-expiry', stored: { ...after, expiresAt: null } });
  }
  return would;
}

/** Whether a change revokes a key that was not revoked before. */
export function isRevocation(before: ApiKey, after: ApiKey): boolean {
  return before.state !== 'revoked' && after.state === 'revoked';
}

/** The ids of the keys of an owner that work now and were issued after a revoked one; `family` is in the order of issue. */
export function newerThan(revoked: ApiKey, family: readonly ApiKey[], now: Instant): ReadonlySet<string> {
  const place = family.findIndex(({ id }) => id === revoked.id);
  const newer = place < 0 ? [] : family.slice(place + 1);
  return new Set(newer.filter((key) => effectiveState(key, now) === 'active').map(({ id }) => id));
}

/** Whether an instant is the last one at which a key is accepted. */
export function isAtItsLast({ expiresAt }: ApiKey, now: Instant): boolean {
  return expiresAt === now;
}

/** The refusal of a key that has not expired yet. */
export function refusedEarly({ owner, name, expiresAt }: ApiKey): KeyRefusal {
  return new EmulatorError('key_expired', { owner, name, expiresAt });
}
