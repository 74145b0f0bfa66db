using System.Globalization;
using System.Text;
using Monitoring.Blocking.Probing;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Probing;

/// <summary>Whatever a server sends, a measurement comes of it.</summary>
public sealed class HostileSiteTests
{
    private readonly FakeResolver _names = new FakeResolver().Knows("site.test", "127.0.0.1");

    public static TheoryData<string> Locations =>
    [
        "", " ", "http://", "http:///", "https://", "//", "///", "http:site.test", "javascript:alert(1)", "mailto:a@b.test", "ftp://site.test/", "file:///etc/passwd", "data:text/html,x",
        "http://site.test:0/", "http://site.test:99999/", "http://site.test:-1/", "http://a..b/", "http://.test/", "http://-site.test/", "http://site_under.test/", "http://xn--/",
        "http://xn--a/", "http://xn--zzzzzz99999999.test/", "http://" + new string('a', 64) + ".test/", "http://" + string.Concat(Enumerable.Repeat("a.", 200)) + "test/",
        "http://[::1/", "http://[::1]]/", "http://[fe80::1%25eth0]/", "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://0/",
        "http://user:pw@nowhere.test/", "http://nowhere.test\\@site.test/", "http://nowhere.test#@site.test/", "http://nowhere.test/%zz%00%ff", "http://nowhere.test/\u0001\u007f",
        "http://ñandú.test/ÿþ", "http://ＳＩＴＥ。nowhere/", "http://nowhere.test/" + new string('a', 3000), "http://nowhere.test/" + new string('ÿ', 3000), "http://nowhere.test/" + new string('a', 50_000), "\\\\nowhere.test\\share",
        "http://nowhere.test/a b\tc", "HTTP://NOWHERE.TEST/", "http://nowhere.test, http://other.test",
    ];

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task Every_Location_is_followed_or_ends_the_way(string location)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

        var measurement = (await MeasureAsync(server)).Measurement;

        Assert.Equal(302, measurement.Hops[0].Http!.Status);
        Assert.All(measurement.Hops, hop => Assert.True(hop.Url.Scheme is "http" or "https" && hop.Url.AbsoluteUri.Length < 32_000));
        Assert.NotEmpty(Some.Judge(measurement, measurement, canary: null).Class);
    }

    [Fact]
    public async Task Random_bytes_always_give_a_measurement()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var i = 0; i < 300; i++)
        {
            var answer = new byte[random.Next(400)];
            random.NextBytes(answer);
            var head = random.Next(3) switch
            {
                0 => "",
                1 => "HTTP/1.1 200 OK\r\n",
                _ => $"HTTP/1.1 {random.Next(100, 700)} X\r\nContent-Encoding: {(random.Next(2) == 0 ? "gzip" : "br")}\r\n\r\n",
            };
            await using var server = RawServer.Answering([.. Encoding.ASCII.GetBytes(head), .. answer]);

            var hop = (await MeasureAsync(server)).Measurement.Hops[0];

            Assert.True(hop.Http is { Failure: null, Status: not null } or { Failure: not null }, string.Create(CultureInfo.InvariantCulture, $"Case {i} of seed {Seed}: {hop.Http}"));
        }
    }

    private Task<Probed> MeasureAsync(RawServer server) => ProbeKit
        .Direct(_names, new SocketDialer(AddressGuard.PublicAndLoopback), TrustPolicy.System, TimeProvider.System)
        .Invoke(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://site.test:{server.Port}/")));
}
