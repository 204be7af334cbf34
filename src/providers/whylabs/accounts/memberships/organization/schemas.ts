import { Type } from 'typebox';
import { Words } from '../../../../../provider/schemas.ts';
import { roles } from '../../../wire/java-enum.ts';
import { Flag } from '../../../wire/query.ts';
import { Email } from '../../users/schemas.ts';

export const RoleQuery = Type.Object({ email: Email, role: Words(roles.words) });
export const AddMembershipQuery = Type.Object({ ...RoleQuery.properties, set_default: Type.Optional(Flag) });
