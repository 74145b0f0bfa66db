// Secrets: the access token and what later transports of mail need. The identity may read them and nothing else; people get their own roles by hand.
param name string
param location string

@secure()
param accessToken string

var accessTokenName = 'access-token'

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

output name string = vault.name

// Without a version: a new token is read when the app starts again, or within a day.
output accessTokenUri string = '${vault.properties.vaultUri}secrets/${accessTokenName}'
