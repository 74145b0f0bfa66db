using Monitoring.Fetching;
using Monitoring.Network;

namespace Monitoring.Tests.Support;

/// <summary>The real fetcher with the guard of tests.</summary>
internal static class FetchKit
{
    public static Fetcher Fetcher(
        FetchingOptions? options = null, IResolver? names = null, AddressGuard? guard = null, TrustPolicy? trust = null, TimeProvider? time = null, IDialer? dialer = null)
    {
        options ??= new FetchingOptions();
        guard ??= AddressGuard.PublicAndLoopback;
        var transport = HttpTransport.Over(names ?? new FakeResolver(), dialer ?? new SocketDialer(guard), guard, trust ?? TrustPolicy.System, options);
        return new Fetcher(transport, options, time ?? TimeProvider.System);
    }

    public static Task<FetchResult> GetAsync(this Fetcher fetcher, Uri url, Validators? validators = null, CancellationToken cancellationToken = default) =>
        fetcher.FetchAsync(new FetchRequest(url, "text/xml", validators), cancellationToken);

    /// <summary>How the fetch failed; anything else fails the test.</summary>
    public static async Task<string> FailureAsync(this Fetcher fetcher, Uri url) => Assert.IsType<FetchResult.Failed>(await fetcher.GetAsync(url)).Failure;

    /// <summary>What comes of an answer sent as it stands here.</summary>
    public static async Task<FetchResult> AnswerAsync(string answer, FetchingOptions? options = null)
    {
        await using var server = RawServer.Answering(answer);
        return await Fetcher(options).GetAsync(Url(server));
    }

    public static Uri Url(RawServer server, string path = "/", string host = "127.0.0.1", string scheme = "http") => new($"{scheme}://{host}:{server.Port}{path}");
}
