using System.Text.Json;
using Monitoring.App.Demo;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>The commands that go out into a world: a press that answers, sites that are blocked.</summary>
public sealed class CommandsInWorldTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly IReadOnlyList<DemoArticle> _articles = DemoArticle.ReadAll();
    private DemoWorld _world = null!;
    private ServiceInWorld _service = null!;

    public async Task InitializeAsync()
    {
        _world = await DemoWorld.StartAsync(_articles, DemoSettings.Factor, TimeProvider.System, CancellationToken.None);
        _service = new ServiceInWorld(_folder, _world);
        await _service.ImportAsync();
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Once_does_what_is_due_and_ends()
    {
        var first = await _service.RunAsync("once", "--json");
        var json = JsonDocument.Parse(first.Output).RootElement;

        // A visit for each source, understanding where they brought items, a check for each site.
        Assert.Equal((0, 0), (first.ExitCode, json.GetProperty("waiting").GetInt32()));
        Assert.True(json.GetProperty("done").GetInt32() >= DemoPress.Sources.Count + DemoSite.All.Count, first.Output);
    }

    [Theory]
    [InlineData("zhel.test", 20, "reachable", "blocked.tls_timeout", "blocked.tls_timeout")]
    [InlineData("samal.test", 20, "reachable", "reachable", "blocked.dns")]
    [InlineData("qala.test", 0, "reachable", "reachable", "reachable")]
    public async Task Check_tells_what_each_vantage_saw(string host, int exitCode, params string[] classes)
    {
        var url = _world.UrlOf(DemoSite.All.Single(site => site.Host == host)).AbsoluteUri;

        var check = await _service.RunAsync("check", url, "--watchlist", _service.Watchlist, "--json");

        var verdicts = JsonDocument.Parse(check.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal((exitCode, string.Join(' ', classes)), (check.ExitCode, string.Join(' ', verdicts.Select(verdict => verdict.GetProperty("class").GetString()))));
        Assert.All(verdicts, verdict => Assert.NotEqual(0, verdict.GetProperty("measurement").GetProperty("hops").GetArrayLength()));
    }

    [Fact]
    public async Task Check_shows_people_each_layer_and_why()
    {
        var url = _world.UrlOf(DemoSite.All.Single(site => site.Host == "tolqyn.test")).AbsoluteUri;

        var check = await _service.RunAsync("check", url, "--watchlist", _service.Watchlist, "--vantage", DemoList.Mobile);

        Assert.Equal(20, check.ExitCode);
        Assert.Matches($@"{DemoList.Direct}: Reachable \(reachable, confirmed, rule [a-z0-9-]+\)", check.Output);
        Assert.Matches($@"{DemoList.Mobile}: Blocked: TLS reset \(blocked\.tls_reset, confirmed, rule bd-25\)", check.Output);
        Assert.Matches(@"TLS   connection_reset, [0-9]+ ms", check.Output);
        Assert.Matches(@"harmless name in the handshake, canary\.test at tolqyn\.test:[0-9]+: answered, [0-9]+ ms", check.Output);
    }

    [Fact]
    public async Task Read_feed_reads_an_address()
    {
        var feed = DemoPress.Sources.Keys.First(key => key != DemoPress.Page);

        var read = await _service.RunAsync("read-feed", $"http://{feed}.test:{_world.PressPort}/", "--json");

        var items = JsonDocument.Parse(read.Output).RootElement.GetProperty("items");
        Assert.Equal(0, read.ExitCode);
        Assert.Equal(_articles.Count(article => article.Feed == feed && !article.Live), items.GetArrayLength());
    }
}
