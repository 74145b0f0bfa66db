namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// Reads a storage connection string in all its forms ("Configure Azure Storage connection strings"): account and key, explicit endpoints, a shared access
/// signature, <c>UseDevelopmentStorage=true</c>. Mistakes are named without quoting a secret.
/// </summary>
public static class ConnectionString
{
    private const string DevelopmentAccount = "devstoreaccount1";

    /// <summary>The emulator's key, published by Microsoft and the same everywhere.</summary>
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly string[] Known =
    [
        "DefaultEndpointsProtocol", "AccountName", "AccountKey", "EndpointSuffix", "TableEndpoint", "BlobEndpoint", "QueueEndpoint", "FileEndpoint",
        "SharedAccessSignature", "UseDevelopmentStorage", "DevelopmentStorageProxyUri",
    ];

    /// <exception cref="FormatException">The text is no connection string; the message says what is expected, in one line.</exception>
    public static StorageAccount Parse(string text)
    {
        var parts = Split(text);
        if (parts.TryGetValue("UseDevelopmentStorage", out var development))
        {
            return string.Equals(development, "true", StringComparison.OrdinalIgnoreCase)
                ? Development(parts)
                : throw new FormatException("UseDevelopmentStorage can only be true.");
        }

        var credential = Credential(parts);
        var byName = parts.TryGetValue("AccountName", out var name) ? Named(name, parts, credential) : null;
        return new StorageAccount(
            Endpoint(parts, "TableEndpoint") ?? byName?.Tables ?? throw Missing("TableEndpoint"),
            Endpoint(parts, "BlobEndpoint") ?? byName?.Blobs ?? throw Missing("BlobEndpoint"),
            Endpoint(parts, "QueueEndpoint") ?? byName?.Queues ?? throw Missing("QueueEndpoint"),
            credential);
    }

    private static Dictionary<string, string> Split(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? part[..equals].Trim() : "";
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                // The part itself is not quoted: it may be half a key.
                throw new FormatException($"Part {parts.Count + 1} of the connection string is not NAME=VALUE with a known name ({string.Join(", ", Known)}).");
            }

            if (!parts.TryAdd(name, part[(equals + 1)..].Trim()))
            {
                throw new FormatException($"{name} stands twice in the connection string.");
            }
        }

        return parts.Count > 0 ? parts : throw new FormatException("The connection string is empty.");
    }

    private static StorageAccount Development(Dictionary<string, string> parts)
    {
        var host = parts.GetValueOrDefault("DevelopmentStorageProxyUri") ?? "http://127.0.0.1";
        if (!Uri.TryCreate(host, UriKind.Absolute, out var machine) || machine.Scheme is not ("http" or "https"))
        {
            throw new FormatException("DevelopmentStorageProxyUri is no address such as http://127.0.0.1.");
        }

        Uri At(int port) => new($"{machine.Scheme}://{machine.Host}:{port}/{DevelopmentAccount}");
        return new StorageAccount(At(10002), At(10000), At(10001), new StorageCredential.SharedKey(DevelopmentAccount, Convert.FromBase64String(DevelopmentKey)));
    }

    private static StorageCredential Credential(Dictionary<string, string> parts)
    {
        if (parts.TryGetValue("SharedAccessSignature", out var signature))
        {
            return signature.Contains("sig=", StringComparison.Ordinal)
                ? new StorageCredential.SharedAccessSignature(signature.TrimStart('?'))
                : throw new FormatException("SharedAccessSignature has no sig= in it.");
        }

        var account = parts.GetValueOrDefault("AccountName") ?? throw Missing("AccountName");
        var key = parts.GetValueOrDefault("AccountKey") ?? throw Missing("AccountKey or SharedAccessSignature");
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key, bytes, out var length) && length > 0
            ? new StorageCredential.SharedKey(account, bytes.AsMemory(0, length))
            : throw new FormatException("AccountKey is not base64: a key of a storage account has 88 characters and ends in \"==\".");
    }

    private static StorageAccount Named(string name, Dictionary<string, string> parts, StorageCredential credential)
    {
        var isName = name.Length is >= 3 and <= 24 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
        var scheme = parts.GetValueOrDefault("DefaultEndpointsProtocol") ?? "https";
        var suffix = parts.GetValueOrDefault("EndpointSuffix") is { Length: > 0 } given ? given : "core.windows.net";
        return !isName ? throw new FormatException("AccountName is 3 to 24 lower-case letters and digits.")
            : scheme is not ("https" or "http") ? throw new FormatException("DefaultEndpointsProtocol is https or http.")
            : Uri.CheckHostName(suffix) != UriHostNameType.Dns ? throw new FormatException("EndpointSuffix is no name such as core.windows.net.")
            : StorageAccount.Named(name, credential, suffix, scheme);
    }

    private static Uri? Endpoint(Dictionary<string, string> parts, string name) =>
        !parts.TryGetValue(name, out var text) ? null
        : Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query.Length == 0 ? address
        : throw new FormatException($"{name} is no address such as https://account.{name[..^"Endpoint".Length].ToLowerInvariant()}.core.windows.net/.");

    private static FormatException Missing(string name) => new($"{name} is missing in the connection string.");
}
