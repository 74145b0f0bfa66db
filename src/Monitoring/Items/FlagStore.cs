using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Items.Stories;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>
/// Flags, and the queue of those that wait for an editor. Table <c>Flags</c>: partition = source, row = item; query served: one flag. Table
/// <c>FlagQueues</c>: partition = state, row = for new ones the highest priority and newest first, otherwise newest first; query served: a page of a state.
/// A queue row may be stale for a moment: the flag decides.
/// </summary>
public sealed class FlagStore(ITables tables)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IEntityTable _flags = tables.Open("Flags");
    private readonly IEntityTable _queues = tables.Open("FlagQueues");

    public async Task<Flag?> GetAsync(ItemKey item, CancellationToken cancellationToken) =>
        await _flags.GetAsync(item.Row, columns: null, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>
    /// Saves a flag that is new or was read before: queue row, flag, then the queue row that is no longer true goes. A crash in between leaves a
    /// stale queue row, which <see cref="ListAsync"/> passes over.
    /// </summary>
    /// <param name="before">The flag as it was read; null if there was none.</param>
    public async Task<SaveResult> SaveAsync(Flag flag, Flag? before, CancellationToken cancellationToken)
    {
        await QueueAsync(flag, cancellationToken);
        var row = Write(flag with { ETag = before?.ETag });
        var saved = before is not null
            ? await _flags.ReplaceAsync(row, cancellationToken)
            : await _flags.AddAsync(row, cancellationToken) is AddResult.Added ? SaveResult.Saved : SaveResult.ChangedMeanwhile;
        var (stale, stored) = saved is SaveResult.Saved ? (before, flag) : (flag, await GetAsync(flag.Item, cancellationToken));
        if (stale is not null && (stored is null || stale.State != stored.State || QueueRow(stale) != QueueRow(stored)))
        {
            await _queues.DeleteAsync(new EntityKey(Queue(stale.State), QueueRow(stale)), etag: null, cancellationToken);
        }

        return saved;
    }

    /// <summary>Notes what became of a flag's story. A lost race is tried again on what won.</summary>
    public async Task TellStoryAsync(ItemKey item, FlagStory story, CancellationToken cancellationToken)
    {
        while (await GetAsync(item, cancellationToken) is { } flag && flag.Story != story)
        {
            if (await _flags.MergeAsync(new Entity(item.Row) { ETag = flag.ETag }.Set("StoryId", story.Id).Set("StorySources", story.Independent), cancellationToken) is SaveResult.Saved)
            {
                return;
            }
        }
    }

    /// <summary>Flags of a state, from after <paramref name="after"/> (a key of an earlier page, or null).</summary>
    /// <returns>The flags, and the key to continue after; null at the end.</returns>
    public async Task<(IReadOnlyList<Flag> Flags, string? Next)> ListAsync(FlagState state, string? after, int take, CancellationToken cancellationToken)
    {
        var flags = new List<Flag>();
        var last = (string?)null;
        await foreach (var row in _queues.QueryAsync(new RangeQuery(Queue(state)) { From = after is null ? null : after + "-", Columns = [] }, cancellationToken))
        {
            if (flags.Count == take)
            {
                return (flags, last);
            }

            last = row.Key.Row;
            if (ItemKey.Parse(last[(last.IndexOf('.', StringComparison.Ordinal) + 1)..]) is { } key
                && await GetAsync(key, cancellationToken) is { } flag && flag.State == state && QueueRow(flag) == last)
            {
                flags.Add(flag);
            }
        }

        return (flags, null);
    }

    /// <summary>The flags of a source's items from one item to another, both included.</summary>
    public async IAsyncEnumerable<Flag> ListOfSourceAsync(ItemKey first, ItemKey last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _flags.QueryAsync(new RangeQuery(first.SourceId) { From = first.ItemId, Before = last.ItemId + "-" }, cancellationToken))
        {
            yield return Read(row);
        }
    }

    /// <summary>
    /// Removes flags of one source that were read before, each unless it changed since: queue rows, then flags. A crash in between leaves flags that
    /// no queue shows; removing them again or <see cref="QueueAsync"/> mends that.
    /// </summary>
    /// <returns>For each flag whether it is gone.</returns>
    public async Task<IReadOnlyList<bool>> RemoveAsync(IReadOnlyList<Flag> flags, CancellationToken cancellationToken)
    {
        foreach (var ofState in flags.GroupBy(flag => flag.State))
        {
            await _queues.ApplyEachAsync(ofState.Select(flag => TableOperation.Delete(new EntityKey(Queue(flag.State), QueueRow(flag)))), cancellationToken);
        }

        return await _flags.ApplyEachAsync(flags.Select(flag => TableOperation.Delete(flag.Item.Row, flag.ETag)), cancellationToken);
    }

    /// <summary>Puts a flag in the queue of its state, where it may stand already.</summary>
    public Task QueueAsync(Flag flag, CancellationToken cancellationToken) => _queues.PutAsync(new Entity(Queue(flag.State), QueueRow(flag)), cancellationToken);

    /// <summary>How many wait, counted up to <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(FlagState state, int most, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in _queues.QueryAsync(new RangeQuery(Queue(state)) { Take = most, Columns = [] }, cancellationToken))
        {
            count++;
        }

        return count;
    }

    private static string Queue(FlagState state) => state.ToString().ToLowerInvariant();

    private static string QueueRow(Flag flag)
    {
        var order = flag switch
        {
            { State: not FlagState.New } => Keys.NewestFirst(flag.DecidedAt ?? flag.At),
            { Priority.Count: 0 } => string.Create(CultureInfo.InvariantCulture, $"{Severity.Critical - flag.Severity}{Keys.NewestFirst(flag.At)}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"p{PriorityPart.Highest - PriorityPart.Sum(flag.Priority):D3}{Keys.NewestFirst(flag.At)}"),
        };
        return $"{order}.{flag.Item}";
    }

    private static Entity Write(Flag flag) => new Entity(flag.Item.Row)
    {
        ETag = flag.ETag,
    }
        .Set("State", flag.State.ToString())
        .Set("Severity", flag.Severity.ToString())
        .Set("Subjects", JsonSerializer.Serialize(flag.Subjects, Readable))
        .Set("Title", flag.Title)
        .Set("Outlet", flag.Outlet)
        .Set("Sources", flag.Sources)
        .Set("StoryId", flag.Story?.Id)
        .Set("StorySources", flag.Story?.Independent)
        .Set("Country", flag.Country)
        .Set("Language", flag.Language)
        .Set("Link", flag.Link?.AbsoluteUri)
        .Set("Published", flag.Published)
        .Set("At", flag.At)
        .Set("Passage", JsonSerializer.Serialize(flag.Passage, Readable))
        .Set("Reasons", JsonSerializer.Serialize(flag.Reasons, Readable))
        .Set("Priority", JsonSerializer.Serialize(flag.Priority, Readable))
        .Set("UnderstoodBy", flag.UnderstoodBy)
        .Set("DecidedBy", flag.DecidedBy)
        .Set("DecidedAt", flag.DecidedAt)
        .Set("Note", flag.Note);

    private static Flag Read(Entity row) => new()
    {
        Item = new ItemKey(row.Key.Partition, row.Key.Row),
        State = Enum.Parse<FlagState>(row.NeedText("State")),
        Severity = Enum.Parse<Severity>(row.NeedText("Severity")),
        Subjects = Parse<IReadOnlyList<FlagSubject>>(row, "Subjects"),
        Title = row.NeedText("Title"),
        Outlet = row.GetText("Outlet"),
        Sources = (int)(row.GetNumber("Sources") ?? 1),
        Story = row.GetText("StoryId") is { } story ? new FlagStory(story, (int)(row.GetNumber("StorySources") ?? 1)) : null,
        Country = row.GetText("Country"),
        Language = row.GetText("Language"),
        Link = row.GetText("Link") is { } link ? new Uri(link) : null,
        Published = row.GetTime("Published"),
        At = row.NeedTime("At"),
        Passage = Parse<MarkedText>(row, "Passage"),
        Reasons = Parse<IReadOnlyList<Reason>>(row, "Reasons"),
        Priority = row.GetText("Priority") is null ? [] : Parse<IReadOnlyList<PriorityPart>>(row, "Priority"),
        UnderstoodBy = row.NeedText("UnderstoodBy"),
        DecidedBy = row.GetText("DecidedBy"),
        DecidedAt = row.GetTime("DecidedAt"),
        Note = row.GetText("Note"),
        ETag = row.ETag,
    };

    private static T Parse<T>(Entity row, string column) =>
        JsonSerializer.Deserialize<T>(row.NeedText(column), Readable) ?? throw new StoredRowException(row.Key, column);
}
