// The program: a custom handler on Flex Consumption, and the settings it reads. Their names are explained in local.settings.sample.json.
param name string
param location string
param planId string
param identityId string
param identityClientId string
param storageName string
param packageContainer string
param blobEndpoint string
param insightsConnectionString string
param accessTokenUri string
param sendGridKeyUri string
param mailTransport string
param sendGridRegion string
param sendGridWebhookKey string
param operatorEmail string
param instanceMemoryMB int
param maximumInstanceCount int
param publicUrl string
param mailFrom string
param contact string
param timeZone string
param otlpEndpoint string

// Read by the Functions host.
var hostSettings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId

  // The pages are at the root.
  AzureWebJobsDisableHomepage: 'true'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

// Read by the program, as environment variables; the rhythms also by the host.
var programSettings = {
  Storage__Engine: 'Azure'
  Storage__AccountName: storageName
  Storage__Credential: 'managedidentity'
  Storage__ClientId: identityClientId
  Web__TimeZone: timeZone

  // Read by the platform, with the app's identity; a reference that cannot be read opens nothing.
  Web__AccessToken: '@Microsoft.KeyVault(SecretUri=${accessTokenUri})'
  Fetching__Contact: contact
  Alerts__From: mailFrom
  Alerts__PublicUrl: publicUrl
  Alerts__Operators: operatorEmail
  Mail__Transport: mailTransport
  Mail__SendGridKey: mailTransport == 'SendGrid' ? '@Microsoft.KeyVault(SecretUri=${sendGridKeyUri})' : ''
  Mail__SendGridRegion: sendGridRegion
  Mail__SendGridWebhookKey: sendGridWebhookKey
  Telemetry__OtlpEndpoint: otlpEndpoint
  Knocks__PollFeeds: '*/30 * * * * *'
  Knocks__VisitPages: '15/30 * * * * *'
  Knocks__CheckSites: '*/20 * * * * *'
  Knocks__SendAlerts: '5 * * * * *'
  Knocks__SendDigests: '10 * * * * *'
  Knocks__Housekeeping: '40 */5 * * * *'
  Knocks__Retention: '0 20 2 * * *'
  Knocks__CollectPoison: '50 */5 * * * *'
  Knocks__ReadOoni: '30 */10 * * * *'
  EasyAuth__TenantId: tenant().tenantId
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }

      // Exactly '1.0': another text is accepted here and stops the host at its start.
      runtime: { name: 'custom', version: '1.0' }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, programSettings)
  }

  // Packages come with an identity, never with a password.
  resource basicPublishing 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
