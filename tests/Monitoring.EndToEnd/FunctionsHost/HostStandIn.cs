using System.Collections.Concurrent;
using Monitoring.Storage.AzureStorage;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>
/// Stands in for the Azure Functions host, which cannot run here: starts the published program as its custom handler, fires timers, delivers messages of
/// Azurite's queues, passes visitors on, starts a dead handler again, and kills one that takes too long. As the host does, from reading its source; but for
/// one thing: after three deaths in half an hour the host itself ends, and the platform starts both again, which is the same here.
/// </summary>
internal sealed class HostStandIn : IAsyncDisposable
{
    private static readonly TimeSpan MessageLease = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Handler> _dead = new();
    private readonly HostFiles _files;
    private readonly string? _rootPem;
    private readonly Predicate<QueueMessage> _isDeadly;
    private readonly ServiceClient _service;
    private readonly QueueRequests _queues;
    private readonly Invocations _invocations;
    private volatile Handler _handler;
    private Task[] _loops = [];

    private HostStandIn(HostFiles files, string? rootPem, Predicate<QueueMessage> isDeadly, Invocations invocations, Handler handler)
    {
        var account = ConnectionString.Parse(files.Settings["AzureWebJobsStorage"]);
        (_files, _rootPem, _isDeadly, _invocations, _handler) = (files, rootPem, isDeadly, invocations, handler);
        _service = new ServiceClient(StorageServiceKind.Queue, account.Queues, account.Credential, new StorageClientOptions(), TimeProvider.System);
        _queues = new QueueRequests(_service);
    }

    public Handler Handler => _handler;

    /// <inheritdoc cref="Invocations.Tally"/>
    public IReadOnlyDictionary<string, int> Tally => _invocations.Tally;

    /// <summary>What all handlers printed.</summary>
    public string Output => string.Concat(_dead.Append(Handler).Select(handler => handler.Output));

    /// <summary>Nothing is invoked while the handler is started again.</summary>
    private bool IsReady => !Handler.HasExited;

    /// <inheritdoc cref="Invocations.Transcript"/>
    public string Transcript(string function) => _invocations.Transcript(function);

    /// <param name="rootPem">Of the world on loopback; null: the program meets the real one.</param>
    /// <param name="isDeadly">Messages whose delivery the handler does not survive; null: none.</param>
    public static async Task<HostStandIn> StartAsync(HostFiles files, string? rootPem, Predicate<QueueMessage>? isDeadly = null)
    {
        var invocations = new Invocations(files.Limits.FunctionTimeout);
        var host = new HostStandIn(files, rootPem, isDeadly ?? (_ => false), invocations, await Handler.StartAsync(files, rootPem, invocations.Client));
        host._loops = [host.SuperviseAsync(), .. files.Timers.Select(host.TickAsync), .. files.Queues.Select(host.ListenAsync)];
        return host;
    }

    /// <summary>Fails if anything happened that the host would not forgive.</summary>
    public Task CheckAsync() => Task.WhenAll(_loops.Where(loop => loop.IsFaulted));

    /// <inheritdoc cref="Invocations.VisitAsync"/>
    public Task<HttpResponseMessage> VisitAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) => _invocations.VisitAsync(Handler, method, path, content: null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers) => _invocations.VisitAsync(Handler, HttpMethod.Post, path, content, headers);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Handler.Kill();
        await Task.WhenAll(_loops).ContinueWith(_ => { }, TaskScheduler.Default);
        Array.ForEach([.. _dead, Handler], handler => handler.Dispose());
        _invocations.Dispose();
        _service.Dispose();
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
                _invocations.Count("handler restarted");
                _handler = code == 0 ? throw new InvalidOperationException($"The handler ended with 0. {dead.Output}") : await Handler.StartAsync(_files, _rootPem, _invocations.Client);
                _dead.Enqueue(dead);
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
                await FireAsync(timer, last, now);
                (last, next) = (now, timer.Schedule.GetNextOccurrence(DateTime.UtcNow));
            }

            await PauseAsync(looks);
        }
    }

    private async Task FireAsync(TimerFunction timer, DateTimeOffset last, DateTimeOffset now)
    {
        for (var retry = 0; ; retry++)
        {
            var body = Payloads.Timer(timer, last, now, isPastDue: last == DateTimeOffset.MinValue, retry);
            if (await _invocations.InvokeAsync(Handler, timer.Name, body) || retry >= (timer.Retry?.Most ?? 0) || _stop.IsCancellationRequested)
            {
                return;
            }

            using var delay = new PeriodicTimer(timer.Retry!.Delay);
            await PauseAsync(delay);
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
            var room = IsReady ? _files.Limits.AtOnce - underWay.Count : 0;
            foreach (var message in room > 0 ? await _queues.GetAsync(function.Kind, room, MessageLease, CancellationToken.None) : [])
            {
                underWay.Add(DeliverAsync(function, message));
            }

            await PauseAsync(looks);
        }
    }

    private async Task DeliverAsync(QueueFunction function, QueueMessage message)
    {
        var (limits, handler) = (_files.Limits, Handler);
        var isRefused = message.Deliveries > limits.MaxDequeueCount;
        if (!isRefused && _isDeadly(message))
        {
            // Dead before it can answer.
            handler.Kill();
            await handler.EndAsync();
        }

        if (!isRefused && await _invocations.InvokeAsync(handler, function.Name, Payloads.Queue(function, message, DateTimeOffset.UtcNow)))
        {
            await _queues.DeleteAsync(function.Kind, message.Id, message.Receipt, CancellationToken.None);
        }
        else if (isRefused || message.Deliveries >= limits.MaxDequeueCount)
        {
            await _queues.PutAsync($"{function.Kind}-poison", QueueMessage.Encode(message.Body, deferrals: 0), TimeSpan.Zero, CancellationToken.None);
            await _queues.DeleteAsync(function.Kind, message.Id, message.Receipt, CancellationToken.None);
            _invocations.Count("moved to -poison");
        }
        else
        {
            await _queues.UpdateAsync(function.Kind, message.Id, message.Receipt, limits.VisibilityTimeout, text: null, CancellationToken.None);
        }
    }

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
