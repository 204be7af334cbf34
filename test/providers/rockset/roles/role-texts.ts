/** A custom role that the seeded administrator created on 2030-01-01, as the wire shows it. */
export function roleText(name: string, description: string | null, privileges: readonly string[]): string {
  return (
    `{"role_name":"${name}","description":${JSON.stringify(description)},"owner_email":"admin@me.com",` +
    `"created_by":"admin@me.com","privileges":[${privileges.join()}],"created_at":"2030-01-01T00:00:00Z"}`
  );
}

/** A privilege as the wire shows it. */
export function privilegeText(action: string, resourceName: string | null, cluster: string | null): string {
  return `{"action":"${action}","resource_name":${JSON.stringify(resourceName)},"cluster":${JSON.stringify(cluster)}}`;
}

/** A built-in role as the wire shows it. */
export function builtInText(name: string, actions: readonly string[]): string {
  const privileges = actions.map((action) => privilegeText(action, '*ALL*', '*ALL*'));
  return (
    `{"role_name":"${name}","description":"default role","owner_email":null,"created_by":null,` +
    `"privileges":[${privileges.join()}],"created_at":null}`
  );
}

const adminActions = ['ALL_GLOBAL_ACTIONS', 'ALL_INTEGRATION_ACTIONS', 'ALL_WORKSPACE_ACTIONS', 'ALL_VI_ACTIONS'];

/** As recorded in May 2023; in March 2024 EXPORT_DATA_GLOBAL was added at the end. */
export const memberActions = [
  ...['GET_ORG_GLOBAL', 'GET_CURRENT_USER_GLOBAL', 'INVITE_USER_GLOBAL', 'LIST_USERS_GLOBAL', 'CREATE_VI_GLOBAL'],
  ...['UPDATE_VI_GLOBAL', 'LIST_VI_GLOBAL', 'CREATE_WS_GLOBAL', 'LIST_WS_GLOBAL', 'CREATE_INTEGRATION_GLOBAL'],
  ...['DELETE_INTEGRATION_GLOBAL', 'LIST_INTEGRATIONS_GLOBAL', 'CREATE_API_KEY_GLOBAL', 'LIST_ROLES_GLOBAL'],
  ...['GET_METRICS_GLOBAL', 'CREATE_COLLECTION_INTEGRATION', 'ALL_WORKSPACE_ACTIONS', 'ALL_VI_ACTIONS'],
];

const readOnlyActions = [
  ...['GET_ORG_GLOBAL', 'GET_CURRENT_USER_GLOBAL', 'LIST_USERS_GLOBAL', 'LIST_VI_GLOBAL', 'LIST_WS_GLOBAL'],
  ...['CREATE_API_KEY_GLOBAL', 'LIST_ROLES_GLOBAL', 'LIST_INTEGRATIONS_GLOBAL', 'GET_METRICS_GLOBAL', 'LIST_RESOURCES_WS'],
  ...['QUERY_DATA_WS', 'EXECUTE_QUERY_LAMBDA_WS', 'QUERY_VI'],
];

/** The built-in roles of May 2023, in their order. */
export const builtInTexts = [
  builtInText('admin', adminActions),
  builtInText('member', memberActions),
  builtInText('read-only', readOnlyActions),
];
