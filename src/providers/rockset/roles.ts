import { type ResourceStore, resourceKind } from '../../core/resource-store.ts';

/** A permission, on everything or on one named thing; null where the server shows none. */
export interface Privilege {
  readonly action: string;
  readonly resource_name: string | null;
  readonly cluster: string | null;
}

/** A role as the wire shows it; when a custom one was made is in its resource. */
export interface Role {
  readonly role_name: string;
  readonly description: string | null;
  readonly owner_email: string | null;
  readonly created_by: string | null;
  readonly privileges: readonly Privilege[];
}

/** Custom roles. The built-in ones are no resources: nobody can change them. */
export const roles = resourceKind<Role>('role');

/** A role's name is unique in its organization alone, so its resource's id names both. */
export function roleId(tenant: string, name: string): string {
  return `${tenant}/${name}`;
}

/** As listed on 2024-03-06, in that order. FIDELITY: roles. */
const builtIn: ReadonlyMap<string, Role> = new Map([
  builtInRole('admin', ['ALL_GLOBAL_ACTIONS', 'ALL_INTEGRATION_ACTIONS', 'ALL_WORKSPACE_ACTIONS', 'ALL_VI_ACTIONS']),
  builtInRole('member', [
    'GET_ORG_GLOBAL',
    'GET_CURRENT_USER_GLOBAL',
    'INVITE_USER_GLOBAL',
    'LIST_USERS_GLOBAL',
    'CREATE_VI_GLOBAL',
    'UPDATE_VI_GLOBAL',
    'LIST_VI_GLOBAL',
    'CREATE_WS_GLOBAL',
    'LIST_WS_GLOBAL',
    'CREATE_INTEGRATION_GLOBAL',
    'DELETE_INTEGRATION_GLOBAL',
    'LIST_INTEGRATIONS_GLOBAL',
    'CREATE_API_KEY_GLOBAL',
    'LIST_ROLES_GLOBAL',
    'GET_METRICS_GLOBAL',
    'CREATE_COLLECTION_INTEGRATION',
    'ALL_WORKSPACE_ACTIONS',
    'ALL_VI_ACTIONS',
    'EXPORT_DATA_GLOBAL',
  ]),
  builtInRole('read-only', [
    'GET_ORG_GLOBAL',
    'GET_CURRENT_USER_GLOBAL',
    'LIST_USERS_GLOBAL',
    'LIST_VI_GLOBAL',
    'LIST_WS_GLOBAL',
    'CREATE_API_KEY_GLOBAL',
    'LIST_ROLES_GLOBAL',
    'LIST_INTEGRATIONS_GLOBAL',
    'GET_METRICS_GLOBAL',
    'LIST_RESOURCES_WS',
    'QUERY_DATA_WS',
    'EXECUTE_QUERY_LAMBDA_WS',
    'QUERY_VI',
  ]),
]);

/** What nobody can change need not be gathered on every request. */
const builtInActions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...builtIn].map(([name, { privileges }]) => [name, new Set(privileges.map(({ action }) => action))]),
);

function builtInRole(name: string, actions: readonly string[]): [string, Role] {
  const privileges = actions.map((action) => ({ action, resource_name: '*ALL*', cluster: '*ALL*' }));
  return [name, { role_name: name, description: 'default role', owner_email: null, created_by: null, privileges }];
}

/** A role of an organization: built-in or custom. */
export async function findRole(resources: Pick<ResourceStore, 'get'>, tenant: string, name: string): Promise<Role | undefined> {
  const role = builtIn.get(name);
  if (role !== undefined) return role;
  const custom = await resources.get(roles, roleId(tenant, name));
  return custom?.data;
}

/** The actions that some roles grant together. A role that is gone grants nothing. FIDELITY: authorisation. */
export async function actionsOf(
  resources: ResourceStore,
  tenant: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const [only, ...more] = names;
  const ofOnly = more.length === 0 && only !== undefined ? builtInActions.get(only) : undefined;
  if (ofOnly !== undefined) return ofOnly;
  const found = await Promise.all(names.map((name) => findRole(resources, tenant, name)));
  return new Set(found.flatMap((role) => role?.privileges.map(({ action }) => action) ?? []));
}

/** `ALL_GLOBAL_ACTIONS` stands for every action on the organization itself: those whose name ends in `_GLOBAL`. */
export function grants(actions: ReadonlySet<string>, action: string): boolean {
  return actions.has(action) || (action.endsWith('_GLOBAL') && actions.has('ALL_GLOBAL_ACTIONS'));
}
