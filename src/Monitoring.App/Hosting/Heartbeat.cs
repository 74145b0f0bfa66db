namespace Monitoring.App.Hosting;

/// <summary>Tells somebody outside that all is well, by asking for an address of theirs. When it no longer does, they know that everything has stopped.</summary>
internal sealed partial class Heartbeat(HttpMessageInvoker http, HealthOptions options, TimeProvider time, ILogger<Heartbeat> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        if (options.HeartbeatUrl is not { } url)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            if (!response.IsSuccessStatusCode)
            {
                LogUnheard($"HTTP {(int)response.StatusCode}");
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || limit.IsCancellationRequested)
        {
            LogUnheard(failure.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat was not heard: {Why}")]
    private partial void LogUnheard(string why);
}
