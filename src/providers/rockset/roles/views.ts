import { type Instant, toIsoSeconds } from '../../../clock.ts';
import type { RocksetProfile } from '../profiles.ts';
import type { Role } from './roles.ts';
import type { RoleView } from './schemas.ts';

/** A role as an era shows it: built-in roles lack the actions that were added later. `createdAt` is null for a built-in role. */
export function toRoleView(role: Role, createdAt: Instant | null, { laterActions }: RocksetProfile): RoleView {
  const isBuiltIn = createdAt === null;
  return {
    ...role,
    privileges: role.privileges.filter(({ action }) => !isBuiltIn || !laterActions.has(action)),
    created_at: isBuiltIn ? null : toIsoSeconds(createdAt),
  };
}
