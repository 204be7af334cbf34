/** Every action of the specification's `Privilege` (spec3.yaml of 2024-03-26), in its order. */
export const actions = [
  'ALL_GLOBAL_ACTIONS',
  'GET_ORG_GLOBAL',
  'GET_CURRENT_USER_GLOBAL',
  'INVITE_USER_GLOBAL',
  'DELETE_USER_GLOBAL',
  'LIST_USERS_GLOBAL',
  'GET_BILLING_GLOBAL',
  'UPDATE_BILLING_GLOBAL',
  'UPDATE_SETTINGS_GLOBAL',
  'GET_METRICS_GLOBAL',
  'CREATE_VI_GLOBAL',
  'UPDATE_VI_GLOBAL',
  'LIST_VI_GLOBAL',
  'CREATE_WS_GLOBAL',
  'LIST_WS_GLOBAL',
  'CREATE_INTEGRATION_GLOBAL',
  'DELETE_INTEGRATION_GLOBAL',
  'LIST_INTEGRATIONS_GLOBAL',
  'EXPORT_DATA_GLOBAL',
  'UPDATE_RESOURCE_OWNER_GLOBAL',
  'CREATE_API_KEY_GLOBAL',
  'CREATE_ROLE_GLOBAL',
  'UPDATE_ROLE_GLOBAL',
  'DELETE_ROLE_GLOBAL',
  'LIST_ROLES_GLOBAL',
  'GRANT_REVOKE_ROLE_GLOBAL',
  'CREATE_QUERY_LOGS_COLLECTION_GLOBAL',
  'CREATE_INGEST_LOGS_COLLECTION_GLOBAL',
  'ALL_INTEGRATION_ACTIONS',
  'CREATE_COLLECTION_INTEGRATION',
  'ALL_WORKSPACE_ACTIONS',
  'DELETE_WS',
  'QUERY_DATA_WS',
  'WRITE_DATA_WS',
  'CREATE_COLLECTION_WS',
  'DELETE_COLLECTION_WS',
  'UPDATE_COLLECTION_WS',
  'CREATE_ALIAS_WS',
  'DELETE_ALIAS_WS',
  'CREATE_SNAPSHOT_WS',
  'LIST_RESOURCES_WS',
  'CREATE_QUERY_LAMBDA_WS',
  'DELETE_QUERY_LAMBDA_WS',
  'EXECUTE_QUERY_LAMBDA_WS',
  'CREATE_SCHEDULED_LAMBDA_WS',
  'DELETE_SCHEDULED_LAMBDA_WS',
  'CREATE_VIEW_WS',
  'DELETE_VIEW_WS',
  'ALL_VI_ACTIONS',
  'QUERY_VI',
  'UPDATE_VI',
  'SUSPEND_RESUME_VI',
  'DELETE_VI',
  'CREATE_SIMILARITY_INDEX_WS',
  'DELETE_SIMILARITY_INDEX_WS',
  'CREATE_NETWORK_CONFIGURATION_GLOBAL',
  'DELETE_NETWORK_CONFIGURATION_GLOBAL',
  'LIST_NETWORK_CONFIGURATIONS_GLOBAL',
  'UPDATE_DEPLOYMENT_DEFAULT_QUERY_VI',
] as const;

/** The kinds of actions. The action `all` includes every action whose name has the ending of its kind. */
const kinds = [
  { all: 'ALL_GLOBAL_ACTIONS', ending: '_GLOBAL', hasResource: false, hasCluster: false },
  { all: 'ALL_INTEGRATION_ACTIONS', ending: '_INTEGRATION', hasResource: true, hasCluster: false },
  { all: 'ALL_WORKSPACE_ACTIONS', ending: '_WS', hasResource: true, hasCluster: true },
  { all: 'ALL_VI_ACTIONS', ending: '_VI', hasResource: true, hasCluster: true },
];

const kindOf = (action: string) => kinds.find(({ all, ending }) => action === all || action.endsWith(ending));

/** Whether a set of actions allows an action: it contains the action itself, or the one that includes all of its kind. */
export function grants(held: ReadonlySet<string>, action: string): boolean {
  return held.has(action) || held.has(kindOf(action)?.all ?? action);
}

/** A permission on everything or on one named resource; a field is null where the server shows null. */
export interface Privilege {
  readonly action: string;
  readonly resource_name: string | null;
  readonly cluster: string | null;
}

/** On every resource, in every cluster. */
export const everywhere = '*ALL*';

/**
 * A privilege of a custom role, as the server returned it (recorded): resource and cluster are null where an action of this
 * kind has none, and otherwise as sent; if left out, they mean everywhere. FIDELITY: Roles.
 */
export function toPrivilege(action: string, resourceName?: string | null, cluster?: string | null): Privilege {
  const { hasResource = true, hasCluster = true } = kindOf(action) ?? {};
  return {
    action,
    resource_name: hasResource ? (resourceName ?? everywhere) : null,
    cluster: hasCluster ? (cluster ?? everywhere) : null,
  };
}
