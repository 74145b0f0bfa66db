using System.Net;
using System.Text;
using Monitoring.Fetching;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Fetching;

public sealed class FetcherTests : IAsyncLifetime
{
    private LoopbackWeb _web = null!;

    public async Task InitializeAsync() => _web = await LoopbackWeb.StartAsync();

    public async Task DisposeAsync() => await _web.DisposeAsync();

    [Fact]
    public async Task An_exchange_is_kept_as_it_went_over_the_wire()
    {
        _web.On("/feed", "тело", 200, "Content-Type: text/xml", "X-Two: a", "X-Two: b");

        var fetched = Assert.IsType<FetchResult.Fetched>(await FetchKit.Fetcher().GetAsync(_web.Url("/feed")));

        var exchange = fetched.Exchange;
        Assert.Equal((200, "тело", "a, b", "text/xml"), (exchange.Status, Encoding.UTF8.GetString(exchange.Body.Span), exchange.Header("x-two"), exchange.Header("content-type")));
        Assert.Equal((IPAddress.Loopback, null, _web.Url("/feed"), 0), (exchange.Peer, exchange.TlsLeafSha256, exchange.FinalUrl, exchange.Redirects.Count));
        Assert.Null(exchange.Header("X-Three"));
    }

    [Theory]
    [InlineData("", "Monitoring/1.0")]
    [InlineData("https://example.org/bot", "Monitoring/1.0 (+https://example.org/bot)")]
    public async Task The_server_learns_who_asks_and_for_what(string contact, string agent)
    {
        await FetchKit.Fetcher(new FetchingOptions { Contact = contact }).GetAsync(_web.Url("/"));

        var headers = _web.Requests.Single().Headers;
        Assert.Equal((agent, "text/xml", "gzip, deflate, br"), (headers["User-Agent"], headers["Accept"], headers["Accept-Encoding"]));
    }

    [Fact]
    public async Task Cookies_are_neither_kept_nor_sent()
    {
        _web.On("/feed", "", 302, "Location: /next", "Set-Cookie: a=secret");
        _web.On("/next", "x", 200, "Set-Cookie: b=secret", "Set-Cookie2: c=secret", "X-Kept: yes");
        var fetcher = FetchKit.Fetcher();

        var fetched = Assert.IsType<FetchResult.Fetched>(await fetcher.GetAsync(_web.Url("/feed")));
        await fetcher.GetAsync(_web.Url("/feed"));

        Assert.DoesNotContain(fetched.Exchange.ResponseHeaders, header => header.Value.Contains("secret", StringComparison.Ordinal));
        Assert.Equal("yes", fetched.Exchange.Header("X-Kept"));
        Assert.DoesNotContain(_web.Requests, request => request.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task Validators_go_back_whatever_bytes_they_are()
    {
        await using var server = RawServer.Answering("HTTP/1.1 304 Not Modified\r\n\r\n");
        var validators = new Validators(FetchKit.Url(server), "W/\"\u00e9\u00ff 1\"", "yesterday");

        Assert.IsType<FetchResult.NotModified>(await FetchKit.Fetcher().GetAsync(FetchKit.Url(server), validators));
        Assert.Contains("\r\nIf-None-Match: W/\"\u00e9\u00ff 1\"\r\n", server.Heads.Single(), StringComparison.Ordinal);
        Assert.Contains("\r\nIf-Modified-Since: yesterday\r\n", server.Heads.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_304_that_nobody_asked_for_is_a_refusal()
    {
        var result = await FetchKit.AnswerAsync("HTTP/1.1 304 Not Modified\r\n\r\n");

        Assert.Equal(304, Assert.IsType<FetchResult.Refused>(result).Exchange.Status);
    }

    [Theory]
    [InlineData(404, null, null)]
    [InlineData(503, "120", 120)]
    [InlineData(429, "NaN", null)]
    [InlineData(300, null, null)] // a choice is no redirect
    public async Task Any_other_status_is_a_refusal(int status, string? retryAfter, int? seconds)
    {
        _web.On("/", "no", status, retryAfter is null ? [] : [$"Retry-After: {retryAfter}"]);

        var refused = Assert.IsType<FetchResult.Refused>(await FetchKit.Fetcher().GetAsync(_web.Url("/")));

        Assert.Equal((status, seconds), (refused.Exchange.Status, (int?)refused.RetryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 6\r\n\r\n\u00d0\u009d\u00d0\u00be\u00d0\u00b2", "body_undecodable")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 4\r\n\r\nabcd", "body_undecodable")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbroken off", "eof_error")]
    [InlineData("", "eof_error")]
    [InlineData("garbage\r\n\r\n", "unknown_failure: HttpRequestException")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", "body_too_large", 2000)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "body_too_large", 1025)] // without a length
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "body_too_large", 1025)]
    public async Task Odd_answers_are_failures_with_a_name(string answer, string failure, int body = 0)
    {
        var result = await FetchKit.AnswerAsync(answer + new string('x', body), new FetchingOptions { MaxBodyBytes = 1024 });

        Assert.Equal(new FetchResult.Failed(failure), result);
    }

    [Fact]
    public async Task The_longest_body_is_read() =>
        Assert.Equal(1024, Assert.IsType<FetchResult.Fetched>(await FetchKit.AnswerAsync("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1024), new FetchingOptions { MaxBodyBytes = 1024 })).Content.Length);

    [Theory]
    [InlineData(20_000, "Fetched")]
    [InlineData(40_000, "headers_too_large")]
    public async Task Headers_have_a_limit(int length, string expected)
    {
        var result = await FetchKit.AnswerAsync($"HTTP/1.1 200 OK\r\nX-Long: {new string('x', length)}\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(expected, result is FetchResult.Failed failed ? failed.Failure : result.GetType().Name);
    }

    [Fact]
    public async Task A_silent_server_is_left_when_the_time_is_over()
    {
        var asked = new TaskCompletionSource();
        await using var server = RawServer.Silent(asked);
        var clock = new TestClock();
        var fetch = FetchKit.Fetcher(time: clock).FailureAsync(FetchKit.Url(server));
        await asked.Task;

        clock.Advance(new FetchingOptions().Timeout);

        Assert.Equal(Failure.Timeout, await fetch);
    }

    [Fact]
    public async Task A_body_that_trickles_without_end_is_left_when_the_time_is_over()
    {
        var answered = new TaskCompletionSource();
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"u8.ToArray(), token);
            answered.SetResult();
            await stream.CopyToAsync(Stream.Null, token);
        });
        var clock = new TestClock();
        var fetch = FetchKit.Fetcher(time: clock).FailureAsync(FetchKit.Url(server));
        await answered.Task;

        clock.Advance(new FetchingOptions().Timeout);

        Assert.Equal(Failure.Timeout, await fetch);
    }

    [Fact]
    public async Task A_cancelled_fetch_is_no_failure_of_the_world()
    {
        var asked = new TaskCompletionSource();
        await using var server = RawServer.Silent(asked);
        using var stop = new CancellationTokenSource();
        var fetch = FetchKit.Fetcher().GetAsync(FetchKit.Url(server), cancellationToken: stop.Token);
        await asked.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task A_reset_is_named()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            RawServer.Reset(stream);
        });

        Assert.Equal(Failure.ConnectionReset, await FetchKit.Fetcher().FailureAsync(FetchKit.Url(server)));
    }
}
