// What the service needs in Azure, in one resource group. docs/deploy.md says how to run it; parameters for global Azure
// and for Azure in China stand in the two .bicepparam files. No secret passes through here: identities open everything.

@description('Names begin with it. Small letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string = 'jobmatch'

param location string = resourceGroup().location

@description('flex: Flex Consumption. dedicated: a Linux App Service plan, where a cloud or region has no Flex Consumption.')
@allowed(['flex', 'dedicated'])
param plan string = 'flex'

@description('Size of the dedicated plan.')
param dedicatedSku string = 'P0v3'

@description('Memory of a Flex Consumption instance. An instance holds a city in memory: about 12 MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Flex Consumption instances that never sleep; 0 costs nothing when idle and makes the first request wait for a start.')
param alwaysReadyInstances int = 0

@description('ZRS where the region has zones, else LRS.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageRedundancy string = 'Standard_ZRS'

@description('Whether telemetry is signed with the identity and a bare connection string is refused. Documented for the global cloud only.')
param insightsByIdentity bool = true

param logDays int = 30

@description('Where Entra ID signs in, without a slash at the end.')
param loginHost string

@description('Application id of the registration that signs staff in; empty: staff use keys only.')
param staffClientId string = ''

@description('Gateway -> names of one or two secrets in the key vault that hold its callback tokens, the current one first.')
param callbackTokenSecrets object = {}

@description('Gateway -> setting -> value, such as { aliyun: { SignName: \'…\', Templates__SMS_1: \'…\' } }. What is secret goes into gatewaySecrets.')
param gatewaySettings object = {}

@description('Gateway -> setting -> name of the secret in the key vault that holds it, such as { aliyun: { AccessKeySecret: \'aliyun-access-key\' } }.')
param gatewaySecrets object = {}

@description('The address under which the service is known outside; empty: as each request names it.')
param publicBaseUrl string = ''

@description('How many sign-in codes are sent in a day at most, all people together.')
param codesADay int = 5000

@description('A CSV file of travel times in the published folder, such as travel.csv; empty: reach goes by coordinates.')
param travelTimes string = ''

@description('Where a model makes vectors of titles, such as https://name.openai.azure.com/openai/v1/; empty: off, and titles are compared by letters and words.')
param embeddingsEndpoint string = ''

@description('The deployment of that model; another model needs another name.')
param embeddingsModel string = ''

@minValue(8)
@maxValue(4096)
param embeddingsDimensions int = 512

@description('Name of the secret in the key vault that holds the model\'s key; empty: the identity opens it.')
param embeddingsKeySecret string = ''

@description('Name of the Azure OpenAI resource in this resource group that the identity may use; empty: none, or its role is given elsewhere.')
param embeddingsAccount string = ''

@description('Whom the identity\'s token for the model is for.')
param embeddingsAudience string = 'https://cognitiveservices.azure.com'

@description('Object id of who gives out keys for programs and may write tables from a terminal; empty: nobody.')
param operatorId string = ''

@allowed(['User', 'Group'])
param operatorKind string = 'User'

var flex = plan == 'flex'
var unique = uniqueString(resourceGroup().id, name)
var short = '${take(replace(name, '-', ''), 9)}${unique}'
var packages = 'app-package'

// Built-in roles; their ids are the same in every cloud.
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var cryptoServiceEncryptionUser = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var openAiUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

// User-assigned, so that it has its roles before the app first starts, and keeps them when the app is created anew.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st${short}'
  location: location
  kind: 'StorageV2'
  sku: { name: storageRedundancy }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource package 'containers' = {
      name: packages
    }
  }
}

// Tables and queues: the service's own, which it creates at start. Blobs: the Functions host's leases and timers, for which
// Microsoft names Data Owner as the role, and the published package; no data of the service is a blob.
resource storageRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in [blobDataOwner, queueDataContributor, tableDataContributor]: {
  scope: storage
  name: guid(storage.id, identity.id, role)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}]

resource operatorRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  scope: storage
  name: guid(storage.id, operatorId, tableDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
    principalId: operatorId
    principalType: operatorKind
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv${short}'
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }

  // Wraps the keys under which personal data is sealed. Losing it loses that data: hence purge protection.
  resource masterKey 'keys' = {
    name: 'master'
    properties: {
      kty: 'RSA'
      keySize: 3072
      keyOps: ['wrapKey', 'unwrapKey']
    }
  }
}

resource masterKeyRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault::masterKey
  name: guid(vault::masterKey.id, identity.id, cryptoServiceEncryptionUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cryptoServiceEncryptionUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource secretsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(callbackTokenSecrets) || !empty(gatewaySecrets) || !empty(embeddingsKeySecret)) {
  scope: vault
  name: guid(vault.id, identity.id, secretsUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource model 'Microsoft.CognitiveServices/accounts@2023-05-01' existing = if (!empty(embeddingsAccount)) {
  name: embeddingsAccount
}

resource modelRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(embeddingsAccount)) {
  scope: model
  name: guid(resourceGroup().id, embeddingsAccount, identity.id, openAiUser)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', openAiUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: insightsByIdentity
    DisableIpMasking: false
  }
}

resource insightsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (insightsByIdentity) {
  scope: insights
  name: guid(insights.id, identity.id, metricsPublisher)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

// Who used the master key, and when.
resource vaultAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspace.id
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

// Addresses instead of the account's name: to a name the Functions host adds the global cloud's suffix, in China too.
var settings = [
  { name: 'AzureWebJobsStorage__blobServiceUri', value: storage.properties.primaryEndpoints.blob }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: storage.properties.primaryEndpoints.queue }
  { name: 'AzureWebJobsStorage__tableServiceUri', value: storage.properties.primaryEndpoints.table }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
  { name: 'AzureWebJobsDisableHomepage', value: 'true' }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'JobMatch__MasterKey__KeyUri', value: vault::masterKey.properties.keyUriWithVersion }
  { name: 'JobMatch__SignIn__CodesADay', value: string(codesADay) }
  { name: 'JobMatch__PublicBaseUrl', value: publicBaseUrl }
  { name: 'JobMatch__TravelTimes', value: travelTimes }
]

var insightsSettings = insightsByIdentity ? [
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identity.properties.clientId};Authorization=AAD' }
] : []

// Flex Consumption says these in functionAppConfig, and refuses them as settings.
var dedicatedSettings = flex ? [] : [
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'custom' }
  { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }
]

var embeddingSettings = empty(embeddingsEndpoint) ? [] : [
  { name: 'JobMatch__Embeddings__Endpoint', value: embeddingsEndpoint }
  { name: 'JobMatch__Embeddings__Model', value: embeddingsModel }
  { name: 'JobMatch__Embeddings__Dimensions', value: string(embeddingsDimensions) }
  { name: 'JobMatch__Embeddings__Audience', value: embeddingsAudience }
  { name: 'JobMatch__Embeddings__Key', value: empty(embeddingsKeySecret) ? '' : '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${embeddingsKeySecret})' }
]

var tokenSettings = flatten(map(items(callbackTokenSecrets), gateway => map(range(0, length(gateway.value)), i => {
  name: 'JobMatch__Gateways__${gateway.key}__CallbackTokens__${i}'
  value: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${gateway.value[i]})'
})))

var gatewayAppSettings = concat(
  flatten(map(items(gatewaySettings), gateway => map(items(gateway.value), setting => {
    name: 'JobMatch__Gateways__${gateway.key}__${setting.key}'
    value: setting.value
  }))),
  flatten(map(items(gatewaySecrets), gateway => map(items(gateway.value), setting => {
    name: 'JobMatch__Gateways__${gateway.key}__${setting.key}'
    value: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${setting.value})'
  }))))

resource hosting 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  kind: flex ? 'functionapp' : 'linux'
  sku: flex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: dedicatedSku }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: '${name}-${unique}'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: hosting.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      alwaysOn: !flex
      appSettings: concat(settings, insightsSettings, dedicatedSettings, embeddingSettings, tokenSettings, gatewayAppSettings)
    }
    functionAppConfig: flex ? {
      runtime: { name: 'custom', version: '1.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyInstances > 0 ? [{ name: 'http', instanceCount: alwaysReadyInstances }] : []
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packages}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
    } : null
  }
  dependsOn: [storage::blobs::package, storageRoles, masterKeyRole, secretsRole, modelRole, insightsRole]
}

// Publishing takes a token of Entra ID, no password.
resource noPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for policy in ['ftp', 'scm']: {
  parent: app
  name: policy
  properties: { allow: false }
}]

// Anonymous requests pass: seekers, employers and programs sign in with the service itself. Staff sign in here.
resource staffSignIn 'Microsoft.Web/sites/config@2024-04-01' = if (!empty(staffClientId)) {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: { unauthenticatedClientAction: 'AllowAnonymous' }
    httpSettings: { requireHttps: true }
    login: { tokenStore: { enabled: false } }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: { clientId: staffClientId, openIdIssuer: '${loginHost}/${tenant().tenantId}/v2.0' }
        validation: { allowedAudiences: [staffClientId] }
      }
    }
  }
}

output appName string = app.name
output appUrl string = 'https://${app.properties.defaultHostName}'
output storageName string = storage.name
output tableServiceUri string = storage.properties.primaryEndpoints.table
output queueServiceUri string = storage.properties.primaryEndpoints.queue
output vaultName string = vault.name
