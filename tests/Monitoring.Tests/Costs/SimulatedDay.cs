using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Costs;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.Network;
using Monitoring.Tests.Support;
using Monitoring.Work;
using NCrontab;

namespace Monitoring.Tests.Costs;

/// <summary>
/// Twenty-four hours of the program as the Functions host runs it, in test time, on the embedded store: every knock at its times, every message two seconds
/// later; the press, the sites and the censor are scripts. What each run asks of the store is counted. The hour before, in which list and rosters are made,
/// is not counted; neither is what the host does: it receives and removes the messages. Under the host nobody takes leases.
/// </summary>
public sealed class SimulatedDay : IAsyncLifetime
{
    private const string BlockedSite = "site-4";

    private static readonly TimeSpan UntilMessagesCome = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly StorageMeter _meter = new();
    private readonly ScriptedPress _press;
    private readonly PriorityQueue<IKnock, DateTimeOffset> _timers = new();
    private readonly Dictionary<string, IReadOnlyList<Article>> _toUnderstand = [];
    private readonly Dictionary<string, (int Count, StorageUse Used)> _runs = new(StringComparer.Ordinal);
    private readonly Station _station;
    private int _chances;
    private bool _isReread;

    public SimulatedDay()
    {
        _press = new ScriptedPress(_clock);
        _station = TestStation.Open(_folder, _clock, Adjust);
    }

    /// <summary>The same day in numbers.</summary>
    internal static CostPlan Plan { get; } = new() { Feeds = 3, Sites = 4, Vantages = 3, Recipients = 2, NewItems = 8, Teasers = 4 / 24.0, Flagged = 0.5, Mails = 10, Trouble = 1 / 12.0, EveryMinutes = 15 };

    internal CostRhythms Rhythms { get; } = CostRhythms.Of(Settings.Load(file: null, []));

    /// <summary>Runs and what they used together, by the function's name and what the run had to do.</summary>
    internal IReadOnlyDictionary<string, (int Count, StorageUse Used)> Runs => _runs;

    internal const string UnderstandingOfArticle = "Understand, an article's page";

    internal static string VisitOf(int news, int teasers = 0) => Inv($"VisitSource, {news} new, {teasers} to be read");

    internal static string UnderstandingOf(int items, int flags, int mails) => Inv($"Understand, {items} new, {flags} flagged, {mails} mailed");

    internal static string CheckOf(bool isBlocked) => isBlocked ? "CheckSite, one vantage blocked" : "CheckSite";

    public async Task InitializeAsync()
    {
        foreach (var knock in _station.Services.GetServices<IKnock>())
        {
            Schedule(knock, _clock.GetUtcNow());
        }

        var begun = _clock.GetUtcNow();
        var start = begun + TimeSpan.FromHours(1);
        Publish(start);

        // One site after the other, so far apart that each check finds the canaries old. The first knock is after 20 s.
        for (var sites = 1; sites <= 4; sites++)
        {
            await _station.ImportAsync(_folder, List(sites));
            await LiveUntilAsync(begun + TimeSpan.FromSeconds(20 + 80 * sites));
        }

        await LiveUntilAsync(start);
        _runs.Clear();
        await LiveUntilAsync(start + TimeSpan.FromDays(1));
    }

    public async Task DisposeAsync()
    {
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string List(int sites) => $$"""
        version: 1
        country: KZ
        persons: [{{string.Join(", ", Article.Everybody.Select((name, number) => Inv($"{{ id: person-{number}, name: {name} }}")))}}]
        topics: [{ id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }]
        feeds: [{{Each(3, "feed", "rss", ", every: \"00:15:00\"")}}]
        sites: [{{Each(sites, "site", "")}}]
        vantages:
          - { id: direct, name: direct, via: direct }
          - { id: proxy-1, name: first, via: proxy, proxy: "http://198.51.100.1:3128", canary: "http://canary.example/" }
          - { id: proxy-2, name: second, via: proxy, proxy: "http://198.51.100.2:3128", canary: "http://canary.example/" }
        recipients:
          - { id: reader-1, name: First, address: first@example.org, language: ru, timeZone: Asia/Almaty, digest: "08:00", atOnce: high }
          - { id: reader-2, name: Second, address: second@example.org, language: ru, timeZone: Asia/Almaty, digest: "08:00" }
        """;

    private static string Each(int count, string kind, string path, string more = "") =>
        string.Join(", ", Enumerable.Range(1, count).Select(number => Inv($"{{ id: {kind}-{number}, name: {kind} {number}, url: \"http://{kind}-{number}.example/{path}\"{more} }}")));

    /// <summary>Each feed brings eight articles one by one, but the third its first two together; every second is an arrest, and every second of those dated. The others of the second feed are
    /// teasers.</summary>
    private void Publish(DateTimeOffset start)
    {
        var old = new Article("old", start.AddHours(-2), IsArrest: false, IsDated: true);
        for (var feed = 1; feed <= 3; feed++)
        {
            _press.Publishes($"feed-{feed}", [old, .. Enumerable.Range(0, 8).Select(number => new Article(
                Inv($"{feed}-{number}"), start.AddHours(1 + feed / 4.0 + ((feed, number) is (3, 1) ? 0 : number * 2.5)), number % 2 == 1, number % 4 == 1, IsTeaser: feed == 2 && number % 2 == 0))]);
        }
    }

    private void Adjust(IServiceCollection services)
    {
        _meter.AddTo(services);
        services.AddFunctions();
        var resolver = new FakeResolver();
        foreach (var host in Enumerable.Range(1, 4).Select(number => Inv($"site-{number}.example")).Append("canary.example"))
        {
            resolver.Knows(host, Some.Address);
        }

        services.AddSingleton<IResolver>(resolver);
        services.AddSingleton<IDialer>(new ScriptedSites(IPAddress.Parse("198.51.100.2"), $"{BlockedSite}.example"));
        services.AddSingleton(_press.Transport);

        // All of chance in turn.
        services.AddSingleton<Func<double>>(() => _chances++ % 10 / 10.0 + 0.05);
    }

    private async Task LiveUntilAsync(DateTimeOffset end)
    {
        while (_timers.TryPeek(out var knock, out var at) && at < end)
        {
            _clock.Advance(at - _clock.GetUtcNow());
            _timers.Dequeue();
            Schedule(knock, at);
            Assert.True(await _station.Get<JobRunner>().RunAsync(knock, CancellationToken.None), knock.Name);
            Note(knock.Name);
            if (!_timers.TryPeek(out _, out var next) || next > at)
            {
                _clock.Advance(UntilMessagesCome);
                await WorkAsync();
            }
        }
    }

    private void Schedule(IKnock knock, DateTimeOffset after) =>
        _timers.Enqueue(knock, new DateTimeOffset(Cron(knock.Name).GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero));

    private CrontabSchedule Cron(string job) => _station.Get<KnockOptions>().Of(job);

    private async Task WorkAsync()
    {
        var queue = _station.Data.Queue;
        while ((await queue.GetStateAsync(CancellationToken.None)).Any(state => state.OldestSince is not null))
        {
            foreach (var kind in _station.Get<JobRunner>().Kinds)
            {
                foreach (var work in await queue.ReceiveAsync(kind, 32, Lease, CancellationToken.None))
                {
                    var answer = await _station.Get<QueueRun>().RunAsync(work, CancellationToken.None);
                    Assert.Equal((kind, 200), (kind, answer.Status));
                    Note(LabelOf(kind, ((WorkItemReading.Read)WorkItem.Read(work.Body)).Item.Subject));
                    await queue.CompleteAsync(work, CancellationToken.None);
                }
            }
        }
    }

    private string LabelOf(string kind, string subject)
    {
        switch (kind)
        {
            case "visit-source":
                _toUnderstand[subject] = _press.TakeFresh(subject);
                return VisitOf(_toUnderstand[subject].Count, _toUnderstand[subject].Count(article => article.IsTeaser));
            case "read-article":
                _isReread = true;
                return FunctionRuns.NameOf(kind);
            case "understand" when _isReread:
                _isReread = false;
                return UnderstandingOfArticle;
            case "understand":
                var news = _toUnderstand[subject];
                return UnderstandingOf(news.Count, news.Count(article => article.IsArrest), news.Count(article => article is { IsArrest: true, IsDated: true }));
            case "check-site":
                return CheckOf(subject == BlockedSite);
            default:
                return FunctionRuns.NameOf(kind);
        }
    }

    private void Note(string label)
    {
        var (count, used) = _runs.GetValueOrDefault(label);
        _runs[label] = (count + 1, used + _meter.Take());
    }
}
