using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Monitoring.Storage.AzureStorage;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>
/// Stands in for the Azure Functions host, which cannot run here: starts the program as its custom handler, fires timers, delivers messages of Azurite's
/// queues, passes visitors on, starts a dead handler again, and kills one that takes too long. As the host does, from reading its source.
/// </summary>
internal sealed class HostStandIn : IAsyncDisposable
{
    private static readonly TimeSpan MessageLease = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, string> _transcript = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Handler> _dead = [];
    private readonly HostLimits _limits;
    private readonly QueueRequests _queues;
    private readonly Func<Task<Handler>> _start;
    private volatile Handler? _handler;
    private Task[] _loops = [];

    private HostStandIn(HostLimits limits, QueueRequests queues, Func<HttpClient, Task<Handler>> start)
    {
        (_limits, _queues) = (limits, queues);
        _start = () => start(_client);
    }

    /// <summary>Invocations by how they ended.</summary>
    public ConcurrentDictionary<string, int> Tally { get; } = new(StringComparer.Ordinal);

    public Handler Handler => _handler ?? throw new InvalidOperationException("Not started.");

    public string Output => _handler?.Output ?? "";

    /// <summary>Nothing is invoked while the handler is started again.</summary>
    private bool IsReady => !Handler.HasExited;

    /// <summary>The first invocation of each function, both ways.</summary>
    public string Transcript(string function) => _transcript.GetValueOrDefault(function, "");

    /// <param name="settings">The app settings: those of the triggers, and the handler's environment.</param>
    /// <param name="shorten">What takes minutes in the world.</param>
    public static async Task<HostStandIn> StartAsync(string folder, string rootPem, IReadOnlyDictionary<string, string> settings, Func<HostLimits, HostLimits> shorten)
    {
        var files = HostFiles.Read(AppContext.BaseDirectory, settings);
        var account = ConnectionString.Parse(settings["AzureWebJobsStorage"]);
        var service = new ServiceClient(StorageServiceKind.Queue, account.Queues, account.Credential, new StorageClientOptions(), TimeProvider.System);
        var limits = shorten(files.Limits);
        var host = new HostStandIn(limits, new QueueRequests(service), client => Handler.StartAsync(folder, rootPem, settings, limits.InitializationTimeout, client));
        host._handler = await host._start();
        host._loops = [host.SuperviseAsync(), .. files.Timers.Select(host.TickAsync), .. files.Queues.Select(host.ListenAsync)];
        return host;
    }

    /// <summary>Fails if anything happened that the host would not forgive.</summary>
    public Task CheckAsync() => Task.WhenAll(_loops.Where(loop => loop.IsFaulted));

    /// <summary>A visitor's request as the host passes it on.</summary>
    public async Task<HttpResponseMessage> VisitAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Handler.Address, path));
        request.Headers.Add("x-ms-invocation-id", Guid.NewGuid().ToString());
        Stamp(request);
        Array.ForEach(headers, header => request.Headers.TryAddWithoutValidation(header.Name, header.Value));
        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _handler?.Kill();
        await Task.WhenAll(_loops).ContinueWith(_ => { }, TaskScheduler.Default);
        Array.ForEach([.. _dead, Handler], handler => handler.Dispose());
        _client.Dispose();
        _stop.Dispose();
    }

    /// <summary>The host forgets a handler that ended with 0; everything else it starts again.</summary>
    private async Task SuperviseAsync()
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!_stop.IsCancellationRequested)
        {
            if (Handler.HasExited)
            {
                var (dead, code) = (Handler, await Handler.EndAsync());
                Count("handler restarted");
                _handler = code == 0 ? throw new InvalidOperationException($"The handler ended with 0. {dead.Output}") : await _start();
                _dead.Add(dead);
            }

            await PauseAsync(looks);
        }
    }

    private async Task TickAsync(TimerFunction timer)
    {
        var last = DateTimeOffset.MinValue;
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var next = timer.Schedule.GetNextOccurrence(DateTime.UtcNow);
        while (!_stop.IsCancellationRequested)
        {
            var now = DateTimeOffset.UtcNow;
            if (IsReady && now.UtcDateTime >= next)
            {
                await InvokeAsync(timer.Name, Payloads.Timer(timer, last, now, isPastDue: last == DateTimeOffset.MinValue));
                (last, next) = (now, timer.Schedule.GetNextOccurrence(DateTime.UtcNow));
            }

            await PauseAsync(looks);
        }
    }

    private async Task ListenAsync(QueueFunction function)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var underWay = new HashSet<Task>();
        while (!_stop.IsCancellationRequested)
        {
            await Task.WhenAll(underWay.Where(task => task.IsFaulted));
            underWay.RemoveWhere(task => task.IsCompleted);
            var room = IsReady ? _limits.AtOnce - underWay.Count : 0;
            foreach (var message in room > 0 ? await _queues.GetAsync(function.Kind, room, MessageLease, CancellationToken.None) : [])
            {
                underWay.Add(DeliverAsync(function, message));
            }

            await PauseAsync(looks);
        }
    }

    private async Task DeliverAsync(QueueFunction function, QueueMessage message)
    {
        var isRefused = message.Deliveries > _limits.MaxDequeueCount;
        if (!isRefused && await InvokeAsync(function.Name, Payloads.Queue(function, message, DateTimeOffset.UtcNow)))
        {
            await _queues.DeleteAsync(function.Kind, message.Id, message.Receipt, CancellationToken.None);
        }
        else if (isRefused || message.Deliveries >= _limits.MaxDequeueCount)
        {
            await _queues.PutAsync($"{function.Kind}-poison", QueueMessage.Encode(message.Body, deferrals: 0), TimeSpan.Zero, CancellationToken.None);
            await _queues.DeleteAsync(function.Kind, message.Id, message.Receipt, CancellationToken.None);
            Count("moved to -poison");
        }
        else
        {
            await _queues.UpdateAsync(function.Kind, message.Id, message.Receipt, _limits.VisibilityTimeout, text: null, CancellationToken.None);
        }
    }

    /// <returns>False if the host would count it as failed.</returns>
    private async Task<bool> InvokeAsync(string function, string body)
    {
        var (handler, started) = (Handler, Stopwatch.GetTimestamp());
        using var timeout = new CancellationTokenSource(_limits.FunctionTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(handler.Address, function)) { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
            request.Headers.TransferEncodingChunked = true;
            Stamp(request);
            using var answer = await _client.SendAsync(request, timeout.Token);
            var text = await answer.Content.ReadAsStringAsync(timeout.Token);
            _transcript.TryAdd(function, $"POST /{function}\n{request.Headers}{request.Content.Headers}{body}\n\n{(int)answer.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms\n{answer.Content.Headers}{text}");
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

    private void Count(string how) => Tally.AddOrUpdate(how, 1, (_, count) => count + 1);

    private async Task PauseAsync(PeriodicTimer looks)
    {
        try
        {
            await looks.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }
}
