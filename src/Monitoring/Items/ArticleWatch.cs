using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>Sees to it that the articles of flagged items are looked at again: what an outlet takes away is news too.</summary>
public sealed class ArticleWatch(ArticleStore articles, ArticlesOptions options, TimeProvider time)
{
    private static readonly int[] Days = [1, 3, 7, 30, 90];

    /// <summary>When to look again; null: no more.</summary>
    /// <param name="since">From when the days are counted.</param>
    public DateTimeOffset? Next(DateTimeOffset since, DateTimeOffset now)
    {
        var ages = Days.Select(days => TimeSpan.FromDays(days)).Where(age => age <= options.LookedAtFor && since + age > now);
        return ages.Select(age => (DateTimeOffset?)(since + age)).FirstOrDefault();
    }

    /// <summary>Begins to look after an item's article, if it has one and nobody does yet.</summary>
    public async Task BeginAsync(Source? source, Item item, CancellationToken cancellationToken)
    {
        if (ArticlePages.Of(source, item.Link) is not null && Next(item.FirstSeen, time.GetUtcNow()) is { } next)
        {
            await articles.UpdateAsync(item.Key, state => state.LooksSince is null ? state with { LooksSince = item.FirstSeen, NextLook = next } : null, cancellationToken);
        }
    }
}
