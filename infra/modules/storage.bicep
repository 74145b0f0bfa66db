// Where everything is kept. No keys: only identities with a role come in. Tables are made by the program when it first opens them.
param name string
param location string

var packages = 'packages'
var kept = [ 'monitoring', 'monitoring-leases' ]

// One for each kind of work: the host listens to them and does not make them.
var kinds = [ 'visit-source', 'understand', 'read-article', 'check-site', 'compose-digest', 'send-mail' ]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    // Evidence that was deleted by mistake comes back within these days.
    deleteRetentionPolicy: { enabled: true, days: 14 }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for container in concat([ packages ], kept): {
  parent: blobs
  name: container
  properties: { publicAccess: 'None' }
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for kind in kinds: {
  parent: queueService
  name: 'work-${kind}'
}]

output name string = account.name
output packageContainer string = packages
output blobEndpoint string = account.properties.primaryEndpoints.blob
