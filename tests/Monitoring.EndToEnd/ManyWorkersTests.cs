using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.EndToEnd.Support;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Network;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;
using Xunit.Abstractions;

namespace Monitoring.EndToEnd;

/// <summary>
/// Three workers of one storage account, of whom one is killed with SIGKILL every few seconds and started again, do all visits that are due: every item is
/// stored once, every alert is told once, no message is lost and none is given up. The full size is 2,000 visits:
/// <c>MONITORING_VISITS=2000 dotnet test tests/Monitoring.EndToEnd --filter ManyWorkers --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed partial class ManyWorkersTests(ITestOutputHelper output)
{
    private const int Workers = 3;

    private static readonly int Feeds = int.Parse(Environment.GetEnvironmentVariable("MONITORING_VISITS") ?? "300", CultureInfo.InvariantCulture);

    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Three_workers_of_whom_one_is_killed_again_and_again_lose_nothing_and_double_nothing()
    {
        using var folder = new TempFolder();
        using var authority = new DemoAuthority(DateTimeOffset.UtcNow);
        await using var press = await BusyPress.StartAsync();
        var settings = folder.Write("settings.json", JsonSerializer.Serialize(new { Values = Values(folder, press, (await AzuriteProcess.TakeAsync()).ConnectionString) }));
        ProgramProcess Start(params string[] args) => ProgramProcess.StartInWorld(folder.Path, authority.Root.ExportCertificatePem(), [.. args, "--settings", settings]);
        using (var import = Start("watchlist", "import", folder.Write("list.yaml", press.WriteList(Feeds))))
        {
            var imported = await import.FinishAsync();
            Assert.True(imported.ExitCode == 0, imported.Errors);
        }

        await using var station = Station.Open(Settings.Load(settings, []), new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, TimeProvider.System));
        var workers = Enumerable.Range(0, Workers).Select(_ => Start("run")).ToArray();
        var (started, killed, kills) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, 0);
        var tally = await TallyAsync(station);
        try
        {
            await Eventually.Async(
                async () =>
                {
                    // A worker that is not yet at work is left to come so far: on a busy machine nothing would be done otherwise.
                    if (DateTimeOffset.UtcNow - killed > BetweenKills && workers[kills % Workers].Output.Contains("Stop with", StringComparison.Ordinal))
                    {
                        (workers[kills % Workers], killed) = (await ReplaceAsync(workers[kills % Workers], () => Start("run")), DateTimeOffset.UtcNow);
                        kills++;
                        tally = await TallyAsync(station);
                    }

                    return tally.IsDone;
                },
                TimeSpan.FromSeconds(180 + Feeds),
                () => $"all visits after {kills} kills: {tally}\n{string.Join('\n', workers.Select(worker => worker.Errors))}");
        }
        finally
        {
            Array.ForEach(workers, worker => worker.Dispose());
        }

        output.WriteLine($"{Feeds} visits due, {press.Visits.Values.Sum()} made by {Workers} workers in {(DateTimeOffset.UtcNow - started).TotalSeconds:F0} s, {kills} kills: {tally}");
        await AssertOnceAsync(station, folder);
    }

    private static async Task<ProgramProcess> ReplaceAsync(ProgramProcess worker, Func<ProgramProcess> start)
    {
        Assert.False(worker.HasExited, worker.Output + worker.Errors);
        worker.Signal("KILL");
        await worker.FinishAsync();
        worker.Dispose();
        return start();
    }

    private static async Task AssertOnceAsync(Station station, TempFolder folder)
    {
        var items = await RowsAsync(station, "Items");
        Assert.Equal(Feeds * BusyPress.ItemsOfEach, items.Count);
        Assert.Equal(items.Count, items.Select(item => item.GetText("Link")).Distinct().Count());
        Assert.DoesNotContain(null, items.Select(item => item.GetText("UnderstoodBy")));

        var outbox = station.Get<Outbox>();
        var mails = new List<Mail>();
        string? after = null;
        do
        {
            (var page, after) = await outbox.ListAsync(after, take: 500, CancellationToken.None);
            mails.AddRange(page);
        }
        while (after is not null);
        Assert.Equal(Feeds, mails.Count);
        Assert.Equal(Feeds, (await FeedsOfAsync(outbox, mails)).Distinct().Count());
        Assert.All(mails, mail => Assert.Equal(MailState.Sent, mail.State));

        // A mail that was cut off while it was sent may be sent again, under the same id.
        Assert.Equal(Feeds, Directory.GetFiles(folder.File("data/mail"), "*.eml").Length);
        Assert.Empty(await station.Get<IWorkQueue>().ListPoisonAsync(CancellationToken.None).ToListAsync());
    }

    /// <summary>Which feed each mail tells of.</summary>
    private static async Task<IReadOnlyList<string>> FeedsOfAsync(Outbox outbox, IEnumerable<Mail> mails)
    {
        var feeds = new List<string>();
        foreach (var mail in mails)
        {
            feeds.Add(FeedHost().Match((await outbox.GetContentAsync(mail, CancellationToken.None))!.Text).Value);
        }

        return feeds;
    }

    private static async Task<Tally> TallyAsync(Station station)
    {
        var visited = await station.Get<SourceStateStore>().ListAsync(EntryKind.Feed, CancellationToken.None).CountAsync(source => source.LastSuccess is not null);
        if (visited < Feeds)
        {
            return new Tally(visited, 0, 0, 0, -1);
        }

        var waiting = (await station.Get<IWorkQueue>().GetStateAsync(CancellationToken.None)).Sum(state => state.Length);
        var pending = await station.Get<ItemStore>().ListPendingAsync(sourceId: null, CancellationToken.None).CountAsync();
        var unsent = await station.Get<Outbox>().ListPendingAsync(CancellationToken.None).CountAsync();
        return new Tally(visited, (await RowsAsync(station, "Items")).Count, pending, unsent, waiting);
    }

    private static async Task<List<Entity>> RowsAsync(Station station, string table) =>
        await station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).ToListAsync();

    private static Dictionary<string, string> Values(TempFolder folder, BusyPress press, string connectionString) => new()
    {
        ["Storage__Engine"] = "Azure",
        ["Storage__ConnectionString"] = connectionString,
        ["Storage__DataFolder"] = folder.File("data"),
        ["Network__Resolver"] = press.Resolver.Endpoint.ToString(),
        ["Web__Port"] = "0",

        // What takes minutes in the world, takes seconds here.
        ["Work__Lease"] = "00:00:06",
        ["Work__ClaimFor"] = "00:00:40",
        ["Work__ScheduleLease"] = "00:00:15",
        ["Work__PollInterval"] = "00:00:00.5",
        ["Alerts__SendingAtMost"] = "00:00:10",
        ["Knocks__PollFeeds"] = "* * * * * *",
        ["Knocks__SendAlerts"] = "*/5 * * * * *",
        ["Knocks__Housekeeping"] = "*/10 * * * * *",
    };

    [GeneratedRegex(@"feed[0-9]+\.test")]
    private static partial Regex FeedHost();

    /// <summary>How far the work is. <paramref name="Waiting"/> counts messages.</summary>
    private sealed record Tally(int Visited, int Items, int Pending, int Unsent, long Waiting)
    {
        public bool IsDone => Visited == Feeds && Pending == 0 && Unsent == 0 && Waiting == 0;
    }
}
