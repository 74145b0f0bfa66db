using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Availability;
using Monitoring.Availability.Reports;
using Monitoring.Blocking;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Benchmarks.Availability;

/// <summary>
/// Fills a store with sites that were checked every five minutes for a year from four vantages, straight into the tables: sums of days, the facts of the last
/// week, states, and episodes with measurements. Every fifth site is blocked behind one of the vantages.
/// </summary>
internal static class SeededSites
{
    public const int Sites = 1_000;
    public const int EpisodesOfSite = 4;
    private const int Days = 365;
    private const int HourDays = 7;
    private const int Variants = 16;
    private const int AtOnce = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private static readonly IReadOnlyList<Vantage> Vantages =
    [
        new Vantage { Id = "vantage-0", Name = "direct", Via = VantageKind.Direct },
        .. Enumerable.Range(1, 3).Select(i => new Vantage
        {
            Id = Inv($"vantage-{i}"), Name = Inv($"proxy {i}"), Via = VantageKind.Proxy, Country = "KZ", Network = Inv($"AS{9000 + i} Network {i}"), Proxy = new Uri("http://192.0.2.1:3128"),
        }),
    ];

    public static string IdOf(int site) => Inv($"site-{site:0000}");

    public static async Task FillAsync(Station station, DateTimeOffset now)
    {
        var sites = Enumerable.Range(0, Sites).Select(site => new Site { Id = IdOf(site), Name = Inv($"Газета {site:0000}"), Country = "KZ", Url = new Uri(Inv($"https://site-{site}.example/")) });
        var entries = Vantages.Concat<Entry>(sites).Select(entry => new FileEntry(entry, Line: 0, Path: ""));
        await station.Get<WatchlistImport>().RunAsync(entries, dryRun: false, overwrite: false, onlyAdd: true, CancellationToken.None);

        var templates = Enumerable.Range(0, Variants).Select(variant => Template(new Random(variant), now)).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, Sites), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (site, token) =>
        {
            foreach (var (i, vantage) in Vantages.Index())
            {
                await FillAsync(station.Data.Tables, IdOf(site), vantage.Id, templates, new Random(site * 4 + i), now, token);
                await station.Get<VantageStateStore>().SaveAsync(StateOf(site, i, now), token);
            }

            await FillEpisodesAsync(station, site, now, token);
        });
    }

    private static async Task FillAsync(ITables tables, string siteId, string vantageId, IReadOnlyList<Entity> templates, Random random, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (partition, today) = ($"{siteId}.{vantageId}", CheckDay.Of(now));
        var rows = Enumerable.Range(0, Days).Select(back => today.AddDays(-back)).Select(day => new Entity(partition, day.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            .Overlay(templates[random.Next(Variants)])
            .Set("CountedUntil", day == today ? Hour(now) : CheckDay.Start(day.AddDays(1))));
        await tables.Open("CheckDays").AddMissingAsync([.. rows], cancellationToken);

        var facts = Facts(random, Hour(now).AddDays(-HourDays), now);
        var hours = facts.GroupBy(fact => Keys.Hour(fact.At)).Select(hour => new Entity(partition, hour.Key).Set("Facts0", string.Concat(hour.Select(fact => fact.Pack()))));
        await tables.Open("CheckHours").AddMissingAsync([.. hours], cancellationToken);
    }

    /// <summary>A day's row, as it is stored, without its key.</summary>
    private static Entity Template(Random random, DateTimeOffset now)
    {
        var totals = new CheckTotals();
        Facts(random, now.AddDays(-1), now).ForEach(fact => totals.Add(fact, fact.At + Interval, Interval));
        return CheckDays.Write("site", "vantage", new CheckDay(CheckDay.Of(now), totals, now));
    }

    private static List<CheckFact> Facts(Random random, DateTimeOffset from, DateTimeOffset to) =>
        [.. Enumerable.Range(0, (int)((to - from) / Interval)).Select(i => new CheckFact(from + i * Interval, random.Next(50) == 0 ? "blocked.tls_timeout" : Verdict.Reachable, Around(random, 700))
        {
            Phases = new PhaseTimes(Around(random, 20), Around(random, 60), Around(random, 120), Around(random, 300)),
        })];

    /// <summary>Times spread as those of networks are: half within a third of the usual one, some many times as long.</summary>
    private static int Around(Random random, double usual) =>
        (int)(usual * Math.Exp(0.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));

    private static VantageState StateOf(int site, int vantage, DateTimeOffset now)
    {
        var isBlocked = IsBlocked(site, vantage);
        return new VantageState
        {
            SiteId = IdOf(site),
            VantageId = Vantages[vantage].Id,
            Verdict = isBlocked ? Blocked : new Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", []),
            LastCheck = now.AddMinutes(-2),
            Milliseconds = 700,
            EpisodeId = isBlocked ? Episode.IdOf(Vantages[vantage].Id, OpenedOf(site, EpisodesOfSite - 1, now)) : null,
            SiteHandshakes = [120, 130, 110, 140, 125],
        };
    }

    private static async Task FillEpisodesAsync(Station station, int site, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var blocked = site % (Vantages.Count - 1) + 1;
        for (var number = 0; number < EpisodesOfSite; number++)
        {
            var opened = OpenedOf(site, number, now);
            var isOpen = number == EpisodesOfSite - 1 && IsBlocked(site, blocked);
            var seen = new Measurement { SiteId = IdOf(site), VantageId = Vantages[blocked].Id, Started = opened, Milliseconds = 10_000, Hops = [] };
            await station.Get<EpisodeStore>().PutAsync(
                new Episode
                {
                    SiteId = IdOf(site),
                    VantageId = Vantages[blocked].Id,
                    Opened = opened,
                    Closed = isOpen ? null : opened.AddHours(6),
                    Verdict = Blocked,
                    Grade = Grade.Confirmed,
                    Evidence = [await station.Get<MeasurementStore>().AddAsync(seen, cancellationToken)],
                },
                cancellationToken);
        }
    }

    private static Verdict Blocked => new("blocked.tls_timeout", Grade.Confirmed, "bd-25", []);

    private static bool IsBlocked(int site, int vantage) => site % 5 == 0 && vantage == site % (Vantages.Count - 1) + 1;

    /// <summary>The last of them some days ago, those before it a season each.</summary>
    private static DateTimeOffset OpenedOf(int site, int number, DateTimeOffset now) => Hour(now).AddDays(-(90 * (EpisodesOfSite - 1 - number)) - 2 - site % 20);

    private static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
