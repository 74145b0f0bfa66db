using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// Signs each attempt anew with the account's key ("Authorize with Shared Key"): Shared Key Lite for tables, Shared Key for blobs and queues. Must come
/// after everything that adds <c>x-ms-*</c> headers.
/// </summary>
internal sealed class SharedKeyPolicy(StorageCredential.SharedKey credential, StorageServiceKind service, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue("x-ms-date", date);
        var text = service == StorageServiceKind.Table ? TableText(request, date) : FullText(request);
        var signature = HMACSHA256.HashData(credential.Key.Span, Encoding.UTF8.GetBytes(text));
        var scheme = service == StorageServiceKind.Table ? "SharedKeyLite" : "SharedKey";
        request.Headers.SetValue("Authorization", $"{scheme} {credential.Account}:{Convert.ToBase64String(signature)}");
    }

    /// <summary>The table service takes the date of <c>x-ms-date</c> on the Date line, and of the query only <c>comp</c>.</summary>
    private string TableText(Request request, string date)
    {
        var comp = Parameters(request.Uri.Query).Where(pair => pair.Name is "comp").Select(pair => $"?comp={pair.Value}").FirstOrDefault();
        return $"{date}\n/{credential.Account}{Path(request)}{comp}";
    }

    private string FullText(Request request)
    {
        var length = request.Content is { } content && content.TryComputeLength(out var bytes) && bytes > 0 ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{request.Method}\n{Header(request, "Content-Encoding")}\n{Header(request, "Content-Language")}\n{length}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Header(request, "Content-MD5")}\n{Header(request, "Content-Type")}\n\n{Header(request, "If-Modified-Since")}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Header(request, "If-Match")}\n{Header(request, "If-None-Match")}\n{Header(request, "If-Unmodified-Since")}\n{Header(request, "Range")}\n");
        var named = request.Headers.Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase));
        foreach (var (name, value) in named.Select(header => (Name: header.Name.ToLowerInvariant(), header.Value)).OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{value.Trim()}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"/{credential.Account}{Path(request)}");
        foreach (var group in Parameters(request.Uri.Query).GroupBy(pair => pair.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{group.Key}:{string.Join(',', group.Select(pair => pair.Value).Order(StringComparer.Ordinal))}");
        }

        return text.ToString();
    }

    /// <summary>The path as it is sent, percent signs and all.</summary>
    private static string Path(Request request) => request.Uri.ToUri().AbsolutePath;

    private static string Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value : "";

    private static IEnumerable<(string Name, string Value)> Parameters(string query) =>
        from part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let at = part.IndexOf('=', StringComparison.Ordinal)
        let name = at < 0 ? part : part[..at]
        select (Uri.UnescapeDataString(name).ToLowerInvariant(), at < 0 ? "" : Uri.UnescapeDataString(part[(at + 1)..]));
}
