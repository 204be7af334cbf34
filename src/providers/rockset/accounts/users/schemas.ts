import { type Static, Type } from 'typebox';
import { Nullable, Words } from '../../../../provider/schemas.ts';
import type { RocksetProfile } from '../../profiles.ts';
import { type OrganizationView, organizationSchema } from '../organizations/schemas.ts';

const Text = Nullable(Type.String());
const Instant = Type.String({ format: 'date-time' });
const Roles = Type.Array(Type.String());
const InviteState = Words(['PENDING', 'ACCEPTED']);

/** `User` as it was recorded in one era: thirteen fields, where the specification has six. */
export function userSchema(profile: RocksetProfile) {
  const Organization = organizationSchema(profile);
  const Membership = Type.Object(
    {
      organization: Organization,
      roles: Roles,
      invite_state: InviteState,
      invited_by: Text,
      email: Type.Null(),
      expires_at: Instant,
      created_at: Instant,
    },
    { title: 'OrgMembership' },
  );
  return Type.Object(
    {
      created_at: Instant,
      email: Type.String(),
      first_name: Text,
      last_name: Text,
      phone_number: Text,
      roles: Roles,
      state: Words(['NEW', 'ACTIVE']),
      org: Type.String(),
      invite_state: InviteState,
      orgs: Type.Unsafe<OrganizationView[] | null>({
        type: ['array', 'null'],
        items: Organization,
        description: 'Only in the answer to getCurrentUser',
      }),
      org_memberships: Type.Array(Membership),
      country: Text,
      accepted_marketing_content: Nullable(Type.Boolean()),
    },
    { title: 'User' },
  );
}
export type UserView = Static<ReturnType<typeof userSchema>>;

/** A deleted user: only the address is not null. */
export const DeletedUser = Type.Object(
  {
    created_at: Type.Null(),
    email: Type.String(),
    first_name: Type.Null(),
    last_name: Type.Null(),
    phone_number: Type.Null(),
    roles: Type.Null(),
    state: Type.Null(),
    org: Type.Null(),
    invite_state: Type.Null(),
    orgs: Type.Null(),
    org_memberships: Type.Null(),
    country: Type.Null(),
    accepted_marketing_content: Type.Null(),
  },
  { title: 'DeletedUser' },
);

export const CreateUserRequest = Type.Object(
  {
    email: Type.String({ maxLength: 256, description: 'Stored in lower case' }),
    roles: Type.Optional(Nullable(Type.Array(Type.String(), { description: 'Without one the answer is a 500' }))),
  },
  { title: 'CreateUserRequest' },
);
export type CreateUserRequest = Static<typeof CreateUserRequest>;

export const UpdateUserRequest = Type.Object(
  {
    roles: Type.Optional(Nullable(Type.Array(Type.String(), { minItems: 1, description: 'Replaces all roles of the user' }))),
    first_name: Type.Optional(Nullable(Type.String({ description: 'Ignored until the invitation is accepted' }))),
    last_name: Type.Optional(Nullable(Type.String({ description: 'Ignored until the invitation is accepted' }))),
  },
  { title: 'UpdateUserRequest' },
);
export type UpdateUserRequest = Static<typeof UpdateUserRequest>;

export const UserPath = Type.Object({ user: Type.String({ description: 'E-mail address of the user, or `self`' }) });
