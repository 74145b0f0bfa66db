// Secrets: the access token and the key of the mail service. The identity may read them and nothing else; people get their own roles by hand.
param name string
param location string

@secure()
param accessToken string

@secure()
param sendGridKey string

var accessTokenName = 'access-token'
var sendGridName = 'sendgrid-key'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }
}

resource token 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(accessToken)) {
  parent: vault
  name: accessTokenName
  properties: { value: accessToken }
}

resource mail 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(sendGridKey)) {
  parent: vault
  name: sendGridName
  properties: { value: sendGridKey }
}

output name string = vault.name

// Without a version: a new token is read when the app starts again, or within a day.
output accessTokenUri string = '${vault.properties.vaultUri}secrets/${accessTokenName}'
output sendGridKeyUri string = '${vault.properties.vaultUri}secrets/${sendGridName}'
