import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext } from '../../../provider/seed/format.ts';
import { readInstant, reportRepeats } from '../../../provider/seed/keys.ts';
import { type Invite, inviteResource } from '../accounts/invites/invites.ts';
import type { SeedInvite } from './schemas.ts';
import type { FindUser } from './users.ts';

/** The invites of a seed as resources, since their dates are those of the resources. */
export async function readInvites(
  list: readonly SeedInvite[],
  find: FindUser,
  context: SeedContext,
): Promise<readonly Resource<Invite>[]> {
  reportRepeats(list, 'code', ['invites'], context);
  const read = list.map(async ({ code, createdBy, claimedBy, createdAt }, index) => {
    const path = ['invites', index];
    const idOf = async (field: string, name: string | undefined) =>
      name === undefined ? 0 : ((await find(name, [...path, field]))?.id ?? 0);
    const invite: Invite = {
      id: index + 1,
      code,
      createdBy: await idOf('createdBy', createdBy),
      claimedBy: await idOf('claimedBy', claimedBy),
    };
    return inviteResource(invite, readInstant(createdAt, [...path, 'createdAt'], context) ?? context.now);
  });
  return Promise.all(read);
}
