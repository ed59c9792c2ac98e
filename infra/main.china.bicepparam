using './main.bicep'

// Azure in China, operated by 21Vianet. Addresses of storage and key vault (core.chinacloudapi.cn, vault.azure.cn) come
// from the resources themselves.
param location = 'chinanorth3'
// 'flex' once `az functionapp list-flexconsumption-locations` names the region.
param plan = 'dedicated'
param storageRedundancy = 'Standard_ZRS'
param insightsByIdentity = false
param loginHost = 'https://login.partner.microsoftonline.cn'
param embeddingsAudience = 'https://cognitiveservices.azure.cn'
param staffClientId = ''
param operatorId = ''
