using System.Runtime.CompilerServices;
using System.Text.Json;
using Monitoring.Blocking;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <summary>A time of trouble of one site from one vantage, from its first check to the first good one after it.</summary>
public sealed record Episode
{
    public required string SiteId { get; init; }

    public required string VantageId { get; init; }

    /// <summary>The first check of the trouble; with site and vantage the episode's identity.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>The first good check of the run that closed it; null while open.</summary>
    public DateTimeOffset? Closed { get; init; }

    /// <summary>The verdict that opened or last changed it.</summary>
    public required Verdict Verdict { get; init; }

    public required Grade Grade { get; init; }

    /// <summary>Measurements kept for it: at opening, at changes, at closing.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    public string Id => IdOf(VantageId, Opened);

    public static string IdOf(string vantageId, DateTimeOffset opened) => $"{Keys.NewestFirst(opened)}.{vantageId}";
}

/// <summary>
/// Table <c>Episodes</c>: partition = site, row = newest first and vantage; queries served: one, all of a site. Table <c>EpisodesOpen</c>: one partition,
/// row = site and episode; queries served: what is open now, and of a site. The open row is written before the episode and deleted after its end, so a row too many may
/// stand for a moment and none is missing; the episode decides.
/// </summary>
public sealed class EpisodeStore(ITables tables)
{
    private const string OpenPartition = "open";

    private readonly IEntityTable _episodes = tables.Open("Episodes");
    private readonly IEntityTable _open = tables.Open("EpisodesOpen");

    public async Task<Episode?> GetAsync(string siteId, string id, CancellationToken cancellationToken) =>
        await _episodes.GetAsync(new EntityKey(siteId, id), columns: null, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Stores an episode as it now stands. One worker at a time checks a site, so the last write is the right one.</summary>
    public async Task PutAsync(Episode episode, CancellationToken cancellationToken)
    {
        var openRow = new EntityKey(OpenPartition, $"{episode.SiteId}.{episode.Id}");
        if (episode.Closed is null)
        {
            await _open.PutAsync(new Entity(openRow), cancellationToken);
        }

        await _episodes.PutAsync(Write(episode), cancellationToken);
        if (episode.Closed is not null)
        {
            await _open.DeleteAsync(openRow, etag: null, cancellationToken);
        }
    }

    /// <summary>The episodes of a site, newest first, from after <paramref name="after"/>.</summary>
    public async IAsyncEnumerable<Episode> ListAsync(string siteId, string? after, int take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RangeQuery(siteId) { From = after is null ? null : after + "-", Take = take };
        await foreach (var row in _episodes.QueryAsync(query, cancellationToken))
        {
            yield return Read(row);
        }
    }

    public async IAsyncEnumerable<Episode> ListOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _open.QueryAsync(new RangeQuery(OpenPartition), cancellationToken))
        {
            var dot = row.Key.Row.IndexOf('.', StringComparison.Ordinal);
            if (await GetAsync(row.Key.Row[..dot], row.Key.Row[(dot + 1)..], cancellationToken) is { Closed: null } episode)
            {
                yield return episode;
            }
        }
    }

    /// <summary>The open episode of a site from one vantage, however it is known.</summary>
    public async Task<Episode?> FindOpenAsync(string siteId, string vantageId, CancellationToken cancellationToken)
    {
        await foreach (var row in _open.QueryAsync(RangeQuery.StartingWith(OpenPartition, siteId + "."), cancellationToken))
        {
            if (row.Key.Row.EndsWith("." + vantageId, StringComparison.Ordinal)
                && await GetAsync(siteId, row.Key.Row[(siteId.Length + 1)..], cancellationToken) is { Closed: null } episode)
            {
                return episode;
            }
        }

        return null;
    }

    private static Entity Write(Episode episode) => new Entity(episode.SiteId, episode.Id)
        .Set("VantageId", episode.VantageId)
        .Set("Opened", episode.Opened)
        .Set("Closed", episode.Closed)
        .Set("Class", episode.Verdict.Class)
        .Set("VerdictGrade", episode.Verdict.Grade.ToString())
        .Set("Rule", episode.Verdict.Rule)
        .Set("Reasons", JsonSerializer.Serialize(episode.Verdict.Reasons))
        .Set("Grade", episode.Grade.ToString())
        .Set("Evidence", JsonSerializer.Serialize(episode.Evidence));

    private static Episode Read(Entity row) => new()
    {
        SiteId = row.Key.Partition,
        VantageId = row.NeedText("VantageId"),
        Opened = row.NeedTime("Opened"),
        Closed = row.GetTime("Closed"),
        Verdict = new Verdict(
            row.NeedText("Class"),
            Enum.Parse<Grade>(row.NeedText("VerdictGrade")),
            row.NeedText("Rule"),
            JsonSerializer.Deserialize<IReadOnlyList<Reason>>(row.NeedText("Reasons")) ?? []),
        Grade = Enum.Parse<Grade>(row.NeedText("Grade")),
        Evidence = JsonSerializer.Deserialize<IReadOnlyList<string>>(row.NeedText("Evidence")) ?? [],
    };
}
