// Everything that one deployment of Monitoring needs in a resource group. Read from top to bottom: who it is, where it keeps things, how it runs, who is
// told when it stops. infra/deploy.sh deploys it; main.parameters.sample.json shows the parameters.
targetScope = 'resourceGroup'

@description('Short name of the deployment; part of the names of all resources.')
@minLength(3)
@maxLength(11)
param name string

@description('Region; it must offer Flex Consumption.')
param location string = resourceGroup().location

@description('Client id of the Entra app registration that editors sign in with.')
param authClientId string

@description('Opens the pages to who holds it, also while signing in is turned off: at least 32 characters. It goes to the key vault, and never stands in a file that is committed. Empty: what the vault holds stays.')
@secure()
param accessToken string = ''

@description('API key of SendGrid, with the right to send mail. It goes to the key vault. Empty: what the vault holds stays.')
@secure()
param sendGridKey string = ''

@description('How mail leaves: SendGrid, or Pickup, which leaves it in a folder that is lost with the instance.')
@allowed([ 'SendGrid', 'Pickup' ])
param mailTransport string = 'SendGrid'

@description('Where the SendGrid account lives.')
@allowed([ 'Global', 'Eu' ])
param sendGridRegion string = 'Global'

@description('The public key by which SendGrid signs what it posts to <publicUrl>/webhooks/sendgrid; empty: nothing is taken.')
param sendGridWebhookKey string = ''

@description('Where editors and mails find the pages from outside; empty: mails carry no links.')
param publicUrl string = ''

@description('Sender of all mails.')
param mailFrom string

@description('A page or mail address where the owner of a server learns who fetches.')
param contact string

@description('Where alerts about the program itself go.')
param operatorEmail string

@description('Zone in which pages tell times.')
param timeZone string = 'UTC'

@description('Memory of one instance.')
@allowed([ 512, 2048, 4096 ])
param instanceMemoryMB int = 2048

@description('Instances at the same time; the work is light, and politeness to hosts holds over all of them.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('An OTLP/HTTP address for traces and metrics; empty: none are sent.')
param otlpEndpoint string = ''

var suffix = uniqueString(resourceGroup().id)
var appName = '${name}-${suffix}'

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: '${name}-id'
    location: location
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: toLower('${take(replace(name, '-', ''), 11)}${suffix}')
    location: location
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: '${take(name, 10)}-${suffix}'
    location: location
    accessToken: accessToken
    sendGridKey: sendGridKey
  }
}

module insights 'modules/insights.bicep' = {
  name: 'insights'
  params: {
    name: name
    location: location
  }
}

// Before the app: a first start without its roles is refused by the store.
module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: insights.outputs.name
  }
}

module plan 'modules/plan.bicep' = {
  name: 'plan'
  params: {
    name: '${name}-plan'
    location: location
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  dependsOn: [ roles ]
  params: {
    name: appName
    location: location
    planId: plan.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    blobEndpoint: storage.outputs.blobEndpoint
    insightsConnectionString: insights.outputs.connectionString
    accessTokenUri: vault.outputs.accessTokenUri
    sendGridKeyUri: vault.outputs.sendGridKeyUri
    mailTransport: mailTransport
    sendGridRegion: sendGridRegion
    sendGridWebhookKey: sendGridWebhookKey
    operatorEmail: operatorEmail
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    publicUrl: publicUrl
    mailFrom: mailFrom
    contact: contact
    timeZone: timeZone
    otlpEndpoint: otlpEndpoint
  }
}

module auth 'modules/auth.bicep' = {
  name: 'auth'
  params: {
    appName: app.outputs.name
    clientId: authClientId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: name
    location: location
    workspaceId: insights.outputs.workspaceId
    operatorEmail: operatorEmail
  }
}

output appName string = app.outputs.name
output appUrl string = 'https://${app.outputs.hostName}'
output storageName string = storage.outputs.name
output vaultName string = vault.outputs.name
output identityClientId string = identity.outputs.clientId
