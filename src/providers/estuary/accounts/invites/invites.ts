import { type Instant, toTrimmedIso } from '../../../../clock.ts';
import { type Resource, ResourceNameTakenError, type ResourceStore, resourceKind } from '../../../../core/resource-store.ts';
import { WireError } from '../../../../provider/provider.ts';
import type { EstuaryProfile } from '../../profiles.ts';
import { estuaryError, unhandled } from '../../wire/errors.ts';
import { nextId, tenant, type User, users } from '../users/users.ts';
import type { InviteView } from './schemas.ts';

/** A code that lets one person register; its resource has the id as text, and the code as name. */
export interface Invite {
  readonly id: number;
  readonly code: string;
  /** The id of a user, or 0 if the user is unknown. */
  readonly createdBy: number;
  /** The id of a user, or 0 while the invite is free. */
  readonly claimedBy: number;
}

export const invites = resourceKind<Invite>('invite');

/** An invite as the store keeps it. */
export function inviteResource(invite: Invite, createdAt: Instant): Resource<Invite> {
  return { id: String(invite.id), tenant, name: invite.code, createdAt, data: invite };
}

/** Stores a new code. Throws the 500 of the server's database if the code exists already. FIDELITY: invites. */
export async function addInvite(resources: ResourceStore, code: string, createdBy: User, now: Instant): Promise<Invite> {
  try {
    const { data } = await resources.insert(invites, (existing) =>
      inviteResource({ id: nextId(existing), code, createdBy: createdBy.id, claimedBy: 0 }, now),
    );
    return data;
  } catch (error) {
    if (error instanceof ResourceNameTakenError) throw new WireError(unhandled('UNIQUE constraint failed: invite_codes.code'));
    throw error;
  }
}

/** The free invite of this code. Throws the real server's 404 if there is no such code, its 400 if the code is claimed. */
export async function findFreeInvite(resources: ResourceStore, code: string): Promise<Invite> {
  const invite = await resources.getByName(invites, code);
  if (invite === undefined) {
    throw new WireError(estuaryError(404, 'ERR_INVALID_INVITE', 'no such invite code was found'));
  }
  return unclaimed(invite.data);
}

/** Claims an invite for a user if it is still free, in one step. Throws the real server's 400 if it is not. */
export async function claimInvite(resources: ResourceStore, { id }: Invite, user: User): Promise<void> {
  await resources.change(invites, String(id), (invite) => ({ ...unclaimed(invite), claimedBy: user.id }));
}

function unclaimed(invite: Invite): Invite {
  if (invite.claimedBy === 0) return invite;
  throw new WireError(estuaryError(400, 'ERR_INVITE_ALREADY_USED', 'the invite code as already been claimed'));
}

/** All invites as this version lists them; null if there are none. FIDELITY: invites. */
export async function listInvites(resources: ResourceStore, { datesInvites }: EstuaryProfile): Promise<InviteView[] | null> {
  const all = await resources.list(invites);
  if (all.length === 0) return null;
  const names = new Map((await resources.list(users)).map(({ data }) => [data.id, data.username]));
  // v0.1.10 does not ask its database for an order, and gets that of the rows.
  const ordered = datesInvites ? all.toSorted((one, other) => one.createdAt - other.createdAt) : all;
  return ordered.map(({ data: { code, createdBy, claimedBy }, createdAt }) => ({
    code,
    createdBy: names.get(createdBy) ?? '',
    claimedBy: names.get(claimedBy) ?? '',
    ...(datesInvites ? { createdAt: toTrimmedIso(createdAt) } : {}),
  }));
}
