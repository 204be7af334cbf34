/**
 * The names of what is emulated, by provider. `npm run generate` writes this file from the providers, and the tests compare it.
 * A credential without a secret belongs to a user who has no key yet.
 */
export interface Emulated {
  readonly estuary: {
    readonly profile: | 'v0.1.11' | 'v0.1.10' | 'v0.4';
    readonly operation: | 'adminAddEscrowAmtPost' | 'adminAutoretrieveInitPost' | 'adminAutoretrieveListGet' | 'adminBalanceGet'
      | 'adminCmAllDealsGet' | 'adminCmBreakAggregateContentPost' | 'adminCmBucketsGet' | 'adminCmDealmakingPost'
      | 'adminCmGcPost' | 'adminCmHealthByCidCidGet' | 'adminCmHealthIdGet' | 'adminCmMovePost' | 'adminCmOffloadCandidatesGet'
      | 'adminCmOffloadCollectPost' | 'adminCmOffloadContentPost' | 'adminCmProgressGet' | 'adminCmReadContentGet'
      | 'adminCmRefreshContentGet' | 'adminCmRepinallShuttlePost' | 'adminCmStagingAllGet' | 'adminCmTransferRestartChanidPost'
      | 'adminDealstatsGet' | 'adminDiskInfoGet' | 'adminFilAddressGet' | 'adminFixdealsGet' | 'adminInvitesCodePost'
      | 'adminInvitesGet' | 'adminLoglevelPost' | 'adminMinersAddMinerPost' | 'adminMinersGet' | 'adminMinersRmMinerPost'
      | 'adminMinersSetInfoMinerPut' | 'adminMinersStatsGet' | 'adminMinersSuspendMinerPost' | 'adminMinersTransfersMinerGet'
      | 'adminMinersUnsuspendMinerPut' | 'adminNetPeersGet' | 'adminPeeringPeersDelete' | 'adminPeeringPeersGet'
      | 'adminPeeringPeersPost' | 'adminPeeringStartPost' | 'adminPeeringStatusGet' | 'adminPeeringStopPost'
      | 'adminRetrievalQuerytestContentGet' | 'adminRetrievalStatsGet' | 'adminShuttleInitPost' | 'adminShuttleListGet'
      | 'adminStatsGet' | 'adminSystemConfigGet' | 'adminUsersGet' | 'autoretrieveHeartbeatPost' | 'checkApiKeyPost'
      | 'checkUserApiKeyPost' | 'checkUserPassPost' | 'collectionsColuuidCommitPost' | 'collectionsColuuidContentsDelete'
      | 'collectionsColuuidDelete' | 'collectionsColuuidGet' | 'collectionsColuuidPost' | 'collectionsFsAddPost'
      | 'collectionsGet' | 'collectionsPost' | 'contentAddCarPost' | 'contentAddIpfsPost' | 'contentAddPost'
      | 'contentAggregatedContentGet' | 'contentAllDealsGet' | 'contentBwUsageContentGet' | 'contentByCidCidGet'
      | 'contentContentsGet' | 'contentCreatePost' | 'contentDealsGet' | 'contentEnsureReplicationDatacidGet'
      | 'contentFailuresContentGet' | 'contentIdGet' | 'contentImportdealPost' | 'contentListGet' | 'contentReadContGet'
      | 'contentStagingZonesGet' | 'contentStagingZonesStagingZoneContentsGet' | 'contentStagingZonesStagingZoneGet'
      | 'contentStatsGet' | 'contentStatusIdGet' | 'dealsEstimatePost' | 'dealsFailuresGet' | 'dealsInfoDealidGet'
      | 'dealsMakeMinerPost' | 'dealsProposalPropcidGet' | 'dealsQueryMinerGet' | 'dealsStatusByProposalPropcidGet'
      | 'dealsStatusDealGet' | 'dealsStatusMinerPropcidGet' | 'dealsTransferInProgressGet' | 'dealsTransferStatusIdGet'
      | 'dealsTransferStatusPost' | 'getCidGet' | 'gwPathGet' | 'healthGet' | 'loginPost' | 'pinningPinsGet'
      | 'pinningPinsPinidDelete' | 'pinningPinsPinidGet' | 'pinningPinsPinidPost' | 'pinningPinsPost' | 'publicByCidCidGet'
      | 'publicDealsFailuresGet' | 'publicInfoGet' | 'publicMetricsDealsOnChainGet' | 'publicMinersDealsMinerGet'
      | 'publicMinersFailuresMinerGet' | 'publicMinersGet' | 'publicMinersStatsMinerGet' | 'publicMinersStorageQueryMinerGet'
      | 'publicNetAddrsGet' | 'publicNetPeersGet' | 'publicStatsGet' | 'putPost' | 'registerNewExpTokenGet'
      | 'registerNewTokenGet' | 'registerPost' | 'retrievalCandidatesCidGet' | 'shuttleConnGet' | 'shuttleContentCreatePost'
      | 'swaggerFileGet' | 'userAddressPut' | 'userApiKeysGet' | 'userApiKeysKeyDelete' | 'userApiKeysPost' | 'userExportGet'
      | 'userMinerClaimMinerGet' | 'userMinerClaimPost' | 'userMinerSetInfoMinerPut' | 'userMinerSuspendMinerPost'
      | 'userMinerUnsuspendMinerPut' | 'userPasswordPut' | 'userStatsGet' | 'viewerGet';
    readonly withSecret: | 'admin' | 'alice' | 'bob';
    readonly withoutSecret: never;
  };
  readonly kps: {
    readonly profile: | '1.0';
    readonly operation: | 'ApplicationCreateV2' | 'ApplicationDeleteV2' | 'ApplicationGetV2' | 'ApplicationListV2'
      | 'ApplicationLogEntriesGetV2' | 'ApplicationLogEntriesListV2' | 'ApplicationStatusCreateV2' | 'ApplicationStatusDeleteV2'
      | 'ApplicationStatusGetV2' | 'ApplicationStatusListV2' | 'ApplicationUpdateV3' | 'AuditLogListV2' | 'CategoryCreateV2'
      | 'CategoryDeleteV2' | 'CategoryGetV2' | 'CategoryListV2' | 'CategoryUpdateV3' | 'CategoryUsageGet' | 'CategoryUsageList'
      | 'CertificatesCreateV2' | 'CloudProfileCreate' | 'CloudProfileDelete' | 'CloudProfileGet' | 'CloudProfileList'
      | 'CloudProfileUpdate' | 'ConnectorClassCreate' | 'ConnectorClassDelete' | 'ConnectorClassGet' | 'ConnectorClassList'
      | 'ConnectorClassUpdate' | 'ConnectorConfigCreate' | 'ConnectorConfigDelete' | 'ConnectorConfigGet' | 'ConnectorConfigList'
      | 'ConnectorConfigUpdate' | 'ConnectorInstanceCreate' | 'ConnectorInstanceDelete' | 'ConnectorInstanceGet'
      | 'ConnectorInstanceUpdate' | 'ConnectorInstancesByClassIdList' | 'ConnectorInstancesList' | 'ConnectorStreamCreate'
      | 'ConnectorStreamDelete' | 'ConnectorStreamGet' | 'ConnectorStreamList' | 'ConnectorStreamUpdate'
      | 'ContainerRegistryCreateV2' | 'ContainerRegistryDeleteV2' | 'ContainerRegistryGetV2' | 'ContainerRegistryListV2'
      | 'ContainerRegistryUpdateV2' | 'DataPipelineCreate' | 'DataPipelineDelete' | 'DataPipelineGet' | 'DataPipelineList'
      | 'DataPipelineUpdate' | 'DataSourceCreateV2' | 'DataSourceDeleteV2' | 'DataSourceGetArtifactV2' | 'DataSourceGetV2'
      | 'DataSourceListV2' | 'DataSourceUpdateV3' | 'EdgeGetDatasourcesV2' | 'EdgeLogEntriesGetV2' | 'EdgeLogEntriesListV2'
      | 'FunctionCreate' | 'FunctionDelete' | 'FunctionGet' | 'FunctionList' | 'FunctionUpdate' | 'GetApplicationContainers'
      | 'GetDataPipelineContainers' | 'HTTPServiceProxyCreate' | 'HTTPServiceProxyDelete' | 'HTTPServiceProxyGet'
      | 'HTTPServiceProxyList' | 'HTTPServiceProxyUpdate' | 'HelmApplicationCreate' | 'HelmApplicationUpdate' | 'HelmTemplate'
      | 'IsEmailAvailable' | 'KubernetesClusterInstaller' | 'KubernetesClustersCreate' | 'KubernetesClustersDelete'
      | 'KubernetesClustersGet' | 'KubernetesClustersList' | 'KubernetesClustersUpdate' | 'LogCollectorCreate'
      | 'LogCollectorDelete' | 'LogCollectorGet' | 'LogCollectorStart' | 'LogCollectorStop' | 'LogCollectorUpdate'
      | 'LogCollectorsList' | 'LogEntriesListV2' | 'LogEntryDeleteV2' | 'LogRequestDownloadV2' | 'LogRequestUploadV2'
      | 'LogStreamEndpoints' | 'LoginCall' | 'LoginCallV2' | 'LoginTokenV1' | 'MLModelCreate' | 'MLModelDelete' | 'MLModelGet'
      | 'MLModelList' | 'MLModelStatusGet' | 'MLModelStatusList' | 'MLModelUpdate' | 'MLModelVersionCreate'
      | 'MLModelVersionDelete' | 'MLModelVersionURLGet' | 'MLModelVersionUpdate' | 'NodeCreate' | 'NodeDelete' | 'NodeGet'
      | 'NodeInfoGet' | 'NodeInfoList' | 'NodeInfoUpdate' | 'NodeList' | 'NodeOnboarded' | 'NodeUpdate' | 'OAuthAuthorizeCallV2'
      | 'OAuthTokenCallV2' | 'ProjectCreateV2' | 'ProjectDeleteV2' | 'ProjectGetApplicationsV2' | 'ProjectGetCloudProfiles'
      | 'ProjectGetContainerRegistriesV2' | 'ProjectGetDataPipelines' | 'ProjectGetFunctions' | 'ProjectGetMLModels'
      | 'ProjectGetNodes' | 'ProjectGetNodesInfo' | 'ProjectGetRuntimeEnvironments' | 'ProjectGetServiceDomains'
      | 'ProjectGetServiceDomainsInfo' | 'ProjectGetUsersV2' | 'ProjectGetV2' | 'ProjectListV2' | 'ProjectUpdateV3'
      | 'QueryAuditLogsV2' | 'QueryEventsV2' | 'RuntimeEnvironmentCreate' | 'RuntimeEnvironmentDelete' | 'RuntimeEnvironmentGet'
      | 'RuntimeEnvironmentList' | 'RuntimeEnvironmentUpdate' | 'ServiceBindingCreate' | 'ServiceBindingDelete'
      | 'ServiceBindingGet' | 'ServiceBindingList' | 'ServiceBindingStatusList' | 'ServiceClassGet' | 'ServiceClassList'
      | 'ServiceDomainClustersCreate' | 'ServiceDomainClustersDelete' | 'ServiceDomainClustersGet' | 'ServiceDomainClustersList'
      | 'ServiceDomainClustersUpdate' | 'ServiceDomainCreate' | 'ServiceDomainDelete' | 'ServiceDomainGet'
      | 'ServiceDomainGetEffectiveProfile' | 'ServiceDomainGetNodes' | 'ServiceDomainGetNodesInfo' | 'ServiceDomainInfoGet'
      | 'ServiceDomainInfoList' | 'ServiceDomainInfoUpdate' | 'ServiceDomainList' | 'ServiceDomainUpdate'
      | 'ServiceInstanceCreate' | 'ServiceInstanceDelete' | 'ServiceInstanceGet' | 'ServiceInstanceList'
      | 'ServiceInstanceStatusList' | 'ServiceInstanceUpdate' | 'ShortLoginTokenV1' | 'StorageProfileCreate'
      | 'StorageProfileUpdate' | 'SvcDomainGetStorageProfiles' | 'TenantCreate' | 'TenantDelete' | 'TenantGetByID'
      | 'TenantPropsDeleteV2' | 'TenantPropsGetV2' | 'TenantPropsUpdateV2' | 'UserApiTokenCreate' | 'UserApiTokenDelete'
      | 'UserApiTokenGet' | 'UserApiTokenList' | 'UserApiTokenUpdate' | 'UserCreateV2' | 'UserDeleteV2' | 'UserGetV2'
      | 'UserListV2' | 'UserPropsDeleteV2' | 'UserPropsGetV2' | 'UserPropsUpdateV2' | 'UserPublicKeyDelete' | 'UserPublicKeyGet'
      | 'UserPublicKeyList' | 'UserPublicKeyUpdate' | 'UserUpdateV3';
    readonly withSecret: | 'admin' | 'alice';
    readonly withoutSecret: | 'bob';
  };
  readonly rockset: {
    readonly profile: | '2022' | '2023' | '2021';
    readonly operation: | 'addDocuments' | 'cancelQuery' | 'createAlias' | 'createApiKey' | 'createApiKeyAdmin'
      | 'createCollection' | 'createIntegration' | 'createQueryLambda' | 'createQueryLambdaTag' | 'createRole'
      | 'createScheduledLambda' | 'createSource' | 'createUser' | 'createView' | 'createVirtualInstance' | 'createWorkspace'
      | 'deleteAlias' | 'deleteApiKey' | 'deleteCollection' | 'deleteDocuments' | 'deleteIntegration' | 'deleteQueryLambda'
      | 'deleteQueryLambdaTag' | 'deleteQueryLambdaVersion' | 'deleteRole' | 'deleteScheduledLambda' | 'deleteSource'
      | 'deleteUser' | 'deleteView' | 'deleteVirtualInstance' | 'deleteWorkspace' | 'executePublicQueryLambdaWithParams'
      | 'executeQueryLambda' | 'executeQueryLambdaByTag' | 'getAlias' | 'getApiKey' | 'getCollection' | 'getCollectionMount'
      | 'getCollectionOffsets' | 'getCurrentUser' | 'getDeploymentSettings' | 'getIntegration' | 'getMountOffsets'
      | 'getOrganization' | 'getQuery' | 'getQueryLambdaTagVersion' | 'getQueryLambdaVersion' | 'getQueryResults' | 'getRole'
      | 'getScheduledLambda' | 'getSource' | 'getUser' | 'getView' | 'getVirtualInstance' | 'getVirtualInstanceQueries'
      | 'getWorkspace' | 'listActiveQueries' | 'listAliases' | 'listAllQueryLambdas' | 'listApiKeys' | 'listCollectionMounts'
      | 'listCollectionSources' | 'listCollections' | 'listIntegrations' | 'listOrgScheduledLambdas' | 'listQueryLambdaTags'
      | 'listQueryLambdaVersions' | 'listQueryLambdasInWorkspace' | 'listRoles' | 'listUnsubscribePreferences' | 'listUsers'
      | 'listViews' | 'listVirtualInstances' | 'listWorkspaces' | 'mountCollection' | 'patchDocuments' | 'ping' | 'query'
      | 'queryVirtualInstance' | 'resumeSource' | 'resumeVirtualInstance' | 'setCollectionState' | 'setVirtualInstance'
      | 'suspendSource' | 'suspendVirtualInstance' | 'unmountCollection' | 'updateAlias' | 'updateApiKey' | 'updateCollection'
      | 'updateDeploymentSettings' | 'updateIntegration' | 'updateQueryLambda' | 'updateRole' | 'updateScheduledLambda'
      | 'updateSource' | 'updateUnsubscribePreferences' | 'updateUser' | 'updateView' | 'validate' | 'workspaceAliases'
      | 'workspaceCollections' | 'workspaceViews';
    readonly withSecret: | 'admin' | 'member' | 'reader';
    readonly withoutSecret: never;
  };
  readonly whylabs: {
    readonly profile: | 'documented' | 'strict';
    readonly operation: | 'CloseSession' | 'CreateApiKey' | 'CreateDatasetProfileUpload' | 'CreateMembership' | 'CreateModel'
      | 'CreateOrganization' | 'CreateOrganizationMembership' | 'CreateSession' | 'CreateUser' | 'DeactivateModel'
      | 'DeleteAnalyzer' | 'DeleteAnalyzerResults' | 'DeleteApiKey' | 'DeleteDatasetProfiles' | 'DeleteEntitySchemaColumn'
      | 'DeleteMonitor' | 'DeleteMonitorConfig' | 'DeleteNotificationAction' | 'DeleteOrganization' | 'DeleteReferenceProfile'
      | 'GenerateApiKey' | 'GetAWSMarketplaceMetadata' | 'GetAlertsPaths' | 'GetAnalyzer' | 'GetApiKey' | 'GetColumnWeights'
      | 'GetConnection' | 'GetDefaultMembershipForEmail' | 'GetEmailNotificationActionPayload' | 'GetEntitySchema'
      | 'GetEntitySchemaColumn' | 'GetEventsData' | 'GetEventsPaths' | 'GetFeatureFlags' | 'GetMemberships'
      | 'GetMembershipsByEmail' | 'GetMembershipsByOrg' | 'GetModel' | 'GetMonitor' | 'GetMonitorConfig'
      | 'GetMonitorConfigSchema' | 'GetMonitorConfigV2' | 'GetMonitorConfigV3' | 'GetMonitorConfigV3Version'
      | 'GetNotificationAction' | 'GetNotificationSettings' | 'GetOrganization' | 'GetPagerDutyNotificationActionPayload'
      | 'GetProvidedConfig' | 'GetReferenceProfile' | 'GetSession' | 'GetSlackNotificationActionPayload' | 'GetUser'
      | 'GetUserByEmail' | 'ListApiKeyMetadata' | 'ListApiKeys' | 'ListJobs' | 'ListModels' | 'ListMonitorConfigV3Versions'
      | 'ListNotificationActions' | 'ListOrganizationMemberships' | 'ListOrganizations' | 'ListReferenceProfiles'
      | 'ListSegments' | 'Log' | 'LogAsync' | 'LogReference' | 'PartiallyUpdateOrg' | 'PartiallyUpdateOrganization'
      | 'PostMonitorConfigValidationJob' | 'ProvisionAWSMarketplaceNewUser' | 'ProvisionDatabricksConnection'
      | 'ProvisionNewUser' | 'PutAnalyzer' | 'PutColumnWeights' | 'PutEntitySchema' | 'PutEntitySchemaColumn' | 'PutMonitor'
      | 'PutMonitorConfig' | 'PutMonitorConfigV2' | 'PutMonitorConfigV3' | 'PutNotificationAction' | 'PutProvidedConfig'
      | 'PutRequestMonitorRunConfig' | 'PutSegments' | 'RefreshConnection' | 'RegisterDatabricksConnection'
      | 'RemoveMembershipByEmail' | 'RemoveOrganizationMembership' | 'RevokeApiKey' | 'RunJob' | 'SetDefaultMembership'
      | 'UpdateConnection' | 'UpdateMembershipByClaims' | 'UpdateMembershipByEmail' | 'UpdateModel' | 'UpdateNotificationAction'
      | 'UpdateNotificationSettings' | 'UpdateOrg' | 'UpdateOrganization' | 'UpdateOrganizationMembership' | 'UpdateUser'
      | 'ValidateApiKey' | 'ValidateMonitorConfigV3';
    readonly withSecret: | 'system' | 'admin' | 'user';
    readonly withoutSecret: never;
  };
}
