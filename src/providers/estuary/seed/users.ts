import type { SeedContext, SeedPath } from '../../../provider/seed/format.ts';
import { firstBy, reportRepeats } from '../../../provider/seed/keys.ts';
import { newUser, type User, users } from '../accounts/users/users.ts';
import { numbered } from './ids.ts';
import type { SeedUser } from './schemas.ts';

/** Finds a user by name, in the seed or in the world that it is added to. If there is no such user, reports that at `path`. */
export type FindUser = (name: string, path: SeedPath) => Promise<User | undefined>;

/** The users of a seed, with lower-case names and the values that a seed may leave out. */
export function readUsers(list: readonly SeedUser[], context: SeedContext): readonly User[] {
  const named = list.map((user) => ({ ...user, username: user.username.toLowerCase() }));
  reportRepeats(named, 'username', ['users'], context);
  reportRepeats(named, 'id', ['users'], context);
  return numbered(named).map((user) => newUser({ passwordHash: `${user.username}-password-hash`, ...user }));
}

/** Finds users among the `seeded` ones and those of the world. */
export function finderOf(seeded: readonly User[], { existing, report }: SeedContext): FindUser {
  const byName = firstBy(seeded, ({ username }) => username);
  return async (name, path) => {
    const username = name.toLowerCase();
    const user = byName.get(username) ?? (await existing.getByName(users, username))?.data;
    if (user === undefined) report(path, `there is no user ${JSON.stringify(name)}`);
    return user;
  };
}
