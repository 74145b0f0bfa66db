using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Work;

namespace Monitoring.WatchedPages;

/// <summary>
/// Whether a flagged article is still there. It counts as taken away when its page is missing twice, at least a day apart, and the site's front page answers
/// then; a failure, challenge, block, refusal or page that tells of something else says nothing. Order: capture, item, pending row, message to understand it,
/// which makes the flag say so; then the caller closes the article's row.
/// </summary>
public sealed class ArticleLook(ItemStore items, CaptureStore captures, IWorkQueue queue, ArticleExtraction extraction, ArticleWatch watch, TimeProvider time)
{
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    /// <summary>What is asked for next: the article, or the front page of its site.</summary>
    public static Uri Asked(ArticleState state, Uri article) => state.Second is null ? article : new Uri(article, "/");

    /// <returns>What the look makes of the article's state.</returns>
    internal async Task<Func<ArticleState, ArticleState>> TakeAsync(Item item, ArticleState state, ArticleAnswer answer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (state, answer) switch
        {
            ({ First: { } first, Second: { } second }, ArticleAnswer.Page) => await TakenAwayAsync(item, first, second, cancellationToken),
            ({ Second: not null }, _) => present => Ended(present) with { Second = null, NextLook = Tomorrow(present, now) },
            (_, ArticleAnswer.Missing) when item.Gone is { BackAt: null } => Usual(now),
            (_, ArticleAnswer.Missing missing) => await MissingAsync(item, state, missing, now, cancellationToken),
            (_, ArticleAnswer.Page page) when IsThere(item, page) && item.Gone is { BackAt: null } gone => await ThereAgainAsync(item, gone, now, cancellationToken),
            (_, ArticleAnswer.Page page) when IsThere(item, page) => present => Ended(present) with { First = null, NextLook = watch.Next(present.LooksSince ?? now, now) },
            ({ First: not null }, _) => present => Ended(present) with { NextLook = Tomorrow(present, now) },
            _ => Usual(now),
        };
    }

    private bool IsThere(Item item, ArticleAnswer.Page page)
    {
        var article = page.Read(extraction);
        return ArticleFit.Fault(item.Title, told: "", article.Title, article.Text) is null;
    }

    private static ArticleState Ended(ArticleState state) => state with { NextLook = null, QueuedUntil = null, Claims = 0 };

    private Func<ArticleState, ArticleState> Usual(DateTimeOffset now) => present => Ended(present) with { NextLook = watch.Next(present.LooksSince ?? now, now) };

    /// <summary>An open question is asked again until the looks would end anyway.</summary>
    private DateTimeOffset? Tomorrow(ArticleState state, DateTimeOffset now) => watch.Next(state.LooksSince ?? now, now) is null ? null : now + Apart;

    private async Task<Func<ArticleState, ArticleState>> MissingAsync(
        Item item, ArticleState state, ArticleAnswer.Missing missing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (state.First is { } first && now - first.At < Apart)
        {
            return present => Ended(present) with { NextLook = first.At + Apart };
        }

        var capture = await captures.AddAsync(item.Key.SourceId, missing.Exchange, keepBody: true, cancellationToken);
        var sign = new GoneSign(now, missing.How, capture.Id);

        // The front page is another request: it has its own turn at the gate.
        return state.First is null
            ? present => Ended(present) with { First = sign, NextLook = now + Apart }
            : present => Ended(present) with { Second = sign, NextLook = now };
    }

    private async Task<Func<ArticleState, ArticleState>> TakenAwayAsync(Item item, GoneSign first, GoneSign second, CancellationToken cancellationToken)
    {
        await NoteAsync(item, new ItemGone(first.At, second.At, second.How, [first.CaptureId, second.CaptureId], BackAt: null), cancellationToken);
        return Anew(second.At);
    }

    private async Task<Func<ArticleState, ArticleState>> ThereAgainAsync(Item item, ItemGone gone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await NoteAsync(item, gone with { BackAt = now }, cancellationToken);
        return Anew(now);
    }

    /// <summary>After an event the days are counted anew.</summary>
    private Func<ArticleState, ArticleState> Anew(DateTimeOffset since) => present =>
        Ended(present) with { First = null, Second = null, LooksSince = since, NextLook = watch.Next(since, time.GetUtcNow()) };

    private async Task NoteAsync(Item item, ItemGone gone, CancellationToken cancellationToken)
    {
        await items.ReviseAsync(item.Key, present => present with { Gone = gone }, cancellationToken);
        await queue.EnqueueAsync(new WorkItem(UnderstandJob.WorkKind, item.Key.SourceId), TimeSpan.Zero, cancellationToken);
    }
}
