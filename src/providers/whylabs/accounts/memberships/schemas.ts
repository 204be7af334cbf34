import { type Static, Type } from 'typebox';
import { Words } from '../../../../provider/schemas.ts';
import { roles } from '../../wire/java-enum.ts';
import { Email } from '../users/schemas.ts';

const Role = Words(roles.words);
const Default = Type.Boolean({ description: 'Whether the user sees this organisation first' });

const Membership = Type.Object(
  { orgId: Type.String(), default: Default, role: Role, userId: Type.String(), email: Email },
  { title: 'Membership' },
);
export type Membership = Static<typeof Membership>;

export const ListMembershipsResponse = Type.Object({ memberships: Type.Array(Membership) }, { title: 'GetMembershipsResponse' });

export const DefaultMembershipResponse = Type.Object(
  { membership: Type.Optional(Membership) },
  { title: 'GetDefaultMembershipResponse', description: 'Empty if the user belongs to no organisation' },
);

export const MembershipMetadata = Type.Object(
  { orgId: Type.String(), role: Role, userId: Type.String(), default: Default },
  { title: 'MembershipMetadata' },
);
export type MembershipMetadata = Static<typeof MembershipMetadata>;

export const AddMembershipRequest = Type.Object(
  {
    orgId: Type.String(),
    email: Email,
    role: Role,
    createdBy: Type.Optional(Type.String({ description: 'Only for a notification, which is not emulated' })),
    default: Type.Optional(Type.Boolean({ default: false })),
  },
  { title: 'AddMembershipRequest' },
);

export const UpdateMembershipRequest = Type.Object(
  { orgId: Type.String(), email: Email, role: Role },
  { title: 'UpdateMembershipRequest' },
);
export const RemoveMembershipRequest = Type.Object({ orgId: Type.String(), email: Email }, { title: 'RemoveMembershipRequest' });
export const SetDefaultMembershipRequest = Type.Object(
  { orgId: Type.String(), userId: Type.String() },
  { title: 'SetDefaultMembershipRequest' },
);

const includeClaims = Type.Optional(Type.Boolean({ description: 'Ignored: log-ins, which carry claims, are not emulated' }));
export const ClaimsQuery = Type.Object({ include_claims: includeClaims });
export const EmailAndClaimsQuery = Type.Object({ email: Email, include_claims: includeClaims });
