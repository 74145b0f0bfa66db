using System.Runtime.CompilerServices;
using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Feeds;

/// <summary>How a source fares: when it was and will be visited, what came, and what the next request sends.</summary>
public sealed record SourceState
{
    private const int ShownFeeds = 3;

    public required EntryKind Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>When the source came on the list.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    public required DateTimeOffset NextVisit { get; init; }

    /// <summary>Why then.</summary>
    public string? Why { get; init; }

    /// <summary>A work item is under way; before this time no other is made.</summary>
    public DateTimeOffset? QueuedUntil { get; init; }

    /// <summary>Of the last readable answer.</summary>
    public Validators? Validators { get; init; }

    public DateTimeOffset? LastVisit { get; init; }

    /// <summary>The last readable answer, 304 included. Null: never, so the next one is the baseline.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>What the last visit came to, for operators.</summary>
    public string? LastOutcome { get; init; }

    /// <summary>Visits in a row without a readable answer.</summary>
    public int Failures { get; init; }

    /// <summary>The same, those counted half that often pass by themselves (404, 429, 5xx).</summary>
    public double Setback { get; init; }

    /// <summary>The time between visits that the schedule found; null: none yet.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Feeds that a page named which came instead of one, at the last visit.</summary>
    public IReadOnlyList<Uri> Feeds { get; init; } = [];

    /// <summary>Where its address leads for good; null: nowhere else.</summary>
    public Relocation? Moved { get; init; }

    public ItemHistory History { get; init; } = ItemHistory.None;

    /// <summary>What was mended in the last document.</summary>
    public string? Repairs { get; init; }

    /// <summary>Items stored so far.</summary>
    public long Items { get; init; }

    public DateTimeOffset? NewestItem { get; init; }

    public SeenMarks Seen { get; init; } = SeenMarks.None;

    /// <summary>A document called different things by one guid: guids alone name nothing here any more.</summary>
    public bool GuidsRepeat { get; init; }

    /// <summary>What its reader left for the next visit.</summary>
    public string? Memory { get; init; }

    public string? ETag { get; init; }

    public bool IsHealthy => LastSuccess is not null && Failures == 0;

    /// <summary>Where it is read now.</summary>
    public Uri UrlOf(Source source, DateTimeOffset now) => Moved is { } moved && moved.Holds(source.Url, now) ? moved.To : source.Url;

    /// <summary>Null while it tells as usual, and while it does not answer: that is another trouble.</summary>
    public GoneQuiet? Quiet(DateTimeOffset now) => Failures == 0 ? History.Quiet(now) : null;

    internal static string[] ShownColumns { get; } =
        ["NextVisit", "Why", "LastVisit", "LastSuccess", "LastOutcome", "Failures", "History", "Repairs", "Items", "NewestItem", "Feeds", "MovedFrom", "MovedTo", "MovedSince"];

    internal Entity ToRow() => new Entity(SourceStateStore.Key(Kind, Id))
    {
        ETag = ETag,
    }
        .Set("ListedAt", ListedAt)
        .Set("NextVisit", NextVisit)
        .Set("Why", Why)
        .Set("QueuedUntil", QueuedUntil)
        .Set("ValidatorUrl", Validators?.Url.AbsoluteUri)
        .Set("ValidatorETag", Validators?.ETag)
        .Set("ValidatorLastModified", Validators?.LastModified)
        .Set("LastVisit", LastVisit)
        .Set("LastSuccess", LastSuccess)
        .Set("LastOutcome", LastOutcome)
        .Set("Failures", Failures)
        .Set("Setback", Setback)
        .Set("IntervalSeconds", Interval?.TotalSeconds)
        .Set("History", History.ToString())
        .Set("Feeds", Feeds.Count == 0 ? null : string.Join(' ', Feeds.Take(ShownFeeds).Select(feed => feed.AbsoluteUri)))
        .Set("MovedFrom", Moved?.From.AbsoluteUri)
        .Set("MovedTo", Moved?.To.AbsoluteUri)
        .Set("MovedSince", Moved?.Since)
        .Set("Repairs", Repairs)
        .Set("Items", Items)
        .Set("NewestItem", NewestItem)
        .Set("GuidsRepeat", GuidsRepeat ? true : null)
        .Set("Seen", Seen.ToBytes())
        .Set("Memory", Memory);

    internal static SourceState FromRow(Entity row) => new()
    {
        Kind = Enum.Parse<EntryKind>(row.Key.Partition, ignoreCase: true),
        Id = row.Key.Row,
        ListedAt = row.GetTime("ListedAt"),
        NextVisit = row.NeedTime("NextVisit"),
        Why = row.GetText("Why"),
        QueuedUntil = row.GetTime("QueuedUntil"),
        Validators = row.GetText("ValidatorUrl") is { } url ? new Validators(new Uri(url), row.GetText("ValidatorETag"), row.GetText("ValidatorLastModified")) : null,
        LastVisit = row.GetTime("LastVisit"),
        LastSuccess = row.GetTime("LastSuccess"),
        LastOutcome = row.GetText("LastOutcome"),
        Failures = (int)(row.GetNumber("Failures") ?? 0),
        Setback = row.GetReal("Setback") ?? row.GetNumber("Failures") ?? 0,
        Interval = row.GetReal("IntervalSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        History = ItemHistory.Parse(row.GetText("History")),
        Feeds = [.. (row.GetText("Feeds") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(feed => new Uri(feed))],
        Moved = row.GetText("MovedTo") is { } to ? new Relocation(new Uri(row.NeedText("MovedFrom")), new Uri(to), row.NeedTime("MovedSince")) : null,
        Repairs = row.GetText("Repairs"),
        Items = row.GetNumber("Items") ?? 0,
        NewestItem = row.GetTime("NewestItem"),
        GuidsRepeat = row.GetFlag("GuidsRepeat") ?? false,
        Seen = SeenMarks.FromBytes(row.GetBytes("Seen")),
        Memory = row.GetText("Memory"),
        ETag = row.ETag,
    };
}

/// <summary>The states of all sources. Table <c>Sources</c>: partition = kind, row = source id; queries served: one source, all sources of a kind.</summary>
public sealed class SourceStateStore(ITables tables)
{
    private readonly IEntityTable _sources = tables.Open("Sources");

    public async Task<SourceState?> GetAsync(EntryKind kind, string id, CancellationToken cancellationToken) =>
        await _sources.GetAsync(Key(kind, id), columns: null, cancellationToken) is { } row ? SourceState.FromRow(row) : null;

    public Task<SaveResult> SaveAsync(SourceState state, CancellationToken cancellationToken) => _sources.ReplaceAsync(state.ToRow(), cancellationToken);

    /// <summary>After a source left the list; listed again it begins with a baseline.</summary>
    public Task<SaveResult> RemoveAsync(SourceState state, CancellationToken cancellationToken) => _sources.DeleteAsync(Key(state.Kind, state.Id), state.ETag, cancellationToken);

    public async IAsyncEnumerable<SourceState> ListAsync(EntryKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _sources.QueryAsync(new RangeQuery(Partition(kind)), cancellationToken))
        {
            yield return SourceState.FromRow(row);
        }
    }

    /// <summary>All sources of the list in its order, to be shown: the states are read without what only a visit needs, and cannot be saved.</summary>
    public async Task<IReadOnlyList<(Source Source, SourceState? State)>> ReadAsync(WatchlistSnapshot list, CancellationToken cancellationToken)
    {
        var states = new Dictionary<(EntryKind, string), SourceState>();
        foreach (var kind in list.Sources.Select(source => source.Kind).Distinct())
        {
            var query = new RangeQuery(Partition(kind)) { Columns = SourceState.ShownColumns };
            await foreach (var row in _sources.QueryAsync(query, cancellationToken))
            {
                states[(kind, row.Key.Row)] = SourceState.FromRow(row) with { ETag = null };
            }
        }

        return [.. list.Sources.Select(source => (source, states.GetValueOrDefault((source.Kind, source.Id))))];
    }

    /// <summary>The row's own answer to a hint of the due index; marks the source as queued if it is due.</summary>
    public async Task<Claim> ClaimAsync(EntryKind kind, string id, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await GetAsync(kind, id, cancellationToken) is not { } state)
        {
            return new Claim.Retired();
        }

        return Claim.Refuse(state.NextVisit, state.QueuedUntil, now)
            ?? (await SaveAsync(state with { QueuedUntil = until }, cancellationToken) is SaveResult.Saved ? new Claim.Claimed() : new Claim.Taken());
    }

    /// <summary>The name of a kind in the due index.</summary>
    public static string DueKind(EntryKind kind) => Partition(kind);

    internal RosterOf Roster(EntryKind kind) => new(
        DueKind(kind),
        (from, before, token) => _sources.QueryAsync(new RangeQuery(Partition(kind)) { From = from, Before = before, Columns = ["NextVisit"] }, token)
            .Select(row => (row.Key.Row, row.NeedTime("NextVisit"))),
        (ids, at, token) => _sources.AddMissingAsync(
            [.. ids.Select(id => new SourceState { Kind = kind, Id = id, ListedAt = at, NextVisit = at, Why = "new on the list" }.ToRow())], token));

    internal static EntityKey Key(EntryKind kind, string id) => new(Partition(kind), id);

    private static string Partition(EntryKind kind) => kind.ToString().ToLowerInvariant();
}
