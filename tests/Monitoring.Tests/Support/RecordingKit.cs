using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Availability;
using Monitoring.Availability.Reports;
using Monitoring.Availability.Telling;
using Monitoring.Availability.Vantages;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Evidence;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Support;

/// <summary>
/// One site, one proxy, one reader who is told at once, and the recording of checks on a store of its own. Checks are letters of <see cref="EpisodeWalk"/>, a minute apart.
/// </summary>
internal sealed class RecordingKit : IAsyncDisposable
{
    public static readonly Site Site = new() { Id = "site-1", Name = "Сайт & Co", Country = "KZ", Url = new Uri("https://site.kz/") };
    public static readonly Vantage Proxy = new() { Id = "vantage-1", Name = "proxy", Via = VantageKind.Proxy, Network = "AS64500" };

    private readonly SqliteEngine _engine;

    private RecordingKit()
    {
        _engine = new SqliteEngine(Clock);
        Tables = new HookedTables(_engine.Tables, call => Before(call));
        Measurements = new MeasurementStore(Tables, _engine.Blobs);
        Captures = new CaptureStore(Tables, new CaptureBodies(_engine.Blobs, Clock));
        Episodes = new EpisodeStore(Tables);
        History = new CheckHistory(Tables);
        Days = new CheckDays(Tables, History);
        States = new VantageStateStore(Tables);
        Outbox = new Outbox(Tables, _engine.Blobs, _engine.Queue);
        Incidents = new IncidentStore(Tables);
        var (options, states, unreviewed) = (new AlertsOptions(), new RecipientStates(Tables, () => "token"), new UnreviewedMails(Tables));
        var sending = new AlertSending(Outbox, new DigestQueue(Tables), states, unreviewed, new AlertMail(options), _engine.Queue, Clock);
        var router = new AlertRouter(new ToldLog(Tables), states, new MailLane(Tables), unreviewed, sending, options, Clock);
        Recording = new CheckRecording(new CheckEvidence(Measurements, Captures), History, Days, Episodes, States, new NeighbourhoodStore(Tables), new EpisodeAlerts(router, Incidents));
        Watch = new IncidentWatch(Incidents, router);
    }

    /// <summary>Runs before each call of a table.</summary>
    public Func<TableCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    public TestClock Clock { get; } = new();

    public ITables Tables { get; }

    public AvailabilityOptions Options { get; } = new();

    /// <summary>Countries with an outage.</summary>
    public HashSet<string> CutOff { get; } = [];

    public MeasurementStore Measurements { get; }

    public CaptureStore Captures { get; }

    public EpisodeStore Episodes { get; }

    public CheckHistory History { get; }

    public CheckDays Days { get; }

    public VantageStateStore States { get; }

    public Outbox Outbox { get; }

    public CheckRecording Recording { get; }

    public IncidentStore Incidents { get; }

    public IncidentWatch Watch { get; }

    public WatchlistSnapshot List { get; set; } = new("1", [Site, Proxy, People.Reader()]);

    public static RecordingKit Create() => new();

    /// <summary>Records one check for each letter, of the first site unless another is named.</summary>
    public async Task CheckAsync(string signs, Site? site = null)
    {
        site ??= Site;
        foreach (var sign in signs)
        {
            var at = Clock.GetUtcNow();
            Clock.Advance(TimeSpan.FromMinutes(1));
            var seen = Some.Measurement() with { SiteId = site.Id, Started = at };
            var check = new SiteCheck(Proxy, new Probed(seen, [Page(at)]), new CheckFacts(seen, seen), EpisodeWalk.VerdictOf(sign));
            await Recording.RecordAsync(site, check, new CheckRound(List, Options, CutOff, OoniAgrees: false), CancellationToken.None);
        }
    }

    /// <summary>The next call of this kind fails as if the process died there.</summary>
    public void DieBefore(string table, string method) => Before = call =>
    {
        if (call.Table == table && call.Method == method)
        {
            Before = _ => Task.CompletedTask;
            throw new SimulatedCrashException();
        }

        return Task.CompletedTask;
    };

    public Task<VantageState> StateAsync() => States.GetAsync(Site.Id, Proxy.Id, CancellationToken.None);

    /// <summary>Minutes of opening and closing, oldest first, e.g. <c>1-4, 8-</c>.</summary>
    public async Task<string> EpisodesAsync()
    {
        var episodes = await Episodes.ListAsync(Site.Id, after: null, take: 100, CancellationToken.None).ToListAsync();
        return string.Join(", ", episodes.AsEnumerable().Reverse().Select(episode =>
            $"{EpisodeWalk.MinuteOf(episode.Opened)}-{(episode.Closed is { } end ? EpisodeWalk.MinuteOf(end) : "")}"));
    }

    public async Task<IReadOnlyList<string>> SubjectsAsync() =>
        [.. (await Outbox.ListAsync(after: null, take: 100, CancellationToken.None)).Mails.Select(mail => mail.Subject).Reverse()];

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static HttpExchange Page(DateTimeOffset at) => new()
    {
        RequestUrl = Site.Url,
        FinalUrl = Site.Url,
        Status = 200,
        RequestHeaders = [],
        ResponseHeaders = [],
        Body = "<html>"u8.ToArray(),
        At = at,
        Duration = TimeSpan.FromSeconds(1),
    };
}
