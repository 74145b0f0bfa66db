using Monitoring.App.Demo;
using Monitoring.EndToEnd.FunctionsHost;
using Monitoring.EndToEnd.Support;
using Xunit.Abstractions;

namespace Monitoring.EndToEnd;

/// <summary>The demo's world, worked through by the published program under the stand-in of the Functions host, on Azurite.</summary>
public sealed class FunctionsDemoTests(ITestOutputHelper output)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(4);

    /// <summary>Comparing reads the whole account.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Everything_planted_in_the_demos_world_is_found_and_nothing_else()
    {
        var articles = DemoArticle.ReadAll();
        await using var world = await DemoWorld.StartAsync(articles, DemoSettings.Factor, TimeProvider.System, CancellationToken.None);
        await using var app = await HostedApp.CreateAsync(Settings(world), world.Root.ExportCertificatePem());
        await app.ImportAsync(DemoList.Write(world, DemoSettings.Every, DateTimeOffset.UtcNow + DemoSettings.Every * 10));
        var (facts, plot) = (new DemoFacts(app.Station, world, articles), new DemoPlot(world));
        IReadOnlyList<FactRow> rows = [];
        await using var host = await app.HostAsync(functionTimeout: TimeSpan.FromMinutes(1));

        await Eventually.Async(
            async () =>
            {
                await host.CheckAsync();
                rows = await facts.CompareAsync(CancellationToken.None);
                await plot.AdvanceAsync(facts, _ => { }, CancellationToken.None);
                return rows.All(row => row.IsGood);
            },
            AtMost,
            () => $"all facts:\n{string.Join('\n', rows.Where(row => !row.IsGood))}\n{Tally(host)}\n{host.Output}",
            BetweenLooks);

        output.WriteLine($"{string.Join('\n', rows.Select(row => $"{row.What}: {row.Found} of {row.Planted}, {row.Surplus} too much"))}\n{Tally(host)}");
        Assert.Empty(await app.PoisonAsync());
        Assert.False(host.Tally.ContainsKey("failed"), host.Output);
        Assert.DoesNotContain(PlantedNames.All, name => host.Output.Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, string?> Settings(DemoWorld world)
    {
        var values = WorldSettings.Make(dataFolder: "", world);

        // The ordinary rhythms, as much faster as the rest.
        (values["Knocks__SendAlerts"], values["Knocks__SendDigests"]) = ("*/2 * * * * *", "*/2 * * * * *");
        (values["Knocks__Housekeeping"], values["Knocks__CollectPoison"], values["Knocks__Retention"]) = ("*/10 * * * * *", "*/10 * * * * *", "0 20 2 * * *");
        return values;
    }

    private static string Tally(HostStandIn host) => string.Join(", ", host.Tally.Select(pair => $"{pair.Key} {pair.Value}"));
}
