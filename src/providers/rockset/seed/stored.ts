import { Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import { type StoredFacts, StoredInstant, storedKind } from '../../../provider/stored.ts';
import { organizations } from '../accounts/organizations/organizations.ts';
import { Organization } from '../accounts/organizations/schemas.ts';
import { users } from '../accounts/users/users.ts';
import { failures } from '../keys/audit.ts';
import { roles } from '../roles/roles.ts';

const Text = Nullable(Type.String());

const User = Type.Object({
  email: Type.String(),
  first_name: Text,
  last_name: Text,
  phone_number: Text,
  roles: Type.Array(Type.String()),
  state: Words(['NEW', 'ACTIVE']),
  invite_state: Words(['PENDING', 'ACCEPTED']),
  invited_by: Text,
});

const Role = Type.Object({
  role_name: Type.String(),
  description: Text,
  owner_email: Text,
  created_by: Text,
  privileges: Type.Array(Type.Object({ action: Type.String(), resource_name: Text, cluster: Text })),
});

const Failure = Type.Object({ at: StoredInstant, name: Text, email: Type.String(), details: Type.String() });

/** The id and the instant of a resource are stored beside its data. */
const { id: _id, created_at: _createdAt, ...ofOrganization } = Organization.properties;

/** What a world stores of Rockset. */
export const stored: StoredFacts = {
  resources: [
    storedKind(organizations, Type.Object(ofOrganization)),
    storedKind(users, User),
    storedKind(roles, Role),
    storedKind(failures, Type.Object({ failures: Type.Array(Failure) })),
  ],
  attributes: Type.Object({ created_by_apikey_name: Type.Optional(Text), kind: Type.Optional(Type.String()) }),
};
