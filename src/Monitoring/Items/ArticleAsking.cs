using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Items;

/// <summary>
/// Asks for articles to be read on their pages, one after the other with the pause of their host between them. Day's limit, hints, rows, messages, in this
/// order; then intake stores the items. A crash in between is mended by the next visit, which brings the same items; a message that is lost, by
/// <see cref="ArticleSweep"/>.
/// </summary>
public sealed class ArticleAsking(ArticleStore articles, IWorkQueue queue, ArticlesOptions options, WorkOptions work)
{
    /// <summary>The queue of articles; the subject is an item's key.</summary>
    public const string WorkKind = "read-article";

    /// <summary>A source that changes its texts with every visit does not make us read its pages as often.</summary>
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromHours(1);

    /// <summary>Between the pages of sources that name no pause; and until the first one, so that its item is stored by then.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(5);

    /// <summary>Why an article beyond the limit was not read.</summary>
    private const string OverLimit = "not read: its source has brought as many articles today as are read in a day";

    /// <param name="added">Items that are about to be stored, with the text that the source gives.</param>
    /// <param name="changed">New versions of stored ones.</param>
    public async Task AskAsync(
        Source source, IReadOnlyList<(Item Item, string Text)> added, IReadOnlyList<(Item Item, string Text)> changed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fresh = ArticlePages.ToRead(source, added, options);
        var again = ArticlePages.ToRead(source, changed, options);
        if (fresh.Count + again.Count == 0)
        {
            return;
        }

        var known = new Dictionary<ItemKey, ArticleState>();
        foreach (var key in again)
        {
            if (await articles.GetAsync(key, cancellationToken) is { } state)
            {
                known[key] = state;
            }
        }

        var granted = await articles.TakeOfDayAsync(source.Id, fresh.Count + again.Count, options.DailyLimit, now, cancellationToken);
        var plan = new Plan(source.Pause ?? UsualPause, now, work.ClaimFor);
        var states = fresh.Concat(again).Select((key, i) => plan.Of(known.GetValueOrDefault(key) ?? new ArticleState { Key = key }, i < granted)).ToList();
        await articles.AddMissingAsync([.. states.Where(state => state.ETag is null)], cancellationToken);
        foreach (var state in states.Where(state => state.ETag is not null))
        {
            // A lost race: its page is being read at this moment, and the new text of the source stands beside what comes of that.
            await articles.SaveAsync(state, cancellationToken);
        }

        foreach (var state in states.Where(state => state.QueuedUntil is not null))
        {
            await queue.EnqueueAsync(new WorkItem(WorkKind, state.Key.ToString()), state.NextRead!.Value - now, cancellationToken);
        }
    }

    /// <summary>Gives each article its time.</summary>
    private sealed class Plan(TimeSpan pause, DateTimeOffset now, TimeSpan claimFor)
    {
        private TimeSpan _after = pause < UsualPause ? UsualPause - pause : TimeSpan.Zero;

        public ArticleState Of(ArticleState state, bool isGranted)
        {
            if (!isGranted)
            {
                return state with { Reading = state.Reading is ArticleReading.Read ? ArticleReading.Read : ArticleReading.Failed, Outcome = OverLimit, NextRead = null };
            }

            _after += pause;
            var earliest = state.LastAttempt + BetweenReadings;
            var next = earliest > now + _after ? earliest.Value : now + _after;

            // What comes later is enqueued by the sweep: messages do not wait for hours.
            var isSoon = next - now < claimFor;
            return state with { Reading = ArticleReading.Due, Attempts = 0, NextRead = next, QueuedUntil = isSoon ? now + 2 * claimFor : null, Claims = 0 };
        }
    }
}
