import { type Static, Type } from 'typebox';
import { Nullable, Words } from '../../../provider/schemas.ts';
import { actions } from './actions.ts';

const Text = Nullable(Type.String());

const Privilege = Type.Object(
  {
    action: Type.String(),
    resource_name: Text,
    cluster: Text,
  },
  { title: 'Privilege' },
);

/** `Role`, in the order that was recorded. */
export const Role = Type.Object(
  {
    role_name: Type.String(),
    description: Text,
    owner_email: Nullable(Type.String({ description: 'Null for a built-in role' })),
    created_by: Nullable(Type.String({ description: 'Null for a built-in role' })),
    privileges: Type.Array(Privilege),
    created_at: Nullable(Type.String({ format: 'date-time', description: 'Null for a built-in role' })),
  },
  { title: 'Role' },
);
export type RoleView = Static<typeof Role>;

const RequestedPrivilege = Type.Object(
  {
    action: Words(actions),
    resource_name: Type.Optional(Nullable(Type.String({ description: 'Left out: everything' }))),
    cluster: Type.Optional(Nullable(Type.String({ description: 'Left out: every cluster' }))),
  },
  { title: 'RequestedPrivilege' },
);

const description = Type.Optional(Text);
const privileges = Type.Optional(Nullable(Type.Array(RequestedPrivilege)));

export const CreateRoleRequest = Type.Object(
  { role_name: Type.String({ maxLength: 256, description: 'Not blank' }), description, privileges },
  { title: 'CreateRoleRequest' },
);
export type CreateRoleRequest = Static<typeof CreateRoleRequest>;

export const UpdateRoleRequest = Type.Object({ description, privileges }, { title: 'UpdateRoleRequest' });
export type UpdateRoleRequest = Static<typeof UpdateRoleRequest>;

export const RolePath = Type.Object({ roleName: Type.String({ description: 'Name of the role' }) });
