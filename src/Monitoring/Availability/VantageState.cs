using System.Globalization;
using System.Text.Json;
using Monitoring.Availability.Telling;
using Monitoring.Blocking;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <param name="Family">The family of the trouble; null for a good check.</param>
public sealed record Outcome(DateTimeOffset At, string? Family, Grade Grade);

/// <summary>What is known of one site from one vantage: the last verdict, the last decisive outcomes, the open episode.</summary>
public sealed record VantageState
{
    public required string SiteId { get; init; }

    public required string VantageId { get; init; }

    public Verdict? Verdict { get; init; }

    public DateTimeOffset? LastCheck { get; init; }

    public double Milliseconds { get; init; }

    /// <summary>The last outcomes that count for episodes, oldest first; at most six.</summary>
    public IReadOnlyList<Outcome> Window { get; init; } = [];

    public string? EpisodeId { get; init; }

    /// <summary>The open episode's family when this was saved: a change after that was not told for certain.</summary>
    public string? EpisodeFamily { get; init; }

    /// <summary>How the open episode was told.</summary>
    public Told Told { get; init; }

    /// <summary>How many reminders of it were due when one was told last.</summary>
    public int Reminders { get; init; }

    public Flapping Flapping { get; init; } = Flapping.None;

    /// <summary>The measurement kept last, and the day of the last good one.</summary>
    public string? Evidence { get; init; }

    public string? GoodKeptOn { get; init; }

    /// <summary>Milliseconds of the last handshakes with the site, oldest first.</summary>
    public IReadOnlyList<double> SiteHandshakes { get; init; } = [];

    /// <summary>Milliseconds of the last handshakes with the vantage's canary, oldest first.</summary>
    public IReadOnlyList<double> CanaryHandshakes { get; init; } = [];

    /// <summary>On the control's state: what the site's page usually is.</summary>
    public PageProfile? Profile { get; init; }

    public string? ETag { get; init; }
}

/// <summary>Table <c>SiteStates</c>: partition = site, row = vantage; query served: all vantages of a site.</summary>
public sealed class VantageStateStore(ITables tables)
{
    private readonly IEntityTable _states = tables.Open("SiteStates");

    public async Task<VantageState> GetAsync(string siteId, string vantageId, CancellationToken cancellationToken) =>
        await _states.GetAsync(new EntityKey(siteId, vantageId), columns: null, cancellationToken) is { } row
            ? Read(row)
            : new VantageState { SiteId = siteId, VantageId = vantageId };

    public async Task<IReadOnlyList<VantageState>> ListAsync(string siteId, CancellationToken cancellationToken)
    {
        var states = new List<VantageState>();
        await foreach (var row in _states.QueryAsync(new RangeQuery(siteId), cancellationToken))
        {
            states.Add(Read(row));
        }

        return states;
    }

    /// <summary>Saves if nobody else did since the state was read.</summary>
    public async Task<SaveResult> SaveAsync(VantageState state, CancellationToken cancellationToken)
    {
        var row = Write(state);
        return state.ETag is not null
            ? await _states.ReplaceAsync(row, cancellationToken)
            : await _states.AddAsync(row, cancellationToken) is AddResult.Added ? SaveResult.Saved : SaveResult.ChangedMeanwhile;
    }

    private static Entity Write(VantageState state) => new Entity(state.SiteId, state.VantageId)
    {
        ETag = state.ETag,
    }
        .Set("Class", state.Verdict?.Class)
        .Set("Grade", state.Verdict?.Grade.ToString())
        .Set("Rule", state.Verdict?.Rule)
        .Set("Reasons", state.Verdict is null ? null : JsonSerializer.Serialize(state.Verdict.Reasons))
        .Set("LastCheck", state.LastCheck)
        .Set("Milliseconds", state.Milliseconds)
        .Set("Window", JsonSerializer.Serialize(state.Window))
        .Set("EpisodeId", state.EpisodeId)
        .Set("EpisodeFamily", state.EpisodeFamily)
        .Set("Told", state.EpisodeId is null ? null : state.Told.ToString())
        .Set("Reminders", state.EpisodeId is null ? null : (long?)state.Reminders)
        .Set("Flapping", state.Flapping == Flapping.None ? null : JsonSerializer.Serialize(state.Flapping))
        .Set("Evidence", state.Evidence)
        .Set("GoodKeptOn", state.GoodKeptOn)
        .Set("Notes", state.Verdict is { Notes.Count: > 0 } noted ? string.Join(' ', noted.Notes) : null)
        .Set("SiteHandshakes", Times(state.SiteHandshakes))
        .Set("CanaryHandshakes", Times(state.CanaryHandshakes))
        .Set("Profile", state.Profile is null ? null : JsonSerializer.Serialize(state.Profile));

    private static VantageState Read(Entity row) => new()
    {
        SiteId = row.Key.Partition,
        VantageId = row.Key.Row,
        Verdict = row.GetText("Class") is { } verdict
            ? new Verdict(verdict, Enum.Parse<Grade>(row.NeedText("Grade")), row.NeedText("Rule"), JsonSerializer.Deserialize<IReadOnlyList<Reason>>(row.NeedText("Reasons")) ?? [], row.GetText("Notes")?.Split(' ') ?? [])
            : null,
        LastCheck = row.GetTime("LastCheck"),
        Milliseconds = row.GetReal("Milliseconds") ?? 0,
        Window = JsonSerializer.Deserialize<IReadOnlyList<Outcome>>(row.NeedText("Window")) ?? [],
        EpisodeId = row.GetText("EpisodeId"),
        EpisodeFamily = row.GetText("EpisodeFamily"),
        Told = row.GetText("Told") is { } told ? Enum.Parse<Told>(told) : Told.NotYet,
        Reminders = (int)(row.GetNumber("Reminders") ?? 0),
        Flapping = row.GetText("Flapping") is { } flapping ? JsonSerializer.Deserialize<Flapping>(flapping)! : Flapping.None,
        Evidence = row.GetText("Evidence"),
        GoodKeptOn = row.GetText("GoodKeptOn"),
        SiteHandshakes = Times(row.GetText("SiteHandshakes")),
        CanaryHandshakes = Times(row.GetText("CanaryHandshakes")),
        Profile = row.GetText("Profile") is { } profile ? JsonSerializer.Deserialize<PageProfile>(profile) : null,
        ETag = row.ETag,
    };

    private static string? Times(IReadOnlyList<double> times) => times.Count == 0 ? null : string.Join(' ', times.Select(time => time.ToString("0", CultureInfo.InvariantCulture)));

    private static IReadOnlyList<double> Times(string? text) => text is null ? [] : [.. text.Split(' ').Select(time => double.Parse(time, CultureInfo.InvariantCulture))];
}
