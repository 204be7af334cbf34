import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../../clock.ts';
import { type Resource, ResourceNameTakenError, type ResourceStore } from '../../../../core/resource-store.ts';
import { hashSecret } from '../../../../core/secret.ts';
import { WireError } from '../../../../provider/provider.ts';
import { duplicateRecord, recordNotFound } from '../../wire/errors.ts';
import type { UserFields } from './rules.ts';
import { maySee, type Role, type User, users } from './users.ts';

/** Fields that keep the rules. */
type AdmittedFields = UserFields & { readonly role: Role };

/** What the real server takes for an id that a client may choose. */
const chosenId = /^[A-Za-z0-9\-@.]{8,36}$/;

/** Stores a new user; an id that is none is replaced. Throws the 400 of an id or an e-mail that another user has, in any tenant. */
export async function createUser(
  resources: ResourceStore,
  tenant: string,
  { id: wanted, email, name, password, role }: AdmittedFields,
  now: Instant,
): Promise<Resource<User>> {
  const id = chosenId.test(wanted) ? wanted : randomUUID();
  const data: User = { email: email.toLowerCase(), name, role, passwordHash: hashSecret(password), updatedAt: now };
  return resources.insert(users, (existing) => {
    if (existing.some((user) => user.id === id)) throw new WireError(duplicateRecord('id'));
    if (existing.some((user) => user.name === data.email)) throw new WireError(duplicateRecord('email'));
    return { id, tenant, name: data.email, createdAt: now, data };
  });
}

/** The user with an id. Throws the 404 where there is none whom the caller may see. */
export async function findVisibleUser(resources: ResourceStore, caller: Resource<User>, id: string): Promise<Resource<User>> {
  const found = await resources.get(users, id);
  if (found === undefined || !maySee(caller, found)) throw new WireError(recordNotFound(id));
  return found;
}

/** Changes what is not empty of a user, if he is there. Throws the 400 of an e-mail that another user has. */
export async function updateUser(
  resources: ResourceStore,
  { id, tenant }: Pick<Resource<User>, 'id' | 'tenant'>,
  { email, name, password, role }: AdmittedFields,
  now: Instant,
): Promise<void> {
  try {
    // In one step: somebody who is deleted meanwhile must not come back.
    await resources.replace(users, id, (found) => {
      if (found.tenant !== tenant) return found;
      const data: User = {
        email: email.toLowerCase(),
        name: name || found.data.name,
        role,
        passwordHash: password === '' ? found.data.passwordHash : hashSecret(password),
        updatedAt: now,
      };
      return { ...found, name: data.email, data };
    });
  } catch (error) {
    if (error instanceof ResourceNameTakenError) throw new WireError(duplicateRecord('email'));
    throw error;
  }
}
