// Signing in, before a request reaches the program. Without a sign-in: only what DESIGN calls anonymous and the program has.
param appName string
param clientId string

// Exactly these: the paths that the program itself leaves open and that nobody can sign in for.
var anonymousPaths = [ '/healthz', '/readyz', '/unsubscribe/*', '/webhooks/sendgrid' ]

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource auth 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: anonymousPaths
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: { allowedAudiences: [ clientId, 'api://${clientId}' ] }
      }
    }
    login: { tokenStore: { enabled: false } }
  }
}
