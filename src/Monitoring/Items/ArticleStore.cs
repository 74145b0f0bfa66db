using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <param name="Row">Of the hint; sorted by when it is due.</param>
public readonly record struct ArticleHint(ItemKey Key, string Row);

/// <summary>
/// The states of articles. Table <c>Articles</c>: partition = source, row = item id; query served: one article. Table <c>ArticlesDue</c>: one partition,
/// row = time and item key; query served: what is due by now, whenever it became due. A hint may be stale: the article's own row decides. Table
/// <c>ArticleDays</c>: one partition, row = source: how many of its articles were asked for in the last day that had any.
/// </summary>
public sealed class ArticleStore(ITables tables)
{
    private const string DuePartition = "due";
    private const string DayPartition = "day";

    private readonly IEntityTable _articles = tables.Open("Articles");
    private readonly IEntityTable _due = tables.Open("ArticlesDue");
    private readonly IEntityTable _days = tables.Open("ArticleDays");

    /// <summary>Null: its page was never to be read or looked at.</summary>
    public async Task<ArticleState?> GetAsync(ItemKey key, CancellationToken cancellationToken) =>
        await _articles.GetAsync(key.Row, columns: null, cancellationToken) is { } row ? ArticleState.FromRow(row) : null;

    /// <summary>Saves a state that is new or was read before: the hint, then the row. A crash in between leaves a hint that is found stale.</summary>
    public async Task<SaveResult> SaveAsync(ArticleState state, CancellationToken cancellationToken)
    {
        if (state.Due is { } due)
        {
            await HintAsync([state.Key], state.QueuedUntil ?? due, cancellationToken);
        }

        return state.ETag is not null
            ? await _articles.ReplaceAsync(state.ToRow(), cancellationToken)
            : await _articles.AddAsync(state.ToRow(), cancellationToken) is AddResult.Added ? SaveResult.Saved : SaveResult.ChangedMeanwhile;
    }

    /// <summary>Changes a state, also one that is not stored yet; a lost race is tried again on what won.</summary>
    /// <param name="change">Null: leave it as it is.</param>
    public async Task UpdateAsync(ItemKey key, Func<ArticleState, ArticleState?> change, CancellationToken cancellationToken)
    {
        while (change(await GetAsync(key, cancellationToken) ?? new ArticleState { Key = key }) is { } next)
        {
            if (await SaveAsync(next, cancellationToken) is SaveResult.Saved)
            {
                return;
            }
        }
    }

    /// <summary>Adds the states of one source that are missing; their hints first.</summary>
    public async Task AddMissingAsync(IReadOnlyList<ArticleState> states, CancellationToken cancellationToken)
    {
        foreach (var together in states.Where(state => state.Due is not null).GroupBy(state => state.QueuedUntil ?? state.Due!.Value))
        {
            await HintAsync([.. together.Select(state => state.Key)], together.Key, cancellationToken);
        }

        await _articles.AddMissingAsync([.. states.Select(state => state.ToRow())], cancellationToken);
    }

    /// <summary>The hints up to a time, the oldest first.</summary>
    public async IAsyncEnumerable<ArticleHint> ListDueAsync(DateTimeOffset until, int take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _due.QueryAsync(new RangeQuery(DuePartition) { Before = Keys.Time(until), Take = take, Columns = [] }, cancellationToken))
        {
            if (ItemKey.Parse(row.Key.Row[(Keys.Time(until).Length + 1)..]) is { } key)
            {
                yield return new ArticleHint(key, row.Key.Row);
            }
        }
    }

    public async Task HintAsync(IReadOnlyList<ItemKey> keys, DateTimeOffset due, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(StorageLimits.BatchOperations))
        {
            await _due.BatchAsync([.. chunk.Select(key => TableOperation.Put(new Entity(DuePartition, $"{Keys.Time(due)}.{key}")))], cancellationToken);
        }
    }

    public Task RemoveHintAsync(ArticleHint hint, CancellationToken cancellationToken) => _due.DeleteAsync(new EntityKey(DuePartition, hint.Row), etag: null, cancellationToken);

    /// <summary>Takes up to so many places of a source's day. A crash after it has taken places for nothing, and never too few.</summary>
    /// <returns>How many are left for the caller.</returns>
    public async Task<int> TakeOfDayAsync(string sourceId, int wanted, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = new EntityKey(DayPartition, sourceId);
        while (true)
        {
            var row = await _days.GetAsync(key, columns: null, cancellationToken);
            var today = now.UtcDateTime.Date;
            var taken = row?.GetTime("Day") is { } day && day.UtcDateTime.Date == today ? (int)(row.GetNumber("Taken") ?? 0) : 0;
            var granted = Math.Clamp(limit - taken, 0, wanted);
            if (granted == 0)
            {
                return 0;
            }

            var next = new Entity(key) { ETag = row?.ETag }.Set("Day", new DateTimeOffset(today, TimeSpan.Zero)).Set("Taken", taken + granted);
            var isSaved = row is null
                ? await _days.AddAsync(next, cancellationToken) is AddResult.Added
                : await _days.ReplaceAsync(next, cancellationToken) is SaveResult.Saved;
            if (isSaved)
            {
                return granted;
            }
        }
    }
}
