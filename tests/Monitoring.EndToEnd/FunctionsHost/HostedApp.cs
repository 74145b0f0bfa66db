using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.EndToEnd.Support;
using Monitoring.Network;
using Monitoring.Storage.AzureStorage;
using Monitoring.Work;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>The published app on an account of its own in Azurite: its settings, a look into its store, and the host that runs it.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly string _package;
    private readonly Dictionary<string, string> _settings;
    private readonly string _rootPem;
    private readonly string _file;

    private HostedApp(string package, Dictionary<string, string> settings, string rootPem)
    {
        (_package, _settings, _rootPem) = (package, settings, rootPem);
        _settings["Storage__DataFolder"] = Folder.File("data");
        _settings["Web__AccessToken"] = Token;

        // Commands run without the host, which would say where the store is.
        _file = Folder.Write("settings.json", JsonSerializer.Serialize(new { Values = new Dictionary<string, string>(_settings) { ["Storage__Engine"] = "Azure" } }));
        Station = Station.Open(Settings.Load(_file, []), new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, TimeProvider.System));
    }

    public TempFolder Folder { get; } = new();

    /// <summary>Looks into the account beside the program.</summary>
    public Station Station { get; }

    /// <param name="settings">Without an engine and an account of ours: both are the host's.</param>
    /// <param name="rootPem">Of the world on loopback.</param>
    public static async Task<HostedApp> CreateAsync(IEnumerable<KeyValuePair<string, string?>> settings, string rootPem)
    {
        var values = settings.ToDictionary(pair => pair.Key, pair => pair.Value!);
        values["AzureWebJobsStorage"] = (await AzuriteProcess.TakeAsync()).ConnectionString;

        // Before anything that has a time: to make the package may take a minute.
        return new HostedApp(await PublishedApp.FolderAsync(), values, rootPem);
    }

    public async Task ImportAsync(string list)
    {
        using var import = ProgramProcess.StartInWorld(Folder.Path, _rootPem, "watchlist", "import", Folder.Write("list.yaml", list), "--settings", _file);
        var imported = await import.FinishAsync();
        Assert.True(imported.ExitCode == 0, imported.Errors);
    }

    /// <summary>The host, whose minutes are seconds.</summary>
    public Task<HostStandIn> HostAsync(TimeSpan functionTimeout, Predicate<QueueMessage>? isDeadly = null)
    {
        var files = HostFiles.Read(_package, _settings, limits => limits with { VisibilityTimeout = TimeSpan.FromSeconds(1), FunctionTimeout = functionTimeout });
        return HostStandIn.StartAsync(files, _rootPem, isDeadly);
    }

    /// <summary>A message that is not of our making; in base64, as the host wants it.</summary>
    public async Task PutMessageAsync(string kind, string text)
    {
        var account = ConnectionString.Parse(_settings["AzureWebJobsStorage"]);
        using var service = new ServiceClient(StorageServiceKind.Queue, account.Queues, account.Credential, new StorageClientOptions(), TimeProvider.System);
        await new QueueRequests(service).PutAsync(kind, QueueMessage.Encode(text, deferrals: 0), TimeSpan.Zero, CancellationToken.None);
    }

    public Task<List<PoisonedWork>> PoisonAsync() => Station.Get<IWorkQueue>().ListPoisonAsync(CancellationToken.None).ToListAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        Folder.Dispose();
    }
}
