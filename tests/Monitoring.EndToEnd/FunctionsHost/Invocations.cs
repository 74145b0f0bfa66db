using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>Posts to the handler as the host does, passes visitors on, and keeps how each invocation ended.</summary>
internal sealed class Invocations(TimeSpan functionTimeout) : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _transcript = new(StringComparer.Ordinal);

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Invocations by how they ended, and what else the host did.</summary>
    public ConcurrentDictionary<string, int> Tally { get; } = new(StringComparer.Ordinal);

    /// <summary>The first invocation of each function, both ways.</summary>
    public string Transcript(string function) => _transcript.GetValueOrDefault(function, "");

    public void Count(string how) => Tally.AddOrUpdate(how, 1, (_, count) => count + 1);

    /// <summary>A function that takes too long costs the handler its life, and with it all others.</summary>
    /// <returns>False if the host would count it as failed.</returns>
    public async Task<bool> InvokeAsync(Handler handler, string function, string body)
    {
        using var timeout = new CancellationTokenSource(functionTimeout);
        try
        {
            var started = Stopwatch.GetTimestamp();
            using var request = Request(handler, function, body);
            using var answer = await Client.SendAsync(request, timeout.Token);
            var text = await answer.Content.ReadAsStringAsync(timeout.Token);
            _transcript.TryAdd(function, $"POST /{function}\n{request.Headers}{request.Content!.Headers}{body}\n\n{(int)answer.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms\n{answer.Content.Headers}{text}");
            Count(answer.IsSuccessStatusCode ? "succeeded" : "failed");
            return answer.IsSuccessStatusCode && IsUnderstood(function, answer, text);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Count("timed out");
            handler.Kill();
            return false;
        }
        catch (HttpRequestException)
        {
            Count("cut off");
            return false;
        }
    }

    /// <summary>A visitor's request as the host passes it on.</summary>
    public async Task<HttpResponseMessage> VisitAsync(Handler handler, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(handler.Address, path)) { Content = content };
        request.Headers.Add("x-ms-invocation-id", Guid.NewGuid().ToString());
        Stamp(request);
        Array.ForEach(headers, header => request.Headers.TryAddWithoutValidation(header.Name, header.Value));
        return await Client.SendAsync(request);
    }

    public void Dispose() => Client.Dispose();

    private static HttpRequestMessage Request(Handler handler, string function, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(handler.Address, function)) { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        request.Headers.TransferEncodingChunked = true;
        Stamp(request);
        return request;
    }

    /// <summary>An answer that is none would keep the invocation open until the host kills the process: the tests do not wait for it.</summary>
    private static bool IsUnderstood(string function, HttpResponseMessage answer, string text)
    {
        using var json = answer.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0 ? JsonDocument.Parse(text) : null;
        return json?.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("Outputs", out var outputs) && outputs.ValueKind is JsonValueKind.Object
            ? true
            : throw new InvalidOperationException($"{function}: the host would wait for ever for more than '{text}'.");
    }

    private static void Stamp(HttpRequestMessage request)
    {
        request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
        request.Headers.Add("X-Azure-Functions-HostVersion", "4.1044.0");
        request.Headers.UserAgent.ParseAdd("Azure-Functions-Host/4.1044.0");
    }
}
