import type { KnownOperation } from '../../provider/operations.ts';

type Row = readonly [id: string, method: KnownOperation['method'], path: string];

const org = '/v0/organizations/{org_id}';
const profiles = `${org}/dataset-profiles/models`;
const models = `${org}/models`;
const model = `${models}/{model_id}`;
const dataset = `${models}/{dataset_id}`;
const monitoring = `${dataset}/monitor-config`;
const settings = '/v0/notification-settings';

const forWhyLabs: readonly Row[] = [
  ['UpdateOrg', 'PUT', '/v0/organizations'],
  ['UpdateOrganization', 'PUT', org],
  ['PartiallyUpdateOrg', 'PUT', '/v0/organizations/partial'],
  ['GetAWSMarketplaceMetadata', 'GET', `${org}/marketplace-metadata`],
  ['UpdateMembershipByClaims', 'PATCH', '/v0/membership/claims'],
  ['GetFeatureFlags', 'GET', '/v0/feature-flags'],
  ['ProvisionAWSMarketplaceNewUser', 'POST', '/v0/provision/marketplace/aws/new-user'],
  ['ProvisionDatabricksConnection', 'POST', '/v0/provision/connect/databricks'],
  ['RegisterDatabricksConnection', 'POST', '/v0/provision/connect/databricks/staged'],
  ['PostMonitorConfigValidationJob', 'POST', '/v0/admin/monitor-config/create-validation-job'],
  ['GetConnection', 'POST', '/v0/databricks/get-connection'],
  ['ListJobs', 'POST', '/v0/databricks/list-jobs'],
  ['RefreshConnection', 'POST', '/v0/databricks/refresh-connection'],
  ['RunJob', 'POST', '/v0/databricks/run-job'],
  ['UpdateConnection', 'POST', '/v0/databricks/update-connection'],
  ['PutProvidedConfig', 'PUT', `${models}/provided-config`],
  ['GetEmailNotificationActionPayload', 'GET', `${settings}/actions/email/payload`],
  ['GetPagerDutyNotificationActionPayload', 'GET', `${settings}/actions/pagerduty/payload`],
  ['GetSlackNotificationActionPayload', 'GET', `${settings}/actions/slack/payload`],
];

/** The anonymous sessions of whylogs, which use tokens of their own. */
const anonymous: readonly Row[] = [
  ['CreateSession', 'POST', '/v0/sessions'],
  ['GetSession', 'GET', '/v0/sessions/{session_token}'],
  ['CloseSession', 'POST', '/v0/sessions/{session_token}/close'],
  ['CreateDatasetProfileUpload', 'POST', '/v0/sessions/{session_token}/upload'],
];

const uploads: readonly Row[] = [
  ['Log', 'POST', `${org}/log`],
  ['LogAsync', 'POST', `${org}/log/async/{dataset_id}`],
  ['LogReference', 'POST', `${org}/log/reference/{model_id}`],
];

const readings: readonly Row[] = [
  ['GetAlertsPaths', 'GET', `${org}/alerts/models/{model_id}/paths`],
  ['GetEventsPaths', 'GET', `${org}/events/models/{model_id}/paths`],
  ['GetEventsData', 'GET', `${org}/events/models/{model_id}/data`],
  ['GetColumnWeights', 'GET', `${org}/dataset/{dataset_id}/weights`],
  ['PutColumnWeights', 'PUT', `${org}/dataset/{dataset_id}/weights`],
  ['GetMonitorConfigSchema', 'GET', `${org}/schema/monitor-config`],
  ['DeleteDatasetProfiles', 'DELETE', `${profiles}/{dataset_id}`],
  ['DeleteAnalyzerResults', 'DELETE', `${profiles}/{dataset_id}/analyzer-results`],
  ['ListReferenceProfiles', 'GET', `${profiles}/{model_id}/reference-profiles`],
  ['GetReferenceProfile', 'GET', `${profiles}/{model_id}/reference-profiles/{reference_id}`],
  ['DeleteReferenceProfile', 'DELETE', `${profiles}/{model_id}/reference-profiles/{reference_id}`],
  ['GetModel', 'GET', model],
  ['ListSegments', 'GET', `${model}/segments`],
  ['GetEntitySchema', 'GET', `${dataset}/schema`],
  ['GetEntitySchemaColumn', 'GET', `${dataset}/schema/column/{column_id}`],
  ['GetProvidedConfig', 'GET', `${models}/provided-config`],
  ['GetMonitorConfig', 'GET', `${model}/monitor-config`],
  ['GetMonitorConfigV2', 'GET', `${model}/monitor-config/v2`],
  ['GetMonitorConfigV3', 'GET', `${monitoring}/v3`],
  ['ListMonitorConfigV3Versions', 'GET', `${monitoring}/v3/versions`],
  ['GetMonitorConfigV3Version', 'GET', `${monitoring}/v3/versions/{version_id}`],
  ['GetAnalyzer', 'GET', `${monitoring}/analyzer/{analyzer_id}`],
  ['GetMonitor', 'GET', `${monitoring}/monitor/{monitor_id}`],
];

const changes: readonly Row[] = [
  ['CreateModel', 'POST', models],
  ['UpdateModel', 'PUT', model],
  ['DeactivateModel', 'DELETE', model],
  ['PutSegments', 'PUT', `${model}/segments`],
  ['PutEntitySchema', 'PUT', `${dataset}/schema`],
  ['PutEntitySchemaColumn', 'PUT', `${dataset}/schema/column/{column_id}`],
  ['DeleteEntitySchemaColumn', 'DELETE', `${dataset}/schema/column/{column_id}`],
  ['PutRequestMonitorRunConfig', 'PUT', `${dataset}/request-monitor-run`],
  ['PutMonitorConfig', 'PUT', `${model}/monitor-config`],
  ['DeleteMonitorConfig', 'DELETE', `${model}/monitor-config`],
  ['PutMonitorConfigV2', 'PUT', `${model}/monitor-config/v2`],
  ['PutMonitorConfigV3', 'PUT', `${monitoring}/v3`],
  ['ValidateMonitorConfigV3', 'PUT', `${monitoring}/v3/validate`],
  ['PutAnalyzer', 'PUT', `${monitoring}/analyzer/{analyzer_id}`],
  ['DeleteAnalyzer', 'DELETE', `${monitoring}/analyzer/{analyzer_id}`],
  ['PutMonitor', 'PUT', `${monitoring}/monitor/{monitor_id}`],
  ['DeleteMonitor', 'DELETE', `${monitoring}/monitor/{monitor_id}`],
];

const notifications: readonly Row[] = [
  ['GetNotificationSettings', 'GET', `${settings}/{org_id}`],
  ['UpdateNotificationSettings', 'POST', `${settings}/{org_id}`],
  ['ListNotificationActions', 'GET', `${settings}/{org_id}/actions`],
  ['GetNotificationAction', 'GET', `${settings}/{org_id}/actions/{action_id}`],
  ['DeleteNotificationAction', 'DELETE', `${settings}/{org_id}/actions/{action_id}`],
  ['PutNotificationAction', 'PUT', `${settings}/{org_id}/actions/{type}/{action_id}`],
  ['UpdateNotificationAction', 'PATCH', `${settings}/{org_id}/actions/{type}/{action_id}`],
];

/** The operations of the specification of 2023 and of the source that answer 501 here. FIDELITY: Routing. */
export const unimplemented: readonly KnownOperation[] = [
  ...known(forWhyLabs, { requires: 'WhyLabs itself' }),
  ...known(anonymous, { auth: 'none' }),
  ...known(uploads, { requires: 'data' }),
  ...known(readings, { requires: 'resources' }),
  ...known(changes, { requires: 'writes resources' }),
  ...known(notifications, { requires: 'notifications' }),
];

function known(rows: readonly Row[], guard: Pick<KnownOperation, 'requires' | 'auth'>): KnownOperation[] {
  return rows.map(([id, method, path]) => ({ id, method, path, ...guard }));
}
