import { everywhere } from './actions.ts';
import type { Role } from './roles.ts';

/** As recorded on 2024-03-06, in that order. FIDELITY: Roles. */
export const builtInRoles: ReadonlyMap<string, Role> = new Map([
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

/** The actions of each built-in role, gathered once since these roles cannot change. */
export const builtInActions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...builtInRoles].map(([name, { privileges }]) => [name, new Set(privileges.map(({ action }) => action))]),
);

function builtInRole(name: string, actions: readonly string[]): [string, Role] {
  const privileges = actions.map((action) => ({ action, resource_name: everywhere, cluster: everywhere }));
  return [name, { role_name: name, description: 'default role', owner_email: null, created_by: null, privileges }];
}
