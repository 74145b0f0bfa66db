using Monitoring.Availability.Ooni;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

public sealed class OoniSectionTests
{
    [Fact]
    public async Task The_site_page_tells_what_OONI_has_where_there_is_something()
    {
        await using var world = await SmallWorld.StartAsync();
        await world.LiveAsync();
        Assert.DoesNotContain("OONI", await world.PageAsync("/availability/site-1"), StringComparison.Ordinal);
        var opinion = OoniStatistics.Judge(new OoniDomain(OoniKit.Networks(OoniKit.Counts(64, 60), 5), OoniKit.Countries(30, OoniKit.Counts(100, 3)), OoniKit.Kinds(("http-failure", 60))));
        await world.Station.Get<OoniStore>().PutAsync(new OoniReport("site-1", "KZ", "site.kz", new DateOnly(2026, 11, 15), new DateOnly(2026, 11, 22), opinion), CancellationToken.None);

        var page = await world.PageAsync("/availability/site-1");

        Assert.Contains("site.kz in KZ, 2026-11-15 to 2026-11-21", page, StringComparison.Ordinal);
        Assert.Contains("Likely blocked", page, StringComparison.Ordinal);
        Assert.Contains("<li>64 measurements on 5 networks: 60 anomalies, 0 confirmed, 0 failed</li>", page, StringComparison.Ordinal);
        Assert.Contains("Data: OONI, CC BY-NC-SA 4.0.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://explorer.ooni.org/chart/mat?", page, StringComparison.Ordinal);
    }
}
