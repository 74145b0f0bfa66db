using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Work;

namespace Monitoring.WatchedPages;

/// <summary>
/// Makes an item's text of what came from its article's page. Order: capture, text, item, pending row, address, message to understand it; then the caller closes the
/// article's row. Reading it again after a crash changes nothing twice.
/// </summary>
public sealed class ArticleReader(ItemStore items, Sightings sightings, CaptureStore captures, IWorkQueue queue, ArticleExtraction extraction, TimeProvider time)
{
    /// <summary>Waits before the second and the third attempt.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(2)];

    /// <returns>What the attempt makes of the article's state.</returns>
    internal async Task<Func<ArticleState, ArticleState>> TakeAsync(Item item, ArticleAnswer answer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (answer)
        {
            case ArticleAnswer.Page page:
                var article = page.Read(extraction);
                var told = await items.GetTextAsync(item.Key, cancellationToken);
                if (ArticleFit.Fault(item.Title, told, article.Title, article.Text) is { } fault)
                {
                    return Failure(fault, retryAfter: null, isFinal: article.Text.Length > 0 && article.Text.Length <= told.Length, now);
                }

                await StoreAsync(item, page.Exchange, article, now, cancellationToken);
                return state => Ended(state, now) with { Reading = ArticleReading.Read, Outcome = null, Author = article.Author, Canonical = article.Canonical };
            case ArticleAnswer.Missing missing:
                return Failure(missing.What, retryAfter: null, isFinal: false, now);
            case ArticleAnswer.Other other:
                return Failure(other.Why, other.RetryAfter, other.IsFinal, now);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static ArticleState Ended(ArticleState state, DateTimeOffset now) =>
        state with { NextRead = null, QueuedUntil = null, Claims = 0, Attempts = state.Attempts + 1, LastAttempt = now };

    private static Func<ArticleState, ArticleState> Failure(string why, TimeSpan? retryAfter, bool isFinal, DateTimeOffset now) => state =>
    {
        var ended = Ended(state, now) with { Outcome = why };
        if (isFinal || ended.Attempts > Waits.Length)
        {
            // What was read of an earlier version stays.
            return ended with { Reading = ArticleReading.Failed };
        }

        var wait = Waits[ended.Attempts - 1];
        return ended with { NextRead = now + (retryAfter > wait ? retryAfter.Value : wait) };
    };

    private async Task StoreAsync(Item item, HttpExchange exchange, FoundArticle article, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (item is { ArticleAt: not null, UnderstoodBy: not null } && await items.GetArticleTextAsync(item.Key, cancellationToken) == article.Text)
        {
            return;
        }

        var capture = await captures.AddAsync(item.Key.SourceId, exchange, keepBody: true, cancellationToken);
        await items.PutArticleAsync(item.Key, article.Text, present => article.Complete(present, capture.Id, now), cancellationToken);
        await (article.Canonical is { } canonical ? sightings.NoteAddressAsync(item, canonical, cancellationToken) : Task.CompletedTask);
        await queue.EnqueueAsync(new WorkItem(UnderstandJob.WorkKind, item.Key.SourceId), TimeSpan.Zero, cancellationToken);
    }
}
