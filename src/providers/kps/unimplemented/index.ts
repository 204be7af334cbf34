import type { KnownOperation } from '../../../provider/operations.ts';
import { infrastructure } from './infrastructure.ts';
import type { ListedOperation } from './listed-operation.ts';
import { workloads } from './workloads.ts';

/** What accounts have besides users and tokens, and what their projects share. */
const accounts: readonly ListedOperation[] = [
  ['ProjectGetUsersV2', 'GET', '/v1.0/projects/{projectId}/users'],
  ['UserPropsGetV2', 'GET', '/v1.0/userprops/{id}'],
  ['UserPropsUpdateV2', 'PUT', '/v1.0/userprops/{id}'],
  ['UserPropsDeleteV2', 'DELETE', '/v1.0/userprops/{id}'],
  ['UserPublicKeyGet', 'GET', '/v1.0/userpublickey'],
  ['UserPublicKeyUpdate', 'PUT', '/v1.0/userpublickey'],
  ['UserPublicKeyDelete', 'DELETE', '/v1.0/userpublickey'],
  ['UserPublicKeyList', 'GET', '/v1.0/userpublickeyall'],
  ['TenantCreate', 'POST', '/v1.0/tenants'],
  ['TenantGetByID', 'GET', '/v1.0/tenants/{id}'],
  ['TenantDelete', 'DELETE', '/v1.0/tenants/{id}'],
  ['TenantPropsGetV2', 'GET', '/v1.0/tenantprops/{id}'],
  ['TenantPropsUpdateV2', 'PUT', '/v1.0/tenantprops/{id}'],
  ['TenantPropsDeleteV2', 'DELETE', '/v1.0/tenantprops/{id}'],
  ['AuditLogListV2', 'GET', '/v1.0/auditlogs'],
  ['QueryAuditLogsV2', 'POST', '/v1.0/auditlogsV2'],
  ['QueryEventsV2', 'POST', '/v1.0/events'],
  ['ProjectListV2', 'GET', '/v1.0/projects'],
  ['ProjectCreateV2', 'POST', '/v1.0/projects'],
  ['ProjectGetV2', 'GET', '/v1.0/projects/{projectId}'],
  ['ProjectUpdateV3', 'PUT', '/v1.0/projects/{id}'],
  ['ProjectDeleteV2', 'DELETE', '/v1.0/projects/{id}'],
  ['CategoryListV2', 'GET', '/v1.0/categories'],
  ['CategoryCreateV2', 'POST', '/v1.0/categories'],
  ['CategoryGetV2', 'GET', '/v1.0/categories/{id}'],
  ['CategoryUpdateV3', 'PUT', '/v1.0/categories/{id}'],
  ['CategoryDeleteV2', 'DELETE', '/v1.0/categories/{id}'],
  ['CategoryUsageList', 'GET', '/v1.0/categoriesusage'],
  ['CategoryUsageGet', 'GET', '/v1.0/categoriesusage/{id}'],
  ['CloudProfileList', 'GET', '/v1.0/cloudprofiles'],
  ['CloudProfileCreate', 'POST', '/v1.0/cloudprofiles'],
  ['CloudProfileGet', 'GET', '/v1.0/cloudprofiles/{id}'],
  ['CloudProfileUpdate', 'PUT', '/v1.0/cloudprofiles/{id}'],
  ['CloudProfileDelete', 'DELETE', '/v1.0/cloudprofiles/{id}'],
  ['ProjectGetCloudProfiles', 'GET', '/v1.0/projects/{projectId}/cloudprofiles'],
  ['CertificatesCreateV2', 'POST', '/v1.0/certificates'],
  ['ContainerRegistryListV2', 'GET', '/v1.0/containerregistries'],
  ['ContainerRegistryCreateV2', 'POST', '/v1.0/containerregistries'],
  ['ContainerRegistryGetV2', 'GET', '/v1.0/containerregistries/{id}'],
  ['ContainerRegistryUpdateV2', 'PUT', '/v1.0/containerregistries/{id}'],
  ['ContainerRegistryDeleteV2', 'DELETE', '/v1.0/containerregistries/{id}'],
  ['ProjectGetContainerRegistriesV2', 'GET', '/v1.0/projects/{projectId}/containerregistries'],
];

/** The log-in through My Nutanix needs no token. */
const open: readonly KnownOperation[] = [
  { id: 'OAuthAuthorizeCallV2', method: 'GET', path: '/v1.0/oauth2/authorize', auth: 'none' },
  { id: 'OAuthTokenCallV2', method: 'POST', path: '/v1.0/oauth2/token', auth: 'none' },
];

/** The operations below `/v1.0` in the vendor's documentation that are not emulated. FIDELITY: Routing. */
export const unimplemented: readonly KnownOperation[] = [
  ...open,
  ...[...accounts, ...workloads, ...infrastructure].map(([id, method, path]) => ({ id, method, path })),
];
