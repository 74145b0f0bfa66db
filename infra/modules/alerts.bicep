// Who watches the watcher: mails to the operator when the program stops doing what it is for.
param name string
param location string
param workspaceId string
param operatorEmail string

// Each counts rows of a query over a window; no row at all counts as 0. The texts are those of the host and of the program's log.
var rules = [
  {
    name: 'no-poll'
    description: 'No look for due feeds succeeded in 30 minutes: nothing is watched.'
    query: 'AppRequests | where OperationName =~ "PollFeeds" and Success == true'
    window: 'PT30M'
    operator: 'LessThan'
    threshold: 1
    severity: 0
  }
  {
    name: 'poison'
    description: 'Work was given up after five attempts. See the operations page; put it back when the cause is mended.'
    query: 'AppTraces | where Message has "Moving message to queue" or Message has "was given up"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    severity: 2
  }
  {
    name: 'failed-sends'
    description: 'Mail did not leave the house.'
    query: 'AppTraces | where Message has "could not be sent"'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    severity: 1
  }
  {
    name: 'server-errors'
    description: 'Pages or functions answered with a server error.'
    query: 'AppRequests | where toint(ResultCode) >= 500'
    window: 'PT15M'
    operator: 'GreaterThan'
    threshold: 5
    severity: 2
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-operators'
  location: 'global'
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [
      { name: 'operator', emailAddress: operatorEmail, useCommonAlertSchema: true }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for rule in rules: {
  name: '${name}-${rule.name}'
  location: location
  properties: {
    displayName: '${name}: ${rule.name}'
    description: rule.description
    severity: rule.severity
    enabled: true
    scopes: [ workspaceId ]
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    criteria: {
      allOf: [
        { query: rule.query, timeAggregation: 'Count', operator: rule.operator, threshold: rule.threshold }
      ]
    }
    autoMitigate: true
    actions: { actionGroups: [ operators.id ] }

    // The tables come with the first log lines.
    skipQueryValidation: true
  }
}]
