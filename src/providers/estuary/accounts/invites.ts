import { type Instant, toTrimmedIso } from '../../../clock.ts';
import { type Resource, ResourceNameTakenError, type ResourceStore, resourceKind } from '../../../core/resource-store.ts';
import { WireError } from '../../../provider/provider.ts';
import type { EstuaryProfile } from '../profiles.ts';
import { estuaryError, unhandled } from '../wire/errors.ts';
import type { InviteView } from './account-schemas.ts';
import { nextId, tenant, type User, users } from './users.ts';

/** A code that lets one person register; its resource has the id as text and the code as name. */
export interface Invite {
  readonly id: number;
  readonly code: string;
  /** Ids of users; 0 is nobody. */
  readonly createdBy: number;
  readonly claimedBy: number;
}

export const invites = resourceKind<Invite>('invite');

export function inviteResource(invite: Invite, createdAt: Instant): Resource<Invite> {
  return { id: String(invite.id), tenant, name: invite.code, createdAt, data: invite };
}

/** Stores a new code. A code that there is already is the 500 of the server's database. FIDELITY: invites. */
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

/** The invite of this code that nobody has claimed. Throws the 404 or the 400 of the real server where there is none. */
export async function findFreeInvite(resources: ResourceStore, code: string): Promise<Invite> {
  const invite = await resources.getByName(invites, code);
  if (invite === undefined) {
    throw new WireError(estuaryError(404, 'ERR_INVALID_INVITE', 'no such invite code was found'));
  }
  return unclaimed(invite.data);
}

/** Gives an invite to a user, in one step with the check that nobody else has it. Throws the 400 of one that is claimed. */
export async function claimInvite(resources: ResourceStore, { id }: Invite, user: User): Promise<void> {
  await resources.change(invites, String(id), (invite) => ({ ...unclaimed(invite), claimedBy: user.id }));
}

function unclaimed(invite: Invite): Invite {
  if (invite.claimedBy === 0) return invite;
  throw new WireError(estuaryError(400, 'ERR_INVITE_ALREADY_USED', 'the invite code as already been claimed'));
}

/** All invites as this version lists them; null where there are none. FIDELITY: invites. */
export async function listInvites(resources: ResourceStore, { datesInvites }: EstuaryProfile): Promise<InviteView[] | null> {
  const all = await resources.list(invites);
  if (all.length === 0) return null;
  const people = new Map((await resources.list(users)).map(({ data }) => [data.id, data.username]));
  // v0.1.10 asks for no order and gets that of the rows.
  const ordered = datesInvites ? all.toSorted((one, other) => one.createdAt - other.createdAt) : all;
  return ordered.map(({ data: { code, createdBy, claimedBy }, createdAt }) => ({
    code,
    createdBy: people.get(createdBy) ?? '',
    claimedBy: people.get(claimedBy) ?? '',
    ...(datesInvites ? { createdAt: toTrimmedIso(createdAt) } : {}),
  }));
}
