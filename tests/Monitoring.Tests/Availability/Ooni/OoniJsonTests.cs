using System.Text;
using Monitoring.Availability.Ooni;
using Monitoring.Network;
using Monitoring.Tests.Support;
using static Monitoring.Tests.Support.OoniKit;

namespace Monitoring.Tests.Availability.Ooni;

public sealed class OoniJsonTests : IAsyncLifetime
{
    private const string Path = "/api/v1/aggregation";

    private static readonly OoniQuery Query = new(OoniAxis.Network, "KZ", ["site.kz"], new DateOnly(2026, 11, 15), new DateOnly(2026, 11, 22));

    private LoopbackWeb _web = null!;

    public async Task InitializeAsync() => _web = await LoopbackWeb.StartAsync();

    public async Task DisposeAsync() => await _web.DisposeAsync();

    [Fact]
    public async Task Rows_are_read_and_unknown_fields_passed_over()
    {
        var answer = await AskAsync(Answer(Row("site.kz", "\"probe_asn\": 9198", Counts(64, 60)), Row("site.kz", "\"x\": 1", Counts(1))));

        var read = Assert.IsType<OoniAnswer.Read>(answer);
        Assert.Equal([new OoniRow("site.kz", "9198", Counts(64, 60)), new OoniRow("site.kz", "", Counts(1))], read.Rows);
        Assert.True(read.MayAskOn);
    }

    [Fact]
    public void The_question_names_period_grain_axes_and_domains()
    {
        Assert.Equal(
            "https://api.ooni.io/api/v1/aggregation?test_name=web_connectivity&since=2026-11-15&until=2026-11-22&time_grain=day&axis_x=probe_asn&axis_y=domain&probe_cc=KZ&domain=site.kz",
            Query.On(new Uri("https://api.ooni.io")).AbsoluteUri);
        Assert.DoesNotContain("probe_cc=", (Query with { Country = null, Axis = OoniAxis.Kind }).On(new Uri("https://api.ooni.io")).AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "JSON is expected")]
    [InlineData("<html>", "JSON is expected")]
    [InlineData("{\"result\": [", "JSON is expected")]
    [InlineData("[]", "an object with an array 'result' is expected")]
    [InlineData("null", "an object with an array 'result' is expected")]
    [InlineData("{\"error\": \"no database\", \"v\": 0}", "an object with an array 'result' is expected")]
    [InlineData("{\"result\": {}}", "an object with an array 'result' is expected")]
    [InlineData("{\"result\": [1]}", "result[0]: domain, probe_asn and counts that add up are expected")]
    [InlineData("{\"result\": [{\"domain\": \"\\ud800\"}]}", "JSON is expected")]
    [InlineData("{\"result\": [{\"domain\": [], \"measurement_count\": 1}]}", "result[0]: domain, probe_asn and counts that add up are expected")]
    public async Task Garbage_is_named(string body, string problem)
    {
        Assert.Equal(new OoniAnswer.Unusable(problem), await AskAsync(body));
    }

    [Theory]
    [InlineData(10, 11, 0)] // more anomalies than measurements
    [InlineData(10, -1, 0)]
    [InlineData(5_000_000_000, 0, 0)]
    public async Task Counts_that_do_not_add_up_make_the_answer_unusable(long all, long anomalies, long confirmed)
    {
        Assert.IsType<OoniAnswer.Unusable>(await AskAsync(Answer(Row("site.kz", "\"probe_asn\": 1", new OoniCounts(all, anomalies, confirmed, 0)))));
    }

    [Fact]
    public async Task Five_megabytes_are_too_much()
    {
        Assert.Equal("5242880 bytes; at most 4194304 are expected", Assert.IsType<OoniAnswer.Unusable>(await AskAsync(new string(' ', 5 * 1024 * 1024))).Problem);
    }

    [Fact]
    public async Task Depth_is_limited()
    {
        Assert.Equal(new OoniAnswer.Unusable("JSON is expected"), await AskAsync($"{{\"result\": {new string('[', 100_000)}"));
    }

    [Theory]
    [InlineData(429, "Retry-After: 120", 120)]
    [InlineData(503, "Retry-After: 7", 7)]
    [InlineData(429, "X-Other: 1", 900)]
    public async Task A_server_that_asks_for_patience_gets_it(int status, string header, int seconds)
    {
        Assert.Equal(new OoniAnswer.Later(TimeSpan.FromSeconds(seconds)), await AskAsync("slow down", status, header));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("-3", false)]
    [InlineData("17", true)]
    [InlineData("0.5", true)]
    [InlineData("NaN", true)]
    [InlineData("soon", true)]
    public async Task A_used_up_quota_ends_the_asking(string left, bool mayAskOn)
    {
        Assert.Equal(mayAskOn, Assert.IsType<OoniAnswer.Read>(await AskAsync(Answer(), 200, $"X-RateLimit-Remaining: {left}")).MayAskOn);
    }

    [Fact]
    public async Task Other_refusals_and_dead_servers_are_named()
    {
        Assert.Equal(new OoniAnswer.Unusable("HTTP 500"), await AskAsync("oops", 500));
        var client = new OoniClient(FetchKit.Fetcher(guard: AddressGuard.PublicOnly), new OoniOptions { Api = _web.Url("/") });
        Assert.IsType<OoniAnswer.Unusable>(await client.AskAsync(Query, CancellationToken.None));
    }

    private Task<OoniAnswer> AskAsync(string body, int status = 200, params string[] headers)
    {
        _web.On(Path, Encoding.UTF8.GetBytes(body), status, headers);
        return new OoniClient(FetchKit.Fetcher(), new OoniOptions { Api = _web.Url("/") }).AskAsync(Query, CancellationToken.None);
    }
}
