using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitoring.Availability.Reports;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Web.Reports;

public sealed partial class ReportPageTests : IAsyncLifetime
{
    private SmallWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private string Today => ReportPeriod.Say(CheckDay.Of(_world.Clock.GetUtcNow()));

    private string OfToday => $"?from={Today}&to={Today}";

    [Fact]
    public async Task The_report_counts_checks_coverage_trouble_and_episodes()
    {
        var page = await _world.PageAsync($"/availability/report{OfToday}");

        Assert.Contains($"{Today} to {Today} (UTC), 1 day</strong>", page, StringComparison.Ordinal);
        Assert.Contains("4 good, 0 bad", page, StringComparison.Ordinal); // directly
        Assert.Contains("0 good, 4 bad", page, StringComparison.Ordinal); // behind the censor
        Assert.Contains(">100 %<", page, StringComparison.Ordinal);
        Assert.Contains(">0 %<", page, StringComparison.Ordinal);
        Assert.Matches("blocked: page [0-9]+ min", page);
        Assert.Contains("Source: own measurements from the listed vantages.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usual_period_is_the_last_thirty_whole_days()
    {
        var page = await _world.PageAsync("/availability/report");
        var to = CheckDay.Of(_world.Clock.GetUtcNow()).AddDays(-1);

        Assert.Contains($"<strong>{ReportPeriod.Say(to.AddDays(-29))} to {ReportPeriod.Say(to)} (UTC), 30 days</strong>", page, StringComparison.Ordinal);
        Assert.Contains("not measured", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday", "2026-10-31", "The first day is no date.")]
    [InlineData("2026-10-01", "<script>alert(1)</script>", "The last day is no date.")]
    [InlineData("2026-10-02", "2026-10-01", "The last day is before the first one.")]
    [InlineData("2999-01-01", "2999-01-02", "The first day is after today (UTC)")]
    [InlineData("2020-01-01", "2026-01-01", "at most 366 days")]
    public async Task Bad_dates_are_told_and_kept(string from, string to, string problem)
    {
        var query = $"?from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}";
        var page = await _world.PageAsync($"/availability/report{query}");

        Assert.Contains(problem, page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(from)}\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{WebUtility.HtmlEncode(to)}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        foreach (var form in new[] { "csv", "json" })
        {
            using var answer = await _world.Client.GetAsync($"/availability/report.{form}{query}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(problem, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_episode_tells_its_evidence_and_the_hash_of_what_is_downloaded()
    {
        var page = await _world.PageAsync($"/availability/report{OfToday}");
        var evidence = Evidence().Matches(page);
        Assert.NotEmpty(evidence);

        foreach (Match piece in evidence)
        {
            var document = await _world.Client.GetByteArrayAsync(WebUtility.HtmlDecode(piece.Groups[1].Value));
            Assert.Equal(piece.Groups[2].Value, Convert.ToHexStringLower(SHA256.HashData(document)));
        }
    }

    [Fact]
    public async Task The_csv_has_a_record_for_each_site_and_vantage_under_one_head()
    {
        using var answer = await _world.Client.GetAsync($"/availability/report.csv{OfToday}");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"availability-{Today}-{Today}.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.StartsWith("site_id,site,url,vantage_id,", lines[0], StringComparison.Ordinal);
        Assert.Equal(["site-1,Сайт & Co", "site-1,Сайт & Co"], lines.Skip(1).Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        var blocked = lines[0].Split(',').Zip(lines[2].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("0", "0", "4", "1"), (blocked["good_share"], blocked["checks_good"], blocked["checks_bad"], blocked["episodes"]));
        Assert.StartsWith("blocked.page ", blocked["trouble_by_mechanism"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_tells_every_episode_with_hashes()
    {
        using var json = JsonDocument.Parse(await _world.PageAsync($"/availability/report.json{OfToday}"));

        var vantages = json.RootElement.GetProperty("sites")[0].GetProperty("vantages");
        Assert.Equal((1, 0), (vantages[0].GetProperty("goodShare").GetDouble(), vantages[1].GetProperty("goodShare").GetDouble()));
        Assert.Equal(4, vantages[0].GetProperty("milliseconds").GetProperty("whole").GetProperty("count").GetInt32());
        var episode = vantages[1].GetProperty("episodes")[0];
        Assert.Equal(JsonValueKind.Null, episode.GetProperty("closed").ValueKind);
        Assert.Matches("^[0-9a-f]{64}$", episode.GetProperty("evidence")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_feed_is_read_once_and_then_asked_whether_it_changed()
    {
        using var first = await _world.Client.GetAsync("/availability/site-1/feed.atom");
        Assert.Equal("application/atom+xml", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("private, no-cache", string.Join(", ", first.Headers.GetValues("Cache-Control")).Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal));
        Assert.Contains("Signs of blocking: block page: Сайт &amp; Co from AS64500", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var byTag = new HttpRequestMessage(HttpMethod.Get, "/availability/site-1/feed.atom") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var byTime = new HttpRequestMessage(HttpMethod.Get, "/availability/site-1/feed.atom") { Headers = { IfModifiedSince = first.Content.Headers.LastModified } };
        using var unchanged = await _world.Client.SendAsync(byTag);
        using var unmodified = await _world.Client.SendAsync(byTime);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified), (unchanged.StatusCode, unmodified.StatusCode));
        Assert.Contains("<link rel=\"alternate\" type=\"application/atom+xml\"", WebUtility.HtmlDecode(await _world.PageAsync("/availability/site-1")), StringComparison.Ordinal);

        using var nobody = await _world.Client.GetAsync("/availability/nobody/feed.atom");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Theory]
    [InlineData("", "Last 24 hours from proxy", "quarter hours")]
    [InlineData("?span=7d", "Last 7 days from proxy", "84 bars of 2 h")]
    [InlineData("?span=30d", "Last 30 days from proxy", "trouble in 1 of 30 days, 29 not measured")]
    [InlineData("?span=1y", "Last 52 weeks from proxy", "trouble in 1 of 52 weeks, 51 not measured")]
    [InlineData("?span=%3Cscript", "Last 24 hours from proxy", "quarter hours")]
    public async Task A_site_page_shows_the_span_that_the_address_says(string query, string title, string summary)
    {
        var page = await _world.PageAsync($"/availability/site-1{query}");

        Assert.Contains($"<title id=\"t-vantage-proxy\">{title}</title>", page, StringComparison.Ordinal);
        Assert.Contains("0 of 4 checks good", page, StringComparison.Ordinal);
        Assert.Contains(summary, page, StringComparison.Ordinal);
        Assert.Contains("The same as a table", page, StringComparison.Ordinal);
        Assert.Matches("First byte</th>", page);
        Assert.Matches("[0-9]+ / [0-9]+ / [0-9]+", page);
        Assert.Single(Current().Matches(page));
        Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=", page);
    }

    [Fact]
    public async Task A_long_list_is_paged_and_hostile_names_stay_names()
    {
        const string Hostile = "=HYPERLINK(\"http://evil.example\",\"<script>\")";
        var sites = Enumerable.Range(0, 120).Select(i => new Site { Id = $"site-x{i:000}", Name = $"Site {i:000}", Url = new Uri("https://site.kz/") }).Append(new Site { Id = "site-evil", Name = Hostile, Url = new Uri("https://site.kz/") });
        await _world.Station.Get<WatchlistImport>().RunAsync(sites.Select(site => new FileEntry(site, Line: 0, Path: "")), dryRun: false, overwrite: false, onlyAdd: true, CancellationToken.None);
        _world.Clock.Advance(TimeSpan.FromMinutes(5));

        var first = await _world.PageAsync($"/availability/report{OfToday}");
        var next = WebUtility.HtmlDecode(Next().Match(first).Groups[1].Value);
        var second = await _world.PageAsync(next);
        var csv = await _world.PageAsync($"/availability/report.csv{OfToday}");
        var atom = await _world.PageAsync("/availability/site-evil/feed.atom");

        Assert.Equal($"/availability/report{OfToday}&after=100", next);
        Assert.Contains(">Site 000<", first, StringComparison.Ordinal);
        Assert.Contains(">Site 119<", second, StringComparison.Ordinal);
        Assert.DoesNotContain(">Site 119<", first, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", first + second + atom, StringComparison.Ordinal);
        Assert.Contains("site-evil,\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"<script>\"\")\",", csv, StringComparison.Ordinal);
        Assert.Equal(1 + 2 * 122, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("First page", second, StringComparison.Ordinal);
        Assert.Contains("Availability report", await _world.PageAsync("/availability/report?after=-7&from=&to="), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_and_feeds_are_behind_the_same_door_as_pages()
    {
        await using var closed = await SmallWorld.StartAsync(("Web__Address", "0.0.0.0"), ("Web__AccessToken", new string('t', 40)));
        foreach (var path in new[] { "/availability/report", "/availability/report.csv", "/availability/report.json", "/availability/site-1/feed.atom", "/evidence/measurement/document?name=x" })
        {
            using var answer = await closed.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [GeneratedRegex("href=\"(/evidence/measurement/document[^\"]+)\">[^<]+</a>\\s*SHA-256 <code>([0-9a-f]{64})</code>")]
    private static partial Regex Evidence();

    [GeneratedRegex("<a rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex("<nav class=\"tabs\".*aria-current=\"page\"", RegexOptions.Singleline)]
    private static partial Regex Current();
}
