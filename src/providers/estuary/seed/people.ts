import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { readInstant, reportRepeats } from '../../../provider/seed/keys.ts';
import { type Invite, inviteResource } from '../accounts/invites.ts';
import { newUser, type User, users } from '../accounts/users.ts';
import type { SeedInvite, SeedUser } from './schemas.ts';

/** Finds the user of a name, in a seed or in the world that it is added to; one who is nowhere is reported at the place. */
export type FindUser = (name: string, path: SeedPath) => Promise<User | undefined>;

export function readUsers(people: readonly SeedUser[], context: SeedContext): readonly User[] {
  const named = people.map((person) => ({ ...person, username: person.username.toLowerCase() }));
  reportRepeats(named, 'username', ['users'], context);
  reportRepeats(named, 'id', ['users'], context);
  return numbered(named).map((person) => newUser({ passwordHash: `${person.username}-password-hash`, ...person }));
}

export function finderOf(seeded: readonly User[], { existing, report }: SeedContext): FindUser {
  return async (name, path) => {
    const username = name.toLowerCase();
    const user = seeded.find((one) => one.username === username) ?? (await existing.getByName(users, username))?.data;
    if (user === undefined) report(path, `there is no user ${JSON.stringify(name)}`);
    return user;
  };
}

/** Invites with their dates, as resources. */
export async function readInvites(list: readonly SeedInvite[], find: FindUser, context: SeedContext) {
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

/** Gives those without an id one, counting on from the highest that is given. */
export function numbered<T extends { readonly id?: number }>(list: readonly T[]): readonly (T & { readonly id: number })[] {
  let lastId = Math.max(0, ...list.map(({ id = 0 }) => id));
  return list.map((element) => {
    lastId += element.id === undefined ? 1 : 0;
    return { ...element, id: element.id ?? lastId };
  });
}
