namespace Monitoring.Tests.Support;

/// <summary>A storage account in Azurite that only one test has. The endpoints end in the account's name, without a slash.</summary>
internal sealed record AzuriteAccount(string Name, string Key, Uri TableEndpoint, Uri BlobEndpoint, Uri QueueEndpoint)
{
    /// <summary>As an operator would write it into the settings, every endpoint named.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};BlobEndpoint={BlobEndpoint};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";
}
