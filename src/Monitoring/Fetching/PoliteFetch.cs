namespace Monitoring.Fetching;

/// <summary>What became of an attempt to fetch politely.</summary>
public abstract record FetchAttempt
{
    private FetchAttempt()
    {
    }

    /// <summary>The host was visited a moment ago, or is being visited.</summary>
    public sealed record NotYet(TimeSpan Wait) : FetchAttempt
    {
        /// <summary>Pauses between two visits of a host are waited for in the queue; longer ones, which servers ask for, in the subject's row.</summary>
        public static readonly TimeSpan LongestInQueue = TimeSpan.FromMinutes(1);

        public bool IsLong => Wait > LongestInQueue;
    }

    public sealed record Answered(FetchResult Result) : FetchAttempt;
}

/// <summary>Fetches through the gate of the address's host. Redirects inside the visit count as one request.</summary>
public sealed class PoliteFetch(HostGate gate, Fetcher fetcher, FetchingOptions options, TimeProvider time)
{
    /// <param name="pause">Least time between two visits to the host; null is the setting's.</param>
    public async Task<FetchAttempt> FetchAsync(FetchRequest request, TimeSpan? pause, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var host = request.Url.IdnHost;
        if (await gate.EnterAsync(host, started, options.Timeout + options.HostInterval, cancellationToken) is { } notBefore)
        {
            return new FetchAttempt.NotYet(notBefore - started);
        }

        var next = started + (pause ?? options.HostInterval);
        try
        {
            var result = await fetcher.FetchAsync(request, cancellationToken);
            if (result is FetchResult.Refused { Exchange.Status: 429 or 503, RetryAfter: { } wait } && time.GetUtcNow() + wait is var asked && asked > next)
            {
                next = asked;
            }

            return new FetchAttempt.Answered(result);
        }
        finally
        {
            // Also after a cancellation: the request was sent, and the pause is owed.
            await gate.LeaveAsync(host, next, CancellationToken.None);
        }
    }
}
