using System.Globalization;
using Monitoring.Fetching;

namespace Monitoring.Feeds.Discovery;

/// <summary>One address that was asked.</summary>
/// <param name="Feed">Null: none is there.</param>
/// <param name="What">What came, in a few words; of a feed, why one may doubt it, or nothing.</param>
public sealed record DiscoveryStep(Uri Url, FeedDocument? Feed, string What);

/// <summary>
/// Looks for the feeds of a site and proves each by reading it: the address itself, then what the page names, and if that gives none the places where
/// content systems put theirs. Polite as every visit: one request at a time, with the pause of hosts between them.
/// </summary>
public sealed class FeedDiscovery(Fetcher fetcher, FetchingOptions options, TimeProvider time)
{
    private const int MostRequests = 20;

    private static readonly TimeSpan Old = TimeSpan.FromDays(7);

    public async IAsyncEnumerable<DiscoveryStep> FindAsync(Uri url, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (step, page) = await AskAsync(url, cancellationToken);
        yield return step;
        if (step.Feed is not null || page is null)
        {
            yield break;
        }

        var (asked, found) = (new HashSet<Uri> { url }, false);
        var candidates = new Queue<Uri>(FeedCandidates.NamedBy(page, step.Url));
        for (var usual = false; asked.Count < MostRequests;)
        {
            if (!candidates.TryDequeue(out var candidate))
            {
                if (found || usual)
                {
                    yield break;
                }

                (candidates, usual) = (new Queue<Uri>(FeedCandidates.Usual(step.Url)), true);
                continue;
            }

            if (asked.Add(candidate))
            {
                await Task.Delay(options.HostInterval, time, cancellationToken);
                var (answer, _) = await AskAsync(candidate, cancellationToken);
                found |= answer.Feed is not null;
                yield return answer;
            }
        }
    }

    /// <returns>With the page's text, if a page came.</returns>
    private async Task<(DiscoveryStep Step, string? Page)> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        switch (await fetcher.FetchAsync(new FetchRequest(url, new FeedSourceReader().Accept, Validators: null), cancellationToken))
        {
            case FetchResult.Fetched { Exchange: var exchange, Content: var content }:
                var contentType = exchange.Header("Content-Type");
                return FeedReader.Read(content, FeedReadContext.Of(exchange)) switch
                {
                    FeedReading.Read { Document: var feed } => (new DiscoveryStep(exchange.FinalUrl, feed, Doubt(feed)), null),
                    FeedReading.NotAFeed other => (new DiscoveryStep(exchange.FinalUrl, Feed: null, other.What), TextDecoding.Decode(content.Span, contentType, url.Host).Text),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            case FetchResult.Refused refused:
                return (new DiscoveryStep(url, Feed: null, string.Create(CultureInfo.InvariantCulture, $"HTTP {refused.Exchange.Status}")), null);
            case FetchResult.Failed failed:
                return (new DiscoveryStep(url, Feed: null, failed.Failure), null);
            default:
                return (new DiscoveryStep(url, Feed: null, "no document"), null);
        }
    }

    private string Doubt(FeedDocument feed) => (feed.Items.Count, feed.Items.Max(item => item.Published ?? item.Updated)) switch
    {
        (0, _) => "it has no items",
        (_, null) => "none of its items has a date, so none would be mailed at once",
        var (_, newest) when time.GetUtcNow() - newest > Old => string.Create(CultureInfo.InvariantCulture, $"its newest item is of {newest:yyyy-MM-dd}"),
        _ => "",
    };
}
