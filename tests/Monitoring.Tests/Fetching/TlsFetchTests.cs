using System.Net.Security;
using System.Security.Cryptography;
using Monitoring.Fetching;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Fetching;

public sealed class TlsFetchTests : IDisposable
{
    private const string Host = "site.kz";

    private readonly TestAuthority _authority = new();
    private readonly FakeResolver _names = new FakeResolver().Knows(Host, "127.0.0.1");

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task The_certificate_of_the_server_is_evidence()
    {
        var options = _authority.For(Host);
        await using var server = Serving(options);

        var fetched = Assert.IsType<FetchResult.Fetched>(await FetchKit.Fetcher(names: _names, trust: TrustPolicy.Only(_authority.Root)).GetAsync(Url(server)));

        var leaf = options.ServerCertificateContext!.TargetCertificate.RawData;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(leaf)), fetched.Exchange.TlsLeafSha256);
    }

    [Theory]
    [InlineData("other.kz", 0, true, Failure.SslInvalidHostname)]
    [InlineData(Host, 3, true, Failure.SslInvalidCertificate)] // expired
    [InlineData(Host, 0, false, Failure.SslUnknownAuthority)]
    public async Task A_certificate_that_is_refused_is_refused_by_name(string name, int expiredDays, bool isTrusted, string failure)
    {
        using var other = new TestAuthority("Other");
        await using var server = Serving(_authority.For(name, expiredDays > 0 ? TimeSpan.FromDays(expiredDays) : null));
        var trust = TrustPolicy.Only(isTrusted ? _authority.Root : other.Root);

        Assert.Equal(failure, await FetchKit.Fetcher(names: _names, trust: trust).FailureAsync(Url(server)));
    }

    [Fact]
    public async Task A_certificate_that_the_server_forgets_to_send_can_be_pinned()
    {
        using var other = new TestAuthority("Other");
        await using var server = Serving(_authority.For(Host, forgetsIntermediate: true));
        var fetcher = FetchKit.Fetcher(names: _names, trust: TrustPolicy.Only(_authority.Root));

        Assert.Equal(Failure.SslUnknownAuthority, await fetcher.FailureAsync(Url(server)));
        Assert.Equal(new FetchResult.Failed(Failure.SslUnknownAuthority), await PinnedAsync(fetcher, other.Intermediate));
        Assert.IsType<FetchResult.Fetched>(await PinnedAsync(fetcher, _authority.Intermediate));

        Task<FetchResult> PinnedAsync(Fetcher by, string intermediate) =>
            by.FetchAsync(new FetchRequest(Url(server), "*/*", Validators: null) { Route = new FetchRoute(Proxy: null, intermediate) }, CancellationToken.None);
    }

    /// <summary>What is pinned helps to build a chain; who is trusted, the system decides.</summary>
    [Fact]
    public async Task A_pinned_certificate_is_trusted_no_more_than_one_that_was_sent()
    {
        using var other = new TestAuthority("Other");
        await using var server = Serving(_authority.For(Host));
        var request = new FetchRequest(Url(server), "*/*", Validators: null) { Route = new FetchRoute(Proxy: null, _authority.Intermediate) };

        Assert.Equal(new FetchResult.Failed(Failure.SslUnknownAuthority), await FetchKit.Fetcher(names: _names, trust: TrustPolicy.Only(other.Root)).FetchAsync(request, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_is_no_invalid_certificate()
    {
        await using var server = new RawServer(async (stream, token) =>
        {
            await RawServer.ReadClientHelloAsync(stream, token);
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), token);
        });

        Assert.Equal(Failure.SslFailedHandshake, await FetchKit.Fetcher(names: _names).FailureAsync(Url(server)));
    }

    private static RawServer Serving(SslServerAuthenticationOptions options) => RawServer.Encrypted(options, async (stream, token) =>
    {
        await RawServer.ReadHeadAsync(stream, token);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), token);
    });

    private static Uri Url(RawServer server) => FetchKit.Url(server, host: Host, scheme: "https");
}
