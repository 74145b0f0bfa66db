namespace Monitoring.Storage.AzureStorage;

/// <summary>The services of a storage account that we use.</summary>
internal enum StorageServiceKind
{
    Table,
    Blob,
    Queue,
}
