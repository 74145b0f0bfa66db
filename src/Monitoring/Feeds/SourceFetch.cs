using Monitoring.Fetching;
using Monitoring.Watchlist;

namespace Monitoring.Feeds;

/// <summary>What became of an attempt to fetch politely.</summary>
public abstract record FetchAttempt
{
    private FetchAttempt()
    {
    }

    /// <summary>The host was visited a moment ago, or is being visited.</summary>
    public sealed record NotYet(TimeSpan Wait) : FetchAttempt;

    public sealed record Answered(FetchResult Result) : FetchAttempt;
}

/// <summary>Fetches a source through the gate of its host. Redirects inside the visit count as one request.</summary>
public sealed class SourceFetch(HostGate gate, Fetcher fetcher, FetchingOptions options, TimeProvider time)
{
    public async Task<FetchAttempt> FetchAsync(Source source, FetchRoute route, SourceState state, string accept, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var url = state.Moved is { } moved && moved.Holds(source.Url, started) ? moved.To : source.Url;
        var host = url.IdnHost;
        if (await gate.EnterAsync(host, started, options.Timeout + options.HostInterval, cancellationToken) is { } notBefore)
        {
            return new FetchAttempt.NotYet(notBefore - started);
        }

        var next = started + (source.Pause ?? options.HostInterval);
        try
        {
            var result = await fetcher.FetchAsync(new FetchRequest(url, accept, state.Validators) { Route = route }, cancellationToken);
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
