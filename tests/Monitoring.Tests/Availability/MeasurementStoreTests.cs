using System.Text.Json;
using Monitoring.Availability;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability;

public sealed class MeasurementStoreTests : EngineContract
{
    private MeasurementStore Store => new MeasurementStore(new LimitedTables(Engine.Tables), Engine.Blobs);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_measurement_comes_back_whole()
    {
        var measurement = Some.Measurement("https://сайт.kz/новости?q=1").RedirectsTo("https://site.kz/home").Http(Some.Page(451, "Қолжетімсіз <b>\ud83d\ude00"));

        var name = await Store.AddAsync(measurement, CancellationToken.None);

        Assert.Equal("measurements/site-1/vantage-1/20261122t030000.0000000.json.gz", name);
        Assert.Equal(JsonSerializer.Serialize(measurement), JsonSerializer.Serialize(await Store.GetAsync(name, CancellationToken.None)));
    }

    [Fact]
    public async Task Keeping_it_again_changes_nothing()
    {
        var name = await Store.AddAsync(Some.Measurement(), CancellationToken.None);

        Assert.Equal(name, await Store.AddAsync(Some.Measurement() with { Milliseconds = 9 }, CancellationToken.None));

        Assert.Equal(500, (await Store.GetAsync(name, CancellationToken.None))!.Milliseconds);
    }

    [Fact]
    public async Task What_was_not_kept_is_not_there()
    {
        Assert.Null(await Store.GetAsync("measurements/site-1/vantage-1/20261122t030000.0000000.json.gz", CancellationToken.None));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(1, false)] // measured before
    public async Task A_canary_stands_for_its_vantage_while_it_is_fresh(int notBefore, bool isThere)
    {
        await Store.PutCanaryAsync(Some.Measurement(), CancellationToken.None);

        var canary = await Store.GetCanaryAsync("vantage-1", Some.Time.AddTicks(notBefore), CancellationToken.None);

        Assert.Equal(isThere, canary is not null);
    }

    [Fact]
    public async Task A_canary_stands_for_no_other_vantage()
    {
        await Store.PutCanaryAsync(Some.Measurement(), CancellationToken.None);

        Assert.Null(await Store.GetCanaryAsync("vantage-2", Some.Time, CancellationToken.None));
    }

    [Fact]
    public async Task A_canary_too_long_for_a_row_is_not_kept_and_breaks_nothing()
    {
        var huge = Some.Measurement().Http(Some.Page(headers: [.. Enumerable.Range(0, 40).Select(i => $"X-{i}: {new string('x', 1000)}")]));

        await Store.PutCanaryAsync(huge, CancellationToken.None);

        Assert.Null(await Store.GetCanaryAsync("vantage-1", Some.Time, CancellationToken.None));
    }
}
