using System.Text.Json;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.EndToEnd.Support;
using Monitoring.Network;
using Monitoring.Storage.AzureStorage;
using Monitoring.Work;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>A busy press, an account in Azurite, and the settings of the app that watches it.</summary>
internal sealed class HostedPress : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly TempFolder _folder = new();
    private readonly DemoAuthority _authority = new(DateTimeOffset.UtcNow);
    private readonly BusyPress _press;
    private readonly Dictionary<string, string> _settings;
    private readonly Station _station;
    private readonly int _feeds;

    private HostedPress(BusyPress press, string connectionString, int feeds)
    {
        (_press, _feeds) = (press, feeds);
        _settings = Values(press, connectionString);
        _settings["Storage__DataFolder"] = _folder.File("data");
        File = _folder.Write("settings.json", JsonSerializer.Serialize(new { Values = new Dictionary<string, string>(_settings) { ["Storage__Engine"] = "Azure" } }));
        _station = Station.Open(Settings.Load(File, []), new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, TimeProvider.System));
    }

    public int Visits => _press.Visits.Values.Sum();

    private string File { get; }

    private string RootPem => _authority.Root.ExportCertificatePem();

    public static async Task<HostedPress> StartAsync(int feeds)
    {
        var world = new HostedPress(await BusyPress.StartAsync(), (await AzuriteProcess.TakeAsync()).ConnectionString, feeds);
        if (feeds > 0)
        {
            using var import = ProgramProcess.StartInWorld(world._folder.Path, world.RootPem, "watchlist", "import", world._folder.Write("list.yaml", world._press.WriteList(feeds)), "--settings", world.File);
            var imported = await import.FinishAsync();
            Assert.True(imported.ExitCode == 0, imported.Errors);
        }

        return world;
    }

    /// <summary>The host, whose minutes are seconds.</summary>
    public Task<HostStandIn> HostAsync() => HostStandIn.StartAsync(
        _folder.Path, RootPem, _settings, limits => limits with { VisibilityTimeout = TimeSpan.FromSeconds(1), FunctionTimeout = TimeSpan.FromMinutes(1) });

    /// <summary>A message that is not of our making; in base64, as the host wants it.</summary>
    public async Task PutMessageAsync(string kind, string text)
    {
        var account = ConnectionString.Parse(_settings["AzureWebJobsStorage"]);
        using var service = new ServiceClient(StorageServiceKind.Queue, account.Queues, account.Credential, new StorageClientOptions(), TimeProvider.System);
        await new QueueRequests(service).PutAsync(kind, QueueMessage.Encode(text, deferrals: 0), TimeSpan.Zero, CancellationToken.None);
    }

    public Task<List<PoisonedWork>> PoisonAsync() => _station.Get<IWorkQueue>().ListPoisonAsync(CancellationToken.None).ToListAsync().AsTask();

    public async Task DoneAsync(HostStandIn host, TimeSpan atMost, Action<PressTally> look)
    {
        PressTally? tally = null;
        await Eventually.Async(
            async () =>
            {
                await host.CheckAsync();
                tally = await PressTally.TakeAsync(_station, _feeds);
                if (!tally.IsDone)
                {
                    look(tally);
                }

                return tally.IsDone;
            },
            atMost,
            () => $"all visits: {tally}\n{host.Output}");
    }

    public Task AssertOnceAsync() => PressTally.AssertOnceAsync(_station, _folder, _feeds);

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        await _press.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>No engine and no account of ours: both are the host's.</summary>
    private static Dictionary<string, string> Values(BusyPress press, string connectionString) => new()
    {
        ["AzureWebJobsStorage"] = connectionString,
        ["Web__AccessToken"] = Token,
        ["Network__Resolver"] = press.Resolver.Endpoint.ToString(),
        ["Functions__Deadline"] = "00:00:40",

        // A visit that was cut off may be tried again at once: waiting for its turn makes a new message, with a fresh count.
        ["Fetching__HostInterval"] = "00:00:00.1",

        // What takes minutes in the world, takes seconds here.
        ["Work__ClaimFor"] = "00:00:30",
        ["Alerts__SendingAtMost"] = "00:00:10",
        ["Knocks__PollFeeds"] = "*/2 * * * * *",
        ["Knocks__VisitPages"] = "*/20 * * * * *",
        ["Knocks__CheckSites"] = "*/20 * * * * *",
        ["Knocks__SendAlerts"] = "*/5 * * * * *",
        ["Knocks__SendDigests"] = "*/20 * * * * *",
        ["Knocks__Housekeeping"] = "*/10 * * * * *",
        ["Knocks__Retention"] = "0 20 2 * * *",
        ["Knocks__CollectPoison"] = "*/10 * * * * *",
    };
}
