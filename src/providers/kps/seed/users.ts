import type { Resource } from '../../../core/resource-store.ts';
import { hashSecret } from '../../../core/secret.ts';
import type { SeedContext } from '../../../provider/seed/format.ts';
import { derivedUuid, readInstant, reportRepeats } from '../../../provider/seed/keys.ts';
import type { User } from '../accounts/users/users.ts';
import type { SeedUser } from './schemas.ts';

export const defaultTenant = 'tid-demo';

/** A user and the credential of its log-in; the password is stored only as a hash. */
export interface SeededUser {
  readonly user: Resource<User>;
  readonly login: { readonly email: string; readonly password: string };
}

/** Reads the users of a section. Reports e-mails and ids that occur twice. */
export function readUsers(people: readonly SeedUser[], context: SeedContext): readonly SeededUser[] {
  const seeded = people.map((person, index) => readUser(person, index, context));
  const named = seeded.map(({ user }) => ({ email: user.data.email, id: user.id }));
  reportRepeats(named, 'email', ['users'], context);
  reportRepeats(people, 'id', ['users'], context);
  return seeded;
}

function readUser(person: SeedUser, index: number, context: SeedContext): SeededUser {
  const email = person.email.toLowerCase();
  const { id = derivedUuid('user', email), tenant = defaultTenant, name = email, role = 'USER' } = person;
  const password = person.password ?? `${handleOf(email)}-password`;
  const createdAt = readInstant(person.createdAt, ['users', index, 'createdAt'], context) ?? context.now;
  const data: User = { email, name, role, passwordHash: hashSecret(password), updatedAt: createdAt };
  return { user: { id, tenant, name: email, createdAt, data }, login: { email, password } };
}

/** The part of an e-mail address before the @. */
export function handleOf(email: string): string {
  return email.replace(/@.*/s, '');
}
