using System.Net;
using System.Security.Cryptography;
using System.Text;
using Monitoring.Evidence;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Evidence;

public sealed class CaptureStoreTests : IAsyncLifetime
{
    private const string Subject = "feed-1";

    private static readonly DateTimeOffset At = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private SqliteEngine _engine = null!;

    private CaptureStore Store => new(new LimitedTables(_engine.Tables), new CaptureBodies(_engine.Blobs, TimeProvider.System));

    public Task InitializeAsync()
    {
        _engine = Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Theory]
    [InlineData("Новости дня")]
    [InlineData("")]
    public async Task The_bytes_come_back_as_received(string body)
    {
        var capture = await AddAsync(Exchange(body));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))), capture.Sha256);
        Assert.Equal((Encoding.UTF8.GetByteCount(body), body), (capture.Length, await BodyAsync(capture)));
    }

    [Fact]
    public async Task Equal_bodies_are_kept_once_and_each_capture_has_its_row()
    {
        await AddAsync(Exchange("a"));
        await AddAsync(Exchange("a", At.AddMinutes(15)));
        await AddAsync(Exchange("a"), "feed-2");

        var hash = Convert.ToHexStringLower(SHA256.HashData("a"u8));
        Assert.Equal([$"captures/{hash[..2]}/{hash}.gz"], await _engine.Blobs.ListAsync("", CancellationToken.None).Select(blob => blob.Name).ToListAsync());
        Assert.Equal(2, await Store.ListAsync(Subject, 10, CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task The_same_exchange_again_changes_nothing()
    {
        var first = await AddAsync(Exchange("a"));

        Assert.Equal(first, await AddAsync(Exchange("a")));
        Assert.Equal([first], await Store.ListAsync(Subject, 10, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task The_newest_captures_come_first()
    {
        foreach (var minutes in (int[])[15, 45, 30])
        {
            await AddAsync(Exchange("a", At.AddMinutes(minutes)));
        }

        Assert.Equal([At.AddMinutes(45), At.AddMinutes(30)], await Store.ListAsync(Subject, 2, CancellationToken.None).Select(capture => capture.At).ToListAsync());
    }

    [Fact]
    public async Task A_body_that_is_not_kept_leaves_its_hash()
    {
        var capture = await AddAsync(Exchange("a"), keepBody: false);

        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData("a"u8)), 1L, false), (capture.Sha256, capture.Length, capture.Kept));
        Assert.Null(await Store.OpenBodyAsync(capture, CancellationToken.None));
        Assert.Equal(0, await _engine.Blobs.ListAsync("", CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task A_capture_is_found_by_its_id()
    {
        var capture = await AddAsync(Exchange("a"));

        Assert.Equal(capture, await Store.GetAsync(Subject, capture.Id, CancellationToken.None));
        Assert.Null(await Store.GetAsync("feed-2", capture.Id, CancellationToken.None));
        Assert.Null(await Store.GetAsync(Subject, "../no/such", CancellationToken.None));
    }

    [Fact]
    public async Task The_row_says_how_the_bytes_came()
    {
        var capture = await AddAsync(Exchange("a") with
        {
            Redirects = [new RedirectHop(301, new Uri("http://site.kz/")), new RedirectHop(302, new Uri("https://site.kz/a b"))],
            RequestHeaders = [new("Accept", "text/xml")],
            ResponseHeaders = [new("X", "1"), new("X", "2")],
            Peer = IPAddress.Parse("93.184.216.34"),
            TlsLeafSha256 = "leaf",
        });

        var row = await RowAsync(capture);
        Assert.Equal("301 http://site.kz/ 302 https://site.kz/a%20b", row.GetText("Redirects"));
        Assert.Equal(("[[\"Accept\",\"text/xml\"]]", "[[\"X\",\"1\"],[\"X\",\"2\"]]"), (row.GetText("RequestHeaders"), row.GetText("ResponseHeaders")));
        Assert.Equal(
            ("93.184.216.34", "leaf", 200L, 250L, "1"),
            (row.GetText("Peer"), row.GetText("TlsLeafSha256"), row.GetNumber("Status"), row.GetNumber("Milliseconds"), row.GetText("FetcherVersion")));
    }

    [Fact]
    public async Task Headers_and_redirects_without_end_are_cut_to_the_row()
    {
        var capture = await AddAsync(Exchange("a") with
        {
            Redirects = [.. Enumerable.Repeat(new RedirectHop(302, new Uri("http://site.kz/" + new string('a', 7900))), 10)],
            ResponseHeaders = [.. Enumerable.Repeat(KeyValuePair.Create("X", new string('я', 3000)), 10)],
        });

        var row = await RowAsync(capture);
        Assert.Equal((16 * 1024, 16 * 1024), (row.GetText("Redirects")!.Length, row.GetText("ResponseHeaders")!.Length));
    }

    private static SqliteEngine Create() => new(new TestClock());

    private static HttpExchange Exchange(string body, DateTimeOffset? at = null) => new()
    {
        RequestUrl = new Uri("https://site.kz/feed"),
        FinalUrl = new Uri("https://site.kz/feed"),
        Status = 200,
        RequestHeaders = [],
        ResponseHeaders = [],
        Body = Encoding.UTF8.GetBytes(body),
        At = at ?? At,
        Duration = TimeSpan.FromMilliseconds(250),
    };

    private Task<Capture> AddAsync(HttpExchange exchange, string subject = Subject, bool keepBody = true) => Store.AddAsync(subject, exchange, keepBody, CancellationToken.None);

    private async Task<Entity> RowAsync(Capture capture) =>
        (await _engine.Tables.Open("Captures").GetAsync(new EntityKey(capture.Subject, capture.Id), columns: null, CancellationToken.None))!;

    private async Task<string> BodyAsync(Capture capture)
    {
        await using var stream = await Store.OpenBodyAsync(capture, CancellationToken.None);
        using var reader = new StreamReader(stream!);
        return await reader.ReadToEndAsync();
    }
}
