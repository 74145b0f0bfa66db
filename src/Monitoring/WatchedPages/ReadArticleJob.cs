using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Work;

namespace Monitoring.WatchedPages;

/// <summary>
/// Reads the page of an item's article, or looks whether it is still there, whichever its row says is due. One request for each work item, through the gate of
/// its host. The row is closed last: a crash before that does the same again.
/// </summary>
public sealed class ReadArticleJob(
    ArticleStore articles, ItemStore items, FlagStore flags, ArticleFetch fetch, ArticleReader reader, ArticleLook look, Func<double> chance, TimeProvider time) : IWorkJob
{
    /// <summary>Articles of one host that wait together come back one by one, not all at once for one place.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(30);

    public string Kind => ArticleAsking.WorkKind;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (ItemKey.Parse(subject) is not { } key || await articles.GetAsync(key, cancellationToken) is not { Due: { } due } state)
        {
            return new JobResult.NothingDue();
        }

        if (due > now)
        {
            return due - now <= FetchAttempt.NotYet.LongestInQueue ? new JobResult.NotNow(due - now) : new JobResult.NothingDue();
        }

        if (await items.GetAsync(key, cancellationToken) is not { } item)
        {
            // Not stored yet, after a crash of its visit, or removed: the first is mended by the next visit, the second took this row with it.
            return new JobResult.NothingDue();
        }

        var isReading = state.NextRead <= now;
        var isWanted = isReading ? !await IsReadAsync(item, cancellationToken) : await flags.GetAsync(key, cancellationToken) is { State: not FlagState.Dismissed };
        if (!isWanted || await fetch.PageOfAsync(item, cancellationToken) is not { } page)
        {
            await CloseAsync(state, present => present with { NextRead = null, NextLook = null, LooksSince = null, QueuedUntil = null }, cancellationToken);
            return new JobResult.Done("not wanted any more");
        }

        var asked = isReading ? page.Link : ArticleLook.Asked(state, page.Link);
        switch (await fetch.FetchAsync(page, asked, cancellationToken))
        {
            case FetchAttempt.NotYet { IsLong: true } notYet:
                await CloseAsync(state, present => PutOff(present, isReading, now + notYet.Wait), cancellationToken);
                return new JobResult.Done("put off: its host may not be visited yet");
            case FetchAttempt.NotYet notYet:
                return new JobResult.NotNow(notYet.Wait + chance() * Spread);
            case FetchAttempt.Answered answered:
                var answer = ArticleAnswer.Of(answered.Result, asked);
                var close = isReading ? await reader.TakeAsync(item, answer, cancellationToken) : await look.TakeAsync(item, state, answer, cancellationToken);
                await CloseAsync(state, close, cancellationToken);
                return new JobResult.Done(isReading ? "its page was asked for" : "it was looked at");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Another item tells of the article, and its page was read for that one.</summary>
    private async Task<bool> IsReadAsync(Item item, CancellationToken cancellationToken) =>
        item.IsSighting && await items.GetAsync(item.KnownAs!.Value, cancellationToken) is { ArticleAt: not null };

    private static ArticleState PutOff(ArticleState state, bool isReading, DateTimeOffset until) =>
        (isReading ? state with { NextRead = until } : state with { NextLook = until }) with { QueuedUntil = null, Claims = 0 };

    /// <summary>A row that somebody gave another time meanwhile has new work, and stays as it is.</summary>
    private Task CloseAsync(ArticleState before, Func<ArticleState, ArticleState> close, CancellationToken cancellationToken) => articles.UpdateAsync(
        before.Key,
        present => present.ETag is not null && present.NextRead == before.NextRead && (before.NextRead is not null || present.NextLook == before.NextLook) ? close(present) : null,
        cancellationToken);
}
