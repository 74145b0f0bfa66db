using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>Where the three services of an Azure storage account are, and what opens them. Azurite's addresses end in the account's name.</summary>
/// <param name="Tables">E.g. <c>https://account.table.core.windows.net</c>, without a slash at the end.</param>
/// <param name="Blobs">Likewise.</param>
/// <param name="Queues">Likewise.</param>
public sealed record StorageAccount(Uri Tables, Uri Blobs, Uri Queues, StorageCredential Credential)
{
    /// <summary>The account in Azure's public cloud.</summary>
    public static StorageAccount Named(string account, StorageCredential credential, string suffix = "core.windows.net", string scheme = "https") => new(
        new Uri($"{scheme}://{account}.table.{suffix}"),
        new Uri($"{scheme}://{account}.blob.{suffix}"),
        new Uri($"{scheme}://{account}.queue.{suffix}"),
        credential);
}

/// <summary>What proves that we may use the account.</summary>
public abstract record StorageCredential
{
    private StorageCredential()
    {
    }

    /// <summary>The account's key, which signs every request.</summary>
    public sealed record SharedKey(string Account, ReadOnlyMemory<byte> Key) : StorageCredential
    {
        /// <summary>Never the key.</summary>
        public override string ToString() => $"key of {Account}";
    }

    /// <summary>A shared access signature: a query that is part of every address, without the question mark.</summary>
    public sealed record SharedAccessSignature(string Query) : StorageCredential
    {
        /// <summary>Never the signature.</summary>
        public override string ToString() => "shared access signature";
    }

    /// <summary>A Microsoft Entra identity.</summary>
    public sealed record Identity(TokenCredential Source) : StorageCredential;
}
