import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../../clock.ts';
import { type Resource, ResourceNameTakenError, type ResourceStore } from '../../../../core/resource-store.ts';
import { hashSecret } from '../../../../core/secret.ts';
import { WireError } from '../../../../provider/provider.ts';
import { duplicateRecord } from '../../wire/errors.ts';
import type { UserFields } from './fields.ts';
import { findUser, type Role, type User, users } from './users.ts';

/** Fields that passed the checks. */
type CheckedFields = UserFields & { readonly role: Role };

/** The ids that the real server lets a client choose. */
const chosenId = /^[A-Za-z0-9\-@.]{8,36}$/;

/** Stores a new user; an id that a client may not choose is replaced. Throws the 400 of an id or an e-mail that a user of any tenant has. */
export async function createUser(
  resources: ResourceStore,
  tenant: string,
  { id: wanted, email, name, password, role }: CheckedFields,
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

/** Changes a user of the tenant, if there is one with the id; empty fields keep their value. Throws the 400 of an e-mail that another user has. */
export async function updateUser(
  resources: ResourceStore,
  { id, tenant }: Pick<Resource<User>, 'id' | 'tenant'>,
  { email, name, password, role }: CheckedFields,
  now: Instant,
): Promise<void> {
  try {
    // In one step: a user that is deleted at the same time must not come back.
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

/** Removes a user of the caller's tenant; false when there is none with the id. */
export async function removeUser(resources: ResourceStore, caller: Resource<User>, id: string): Promise<boolean> {
  const found = await findUser(resources, caller, id);
  return found?.tenant === caller.tenant && resources.remove(users, id);
}
