using System.Globalization;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Scenarios;

/// <summary>
/// Nothing is lost and nothing told under two ids, wherever the process dies: the main job is run once undisturbed, and then once for every write it
/// makes, dying before that write and started again. Every run must end in the same state, with the same mails.
/// </summary>
public sealed class CrashTests
{
    /// <summary>Longer than any lease or claim of a dead process.</summary>
    private static readonly TimeSpan UntilLeasesEnd = TimeSpan.FromMinutes(16);

    [Fact]
    public async Task A_crash_before_any_write_changes_neither_the_final_state_nor_the_mails()
    {
        var (undisturbed, writes) = await RunAsync(dieBefore: null);
        Assert.Contains("mails=3 sent=3 files=3", undisturbed, StringComparison.Ordinal);
        Assert.Contains("left: pending=0 mails=0 queue=0 poison=0", undisturbed, StringComparison.Ordinal);
        Assert.InRange(writes, 100, 1000);

        await Parallel.ForEachAsync(Enumerable.Range(1, writes), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (write, _) =>
        {
            var (disturbed, _) = await RunAsync(write);
            Assert.True(undisturbed == disturbed, string.Create(CultureInfo.InvariantCulture, $"After a crash before write {write} of {writes}:\n{disturbed}\nUndisturbed:\n{undisturbed}"));
        });
    }

    private static async Task<(string State, int Writes)> RunAsync(int? dieBefore)
    {
        using var folder = new TempFolder();
        await using var web = await LoopbackWeb.StartAsync();
        await using var proxy = new CensoringProxy([new("127.0.0.1", Censorship.BlockPage)], new Uri("http://127.0.0.1/"), TimeSpan.Zero, TimeProvider.System);
        var clock = new TestClock();
        var faults = new FaultInjection(dieBefore);
        var publish = new Press(web);
        await using (var first = TestStation.Open(folder, clock))
        {
            await first.ImportAsync(folder, List(web, proxy));
        }

        var station = TestStation.Open(folder, clock, faults.AddTo);
        try
        {
            for (var step = 0; step < 8; step++)
            {
                publish.Set(step, clock.GetUtcNow());
                if (!await TryCycleAsync(station))
                {
                    // Dead. The next process finds what this one left, when its leases have run out.
                    await station.DisposeAsync();
                    clock.Advance(UntilLeasesEnd);
                    station = TestStation.Open(folder, clock);
                    await station.CycleAsync();
                }

                clock.Advance(UntilLeasesEnd);
            }

            // What a process that died at the very end left is finished by the next ones.
            var writes = faults.Writes;
            await station.DisposeAsync();
            station = TestStation.Open(folder, clock);
            for (var settle = 0; settle < 3; settle++)
            {
                await station.CycleAsync();

                // A second message for one source waits for the first, and then finds nothing due.
                clock.Advance(TimeSpan.FromSeconds(10));
            }

            return (await DumpAsync(station), writes);
        }
        finally
        {
            await station.DisposeAsync();
        }
    }

    private static async Task<bool> TryCycleAsync(Station station)
    {
        try
        {
            await station.CycleAsync();
            return true;
        }
        catch (SimulatedCrashException)
        {
            return false;
        }
    }

    private static string List(LoopbackWeb web, CensoringProxy proxy) => $"""
        version: 1
        country: KZ
        persons:
          - {"{"} id: person-1, name: Мирас Кыранбеков {"}"}
        topics:
          - {"{"} id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] {"}"}
        feeds:
          - {"{"} id: feed-1, name: feed, url: "{web.Url("/feed")}" {"}"}
        sites:
          - {"{"} id: site-1, name: site, url: "{web.Url("/")}", every: "00:10:00" {"}"}
        vantages:
          - {"{"} id: vantage-direct, name: direct, via: direct {"}"}
          - {"{"} id: vantage-proxy, name: proxy, via: proxy, proxy: "{proxy.Address}" {"}"}
        recipients:
          - {"{"} id: recipient-1, name: Reader, address: reader@example.org, language: ru, timeZone: Asia/Almaty, digest: "09:00", atOnce: high {"}"}
        """;

    /// <summary>What must be the same: everything that was found, decided and told, but not when.</summary>
    private static async Task<string> DumpAsync(Station station)
    {
        var tables = station.Get<ITables>();
        var lines = new List<string>();
        async Task AddAsync(string table, Func<Entity, string> line)
        {
            await foreach (var row in tables.Open(table).EnumerateAllAsync(CancellationToken.None))
            {
                lines.Add($"{table} {line(row)}");
            }
        }

        await AddAsync("Items", row => $"{row.Key} {row.GetText("Title")} {row.GetText("UnderstoodBy")}");
        await AddAsync("ItemTexts", row => $"{row.Key} {row.GetText("Text0")}");
        await AddAsync("Mentions", row => $"{row.Key} {row.GetText("Surface")}");
        await AddAsync("Flags", row => $"{row.Key} {row.GetText("State")} {row.GetText("Severity")} {row.GetText("Subjects")}");
        await AddAsync("Mails", row => $"{row.Key.Partition} {row.GetText("Kind")} {row.GetText("Tells")!.Split('.')[0]} {row.GetText("State")}");
        await AddAsync("Episodes", row => $"{row.Key.Partition} {row.GetText("VantageId")} {row.GetText("Class")} closed={row.GetTime("Closed") is not null}");
        await AddAsync("EpisodesOpen", row => row.Key.Row.Split('.')[0]);
        lines.Sort(StringComparer.Ordinal);

        var mails = (await station.Get<Outbox>().ListAsync(after: null, take: 100, CancellationToken.None)).Mails;
        var files = Directory.GetFiles(Path.Combine(station.Data.Path, "mail"), "*.eml").Length;
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"mails={mails.Count} sent={mails.Count(mail => mail.State is MailState.Sent)} files={files}"));
        var (pending, unsent) = (await CountAsync(tables, "Pending"), await CountAsync(tables, "MailsPending"));
        var queued = (await station.Get<IWorkQueue>().GetStateAsync(CancellationToken.None)).Sum(state => state.Length);
        var poison = await station.Get<IWorkQueue>().ListPoisonAsync(CancellationToken.None).CountAsync();
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"left: pending={pending} mails={unsent} queue={queued} poison={poison}"));
        return string.Join('\n', lines);
    }

    private static ValueTask<int> CountAsync(ITables tables, string table) => tables.Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();

    /// <summary>What the feed says at each step: one old item, then an arrest.</summary>
    private sealed class Press(LoopbackWeb web)
    {
        private string? _arrest;

        public void Set(int step, DateTimeOffset now)
        {
            web.On("/", $"<html><head><title>Новости города</title></head><body>{new string('x', 2000)}</body></html>", 200, "Content-Type: text/html");
            if (step == 1)
            {
                _arrest ??= Item("2", "Мирас Кыранбеков задержан", now);
            }

            web.On("/feed", $"<rss version=\"2.0\"><channel><title>Лента</title>{_arrest}{Item("1", "Мирас Кыранбеков дал интервью", now.AddHours(-100))}</channel></rss>");
        }

        private static string Item(string id, string title, DateTimeOffset at) =>
            $"<item><guid isPermaLink=\"false\">{id}</guid><title>{title}</title><pubDate>{at.ToString("R", CultureInfo.InvariantCulture)}</pubDate><description>Подробности позже.</description></item>";
    }
}
