using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Monitoring.Tests.Support;

/// <summary>
/// Requests to an account signed by hand, after the written rules and not with our client: what a test compares our client with.
/// Each is answered at the time it names, or at the real one.
/// </summary>
internal sealed class HandSigned(AzuriteAccount account, HttpClient http)
{
    private const string Version = "2021-12-02";

    /// <param name="path">Such as <c>/Tables</c>, encoded, without a query.</param>
    public Task<HttpResponseMessage> TableAsync(HttpMethod method, string path, string? json = null, DateTimeOffset? now = null)
    {
        var request = Request(method, account.TableEndpoint, path, now);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/json;odata=nometadata"));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        Authorize(request, "SharedKeyLite", $"{Only(request, "x-ms-date")}\n/{account.Name}{request.RequestUri!.AbsolutePath}");
        return http.SendAsync(request);
    }

    /// <param name="pathAndQuery">Such as <c>/news/messages?numofmessages=1</c>, encoded.</param>
    public Task<HttpResponseMessage> QueueAsync(HttpMethod method, string pathAndQuery, string? xml = null, DateTimeOffset? now = null) =>
        SendAsync(Request(method, account.QueueEndpoint, pathAndQuery, now), xml);

    /// <param name="headers">Those that only this operation has, such as <c>x-ms-lease-action</c>.</param>
    public Task<HttpResponseMessage> BlobAsync(HttpMethod method, string pathAndQuery, string? text = null, DateTimeOffset? now = null, params (string Name, string Value)[] headers)
    {
        var request = Request(method, account.BlobEndpoint, pathAndQuery, now);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return SendAsync(request, text);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri endpoint, string pathAndQuery, DateTimeOffset? now)
    {
        var request = new HttpRequestMessage(method, $"{endpoint}{pathAndQuery}");
        request.Headers.Add("x-ms-date", (now ?? DateTimeOffset.UtcNow).ToString("R"));
        request.Headers.Add("x-ms-version", Version);
        if (now is { } time)
        {
            request.Headers.Add("x-test-now", time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }

    private static string Only(HttpRequestMessage request, string header) => request.Headers.GetValues(header).Single();

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? body)
    {
        request.Content = body is null ? null : new StringContent(body);
        var length = request.Content?.Headers.ContentLength is > 0 and { } bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var headers = request.Headers.Where(header => header.Key.StartsWith("x-ms-", StringComparison.Ordinal)).OrderBy(header => header.Key, StringComparer.Ordinal);
        var query = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Authorize(request, "SharedKey", string.Join('\n', (string[])
        [
            request.Method.Method, "", "", length, "", $"{request.Content?.Headers.ContentType}", "", "", "", "", "", "",
            .. headers.Select(header => $"{header.Key}:{header.Value.Single()}"),
            $"/{account.Name}{request.RequestUri.AbsolutePath}",
            .. query.Select(pair => Uri.UnescapeDataString(pair.Replace('=', ':'))),
        ]));
        return http.SendAsync(request);
    }

    private void Authorize(HttpRequestMessage request, string scheme, string text)
    {
        var signature = HMACSHA256.HashData(Convert.FromBase64String(account.Key), Encoding.UTF8.GetBytes(text));
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, $"{account.Name}:{Convert.ToBase64String(signature)}");
    }
}
