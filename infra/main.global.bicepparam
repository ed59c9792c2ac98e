using './main.bicep'

// Global Azure. For people in China see docs/privacy.md: their data stays in China.
param location = 'eastasia'
param plan = 'flex'
param storageRedundancy = 'Standard_ZRS'
param insightsByIdentity = true
param loginHost = 'https://login.microsoftonline.com'
param staffClientId = ''
param operatorId = ''
