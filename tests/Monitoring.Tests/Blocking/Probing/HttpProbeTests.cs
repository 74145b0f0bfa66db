using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Monitoring.Blocking;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

public sealed class HttpProbeTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(302)] // redirects are not followed here
    [InlineData(403)]
    [InlineData(451)]
    [InlineData(503)]
    [InlineData(999)] // some sites answer robots so
    public async Task The_status_is_noted_whatever_it_is(int status)
    {
        var (seen, _) = await GetAsync($"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal((null, status), (seen.Failure, seen.Status));
    }

    [Fact]
    public async Task Headers_are_noted_as_sent_but_for_cookies()
    {
        var (seen, _) = await GetAsync($"{Ok}X-Cache: HIT\r\nx-odd:  two  words \r\nSet-Cookie: id=1\r\nSET-COOKIE: id=2\r\nSet-Cookie2: id=3\r\nX-Cache: MISS\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(["Content-Type: text/html", "Content-Length: 0", "X-Cache: HIT, MISS", "x-odd: two  words"], seen.Headers.Select(header => $"{header.Key}: {header.Value}").OrderBy(header => "CoX-x-".IndexOf(header[..2], StringComparison.Ordinal)));
        Assert.Equal("HIT, MISS", seen.Header("x-cache"));
        Assert.Null(seen.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Headers_are_read_as_UTF_8_as_browsers_do()
    {
        var (seen, _) = await GetAsync("HTTP/1.1 302 Found\r\nLocation: /жаңалық\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal("/жаңалық", seen.Header("Location"));
    }

    [Fact]
    public async Task The_body_is_noted_by_length_and_hash()
    {
        var (seen, body) = await GetAsync($"{Ok}\r\n<p>Қала</p>");

        Assert.Equal("<p>Қала</p>", Encoding.UTF8.GetString(body));
        Assert.Equal((body.Length, false, Convert.ToHexStringLower(SHA256.HashData(body))), (seen.BodyLength, seen.IsTruncated, seen.BodySha256));
    }

    [Theory]
    [InlineData("<title>Новости города</title>", "Новости города")]
    [InlineData("<TITLE lang=\"kk\">\r\n  Қала\t жаңалықтары \n</TITLE>", "Қала жаңалықтары")]
    [InlineData("<title>Кофе &amp; чай &#8212; &laquo;Утро&raquo;&nbsp;!</title>", "Кофе & чай — «Утро» !")]
    [InlineData("<title></title>", "")]
    [InlineData("<title>a</title><title>b</title>", "a")]
    [InlineData("<title>not closed", null)]
    [InlineData("<h1>none</h1>", null)]
    [InlineData("", null)]
    public async Task The_title_is_read_as_people_see_it(string html, string? expected)
    {
        var (seen, _) = await GetAsync($"{Ok}\r\n<html><head>{html}");

        Assert.Equal(expected, seen.Title);
    }

    [Fact]
    public async Task A_long_title_is_cut_between_characters()
    {
        var (seen, _) = await GetAsync($"{Ok}\r\n<title>{new string('x', 299)}😀😀</title>");

        Assert.Equal(new string('x', 299), seen.Title);
    }

    [Theory]
    [InlineData(524_288, 524_288, false)]
    [InlineData(524_289, 524_288, true)]
    [InlineData(5_000_000, 524_288, true)]
    public async Task At_most_512_KiB_are_read(int sent, int expected, bool isTruncated)
    {
        var (seen, body) = await GetAsync([.. Encoding.ASCII.GetBytes($"{Ok}Content-Length: {sent}\r\n\r\n"), .. new byte[sent]]);

        Assert.Equal((null, expected, expected, isTruncated), (seen.Failure, seen.BodyLength, body.Length, seen.IsTruncated));
    }

    [Fact]
    public async Task A_packed_body_is_unpacked()
    {
        var (seen, body) = await GetAsync([.. Encoding.ASCII.GetBytes($"{Ok}Content-Encoding: gzip\r\n\r\n"), .. Gzip(Encoding.UTF8.GetBytes("<title>Жаңалық</title>"))]);

        Assert.Equal(("Жаңалық", 29), (seen.Title, body.Length));
    }

    [Fact]
    public async Task A_packed_body_is_cut_as_soon_as_it_is_large_enough()
    {
        var (seen, _) = await GetAsync([.. Encoding.ASCII.GetBytes($"{Ok}Content-Encoding: gzip\r\n\r\n"), .. Gzip(new byte[50_000_000])]);

        Assert.Equal((null, 524_288, true), (seen.Failure, seen.BodyLength, seen.IsTruncated));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_packed_as_it_says_is_a_failure(string coding)
    {
        var (seen, _) = await GetAsync($"{Ok}Content-Encoding: {coding}\r\n\r\n<html>\u0001\u0002\u0003 not packed at all</html>");

        Assert.Matches("^unknown_failure: Invalid(Data|Operation)Exception$", seen.Failure);
        Assert.Equal(200, seen.Status);
    }

    [Fact]
    public async Task A_packed_body_that_ends_early_is_no_crash()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000))));

        var (seen, _) = await GetAsync([.. Encoding.ASCII.GetBytes($"{Ok}Content-Encoding: gzip\r\n\r\n"), .. packed[..(packed.Length / 2)]]);

        Assert.True(seen.Failure is not null || seen.BodyLength > 0);
    }

    [Fact]
    public async Task A_reset_before_the_headers_is_a_reset()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            RawServer.Reset(stream);
        });

        Assert.Equal((Failure.ConnectionReset, null), Told(await GetAsync(server)));
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_the_body_is_a_reset()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Ok}Content-Length: 5000\r\n\r\nhalf"), token);

            // What was sent must have arrived: a reset overtakes nothing on loopback.
            RawServer.Reset(stream);
        });

        Assert.Equal(Failure.ConnectionReset, Told(await GetAsync(server)).Failure);
    }

    [Theory]
    [InlineData("", null, 0)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty", null, 0)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf", 200, 4)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 200, 5)]
    public async Task An_answer_that_ends_early_is_an_eof_and_what_came_before_it_is_told(string answer, int? status, int bytes)
    {
        var (seen, _) = await GetAsync(answer);

        Assert.Equal((Failure.Eof, status, bytes), (seen.Failure, seen.Status, seen.BodyLength));
    }

    [Fact]
    public async Task A_body_s_way_is_marked_at_most_every_16_KiB_and_at_its_end()
    {
        var (seen, _) = await GetAsync([.. Encoding.ASCII.GetBytes($"{Ok}Content-Length: 100000\r\n\r\n"), .. new byte[100_000]]);

        Assert.Equal(100_000, seen.Marks[^1].Bytes);
        Assert.InRange(seen.Marks.Count, 1, 7);
        Assert.All(seen.Marks.Zip(seen.Marks.Skip(1)), pair => Assert.True(pair.First.Bytes < pair.Second.Bytes && pair.First.Milliseconds <= pair.Second.Milliseconds));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("<html>\r\nno head at all</html>")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n")]
    public async Task What_is_no_HTTP_fails_without_a_name(string answer) => Assert.Matches("^unknown_failure: Http[A-Za-z]+$", Told(await GetAsync(answer)).Failure);

    [Fact]
    public async Task Headers_without_end_fail() => Assert.StartsWith(
        Failure.UnknownPrefix,
        Told(await GetAsync(Ok + string.Concat(Enumerable.Repeat("X-Filler: 0123456789\r\n", 5000)))).Failure,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_server_that_does_not_answer_times_out()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawServer.Silent(asked);

        var getting = GetAsync(server);
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((Failure.Timeout, null), Told(await getting));
    }

    [Fact]
    public async Task A_body_that_stalls_times_out()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadHeadAsync(stream, token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Ok}Content-Length: 50000\r\n\r\nsixteen kilobytes"), token);
            asked.TrySetResult();
            await stream.CopyToAsync(Stream.Null, token);
        });

        var getting = GetAsync(server);
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(Failure.Timeout, Told(await getting).Failure);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static (string? Failure, int? Status) Told((HttpObservation Seen, byte[] Body) got) => (got.Seen.Failure, got.Seen.Status);

    private Task<(HttpObservation Seen, byte[] Body)> GetAsync(string answer) => GetAsync(Encoding.UTF8.GetBytes(answer));

    private async Task<(HttpObservation Seen, byte[] Body)> GetAsync(byte[] answer)
    {
        await using var server = RawServer.Answering(answer);
        return await GetAsync(server);
    }

    private async Task<(HttpObservation Seen, byte[] Body)> GetAsync(RawServer server)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint);
        return await new HttpProbe(new ProbeOptions(), _clock).GetAsync(client.GetStream(), new Uri("http://site.test/"), CancellationToken.None);
    }
}
