import type { KnownOperation } from '../../provider/operations.ts';

const self = '/v1/orgs/self';
const workspace = `${self}/ws/{workspace}`;
const collection = `${workspace}/collections/{collection}`;
const source = `${collection}/sources/{source}`;
const lambda = `${workspace}/lambdas/{queryLambda}`;
const scheduled = `${workspace}/scheduled_lambdas/{scheduledLambdaId}`;
const instance = `${self}/virtualinstances/{virtualInstanceId}`;
const mount = `${instance}/mounts/{collectionPath}`;

type Row = readonly [id: string, method: KnownOperation['method'], path: string];

/** Operations that require one action. Which operation requires which action is assumed from its name. FIDELITY: HTTP. */
function guardedBy(requires: string, ...rows: readonly Row[]): KnownOperation[] {
  return rows.map(([id, method, path]) => ({ id, method, path, requires }));
}

const workspaces = [
  ...guardedBy('LIST_WS_GLOBAL', ['listWorkspaces', 'GET', `${self}/ws`], ['getWorkspace', 'GET', workspace]),
  ...guardedBy('CREATE_WS_GLOBAL', ['createWorkspace', 'POST', `${self}/ws`]),
  ...guardedBy('DELETE_WS', ['deleteWorkspace', 'DELETE', workspace]),
  ...guardedBy(
    'LIST_RESOURCES_WS',
    ['listAliases', 'GET', `${self}/aliases`],
    ['workspaceAliases', 'GET', `${workspace}/aliases`],
    ['getAlias', 'GET', `${workspace}/aliases/{alias}`],
    ['listViews', 'GET', `${self}/views`],
    ['workspaceViews', 'GET', `${workspace}/views`],
    ['getView', 'GET', `${workspace}/views/{view}`],
  ),
  ...guardedBy(
    'CREATE_ALIAS_WS',
    ['createAlias', 'POST', `${workspace}/aliases`],
    ['updateAlias', 'POST', `${workspace}/aliases/{alias}`],
  ),
  ...guardedBy('DELETE_ALIAS_WS', ['deleteAlias', 'DELETE', `${workspace}/aliases/{alias}`]),
  ...guardedBy(
    'CREATE_VIEW_WS',
    ['createView', 'POST', `${workspace}/views`],
    ['updateView', 'POST', `${workspace}/views/{view}`],
  ),
  ...guardedBy('DELETE_VIEW_WS', ['deleteView', 'DELETE', `${workspace}/views/{view}`]),
];

const collections = [
  ...guardedBy(
    'LIST_RESOURCES_WS',
    ['listCollections', 'GET', `${self}/collections`],
    ['workspaceCollections', 'GET', `${workspace}/collections`],
    ['getCollection', 'GET', collection],
    ['getCollectionOffsets', 'POST', `${collection}/offsets/commit`],
    ['listCollectionSources', 'GET', `${collection}/sources`],
    ['getSource', 'GET', source],
  ),
  ...guardedBy('CREATE_COLLECTION_WS', ['createCollection', 'POST', `${workspace}/collections`]),
  ...guardedBy('DELETE_COLLECTION_WS', ['deleteCollection', 'DELETE', collection]),
  ...guardedBy(
    'UPDATE_COLLECTION_WS',
    ['updateCollection', 'PUT', collection],
    ['setCollectionState', 'PUT', `${collection}/state`],
    ['createSource', 'POST', `${collection}/sources`],
    ['updateSource', 'PUT', source],
    ['deleteSource', 'DELETE', source],
    ['suspendSource', 'POST', `${source}/suspend`],
    ['resumeSource', 'POST', `${source}/resume`],
  ),
  ...guardedBy(
    'WRITE_DATA_WS',
    ['addDocuments', 'POST', `${collection}/docs`],
    ['patchDocuments', 'PATCH', `${collection}/docs`],
    ['deleteDocuments', 'DELETE', `${collection}/docs`],
  ),
];

const lambdas = [
  ...guardedBy(
    'LIST_RESOURCES_WS',
    ['listAllQueryLambdas', 'GET', `${self}/lambdas`],
    ['listQueryLambdasInWorkspace', 'GET', `${workspace}/lambdas`],
    ['listQueryLambdaVersions', 'GET', `${lambda}/versions`],
    ['getQueryLambdaVersion', 'GET', `${lambda}/versions/{version}`],
    ['listQueryLambdaTags', 'GET', `${lambda}/tags`],
    ['getQueryLambdaTagVersion', 'GET', `${lambda}/tags/{tag}`],
    ['getScheduledLambda', 'GET', scheduled],
    ['listOrgScheduledLambdas', 'GET', `${self}/lambdas/scheduled_lambdas`],
  ),
  ...guardedBy(
    'CREATE_QUERY_LAMBDA_WS',
    ['createQueryLambda', 'POST', `${workspace}/lambdas`],
    ['updateQueryLambda', 'POST', `${lambda}/versions`],
    ['createQueryLambdaTag', 'POST', `${lambda}/tags`],
  ),
  ...guardedBy(
    'DELETE_QUERY_LAMBDA_WS',
    ['deleteQueryLambda', 'DELETE', lambda],
    ['deleteQueryLambdaTag', 'DELETE', `${lambda}/tags/{tag}`],
    ['deleteQueryLambdaVersion', 'DELETE', `${lambda}/version/{version}`],
  ),
  ...guardedBy(
    'EXECUTE_QUERY_LAMBDA_WS',
    ['executeQueryLambda', 'POST', `${lambda}/versions/{version}`],
    ['executeQueryLambdaByTag', 'POST', `${lambda}/tags/{tag}`],
  ),
  ...guardedBy(
    'CREATE_SCHEDULED_LAMBDA_WS',
    ['createScheduledLambda', 'POST', `${workspace}/scheduled_lambdas`],
    ['updateScheduledLambda', 'POST', scheduled],
  ),
  ...guardedBy('DELETE_SCHEDULED_LAMBDA_WS', ['deleteScheduledLambda', 'DELETE', scheduled]),
];

const queries = guardedBy(
  'QUERY_DATA_WS',
  ['query', 'POST', `${self}/queries`],
  ['validate', 'POST', `${self}/queries/validations`],
  ['listActiveQueries', 'GET', `${self}/queries`],
  ['getQuery', 'GET', `${self}/queries/{queryId}`],
  ['getQueryResults', 'GET', `${self}/queries/{queryId}/pages`],
  ['cancelQuery', 'DELETE', `${self}/queries/{queryId}`],
);

const virtualInstances = [
  ...guardedBy(
    'LIST_VI_GLOBAL',
    ['listVirtualInstances', 'GET', `${self}/virtualinstances`],
    ['getVirtualInstance', 'GET', instance],
    ['listCollectionMounts', 'GET', `${instance}/mounts`],
    ['getCollectionMount', 'GET', mount],
    ['getMountOffsets', 'POST', `${mount}/offsets/commit`],
  ),
  ...guardedBy('CREATE_VI_GLOBAL', ['createVirtualInstance', 'POST', `${self}/virtualinstances`]),
  ...guardedBy(
    'UPDATE_VI',
    ['setVirtualInstance', 'POST', instance],
    ['mountCollection', 'POST', `${instance}/mounts`],
    ['unmountCollection', 'DELETE', mount],
  ),
  ...guardedBy('DELETE_VI', ['deleteVirtualInstance', 'DELETE', instance]),
  ...guardedBy(
    'SUSPEND_RESUME_VI',
    ['suspendVirtualInstance', 'POST', `${instance}/suspend`],
    ['resumeVirtualInstance', 'POST', `${instance}/resume`],
  ),
  ...guardedBy(
    'QUERY_VI',
    ['queryVirtualInstance', 'POST', `${instance}/queries`],
    ['getVirtualInstanceQueries', 'GET', `${instance}/queries`],
  ),
];

const settings = [
  ...guardedBy('GET_ORG_GLOBAL', ['getDeploymentSettings', 'GET', `${self}/deploymentsettings`]),
  ...guardedBy('UPDATE_SETTINGS_GLOBAL', ['updateDeploymentSettings', 'PUT', `${self}/deploymentsettings`]),
  ...guardedBy(
    'GET_CURRENT_USER_GLOBAL',
    ['listUnsubscribePreferences', 'GET', `${self}/users/self/preferences`],
    ['updateUnsubscribePreferences', 'POST', `${self}/users/self/preferences`],
  ),
];

const integrations = [
  ...guardedBy(
    'LIST_INTEGRATIONS_GLOBAL',
    ['listIntegrations', 'GET', `${self}/integrations`],
    ['getIntegration', 'GET', `${self}/integrations/{integration}`],
  ),
  ...guardedBy(
    'CREATE_INTEGRATION_GLOBAL',
    ['createIntegration', 'POST', `${self}/integrations`],
    ['updateIntegration', 'PUT', `${self}/integrations/{integration}`],
  ),
  ...guardedBy('DELETE_INTEGRATION_GLOBAL', ['deleteIntegration', 'DELETE', `${self}/integrations/{integration}`]),
];

/**
 * The operations of the last specification that are not emulated (rockset/openapi 6ff600e, 2024-06-21; ids and paths as in
 * rockset-go-client 0.25.0; `listOrgScheduledLambdas` as in the Python client; `setCollectionState` has an assumed id and path).
 */
export const unimplemented: readonly KnownOperation[] = [
  ...settings,
  ...workspaces,
  ...collections,
  ...lambdas,
  ...queries,
  ...virtualInstances,
  ...integrations,
  {
    id: 'executePublicQueryLambdaWithParams',
    method: 'POST',
    path: '/v1/public/shared_lambdas/{public_access_id}',
    auth: 'none',
  },
];
