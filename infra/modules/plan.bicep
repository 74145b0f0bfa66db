// Flex Consumption: nothing runs, and nothing is paid, while nothing is due.
param name string
param location string

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

output id string = plan.id
