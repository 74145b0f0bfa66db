using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Monitoring.Network;

namespace Monitoring.Fetching;

/// <summary>How a fetch leaves the house.</summary>
/// <param name="Proxy">Null: from here.</param>
/// <param name="Intermediate">A certificate, in PEM, that the server should send and does not.</param>
public sealed record FetchRoute(ProxyAddress? Proxy, string? Intermediate)
{
    public static FetchRoute Usual { get; } = new(Proxy: null, Intermediate: null);
}

/// <summary>
/// The HTTP stack of the fetcher: no cookies, no redirects, no system proxy, no automatic decompression, a new connection for each request, and every
/// connection through resolver and address guard, also those a proxy makes for us.
/// </summary>
/// <param name="usual">For all fetches that need no route of their own.</param>
/// <param name="open">For one fetch by another route; disposed after it.</param>
public sealed class HttpTransport(HttpMessageInvoker usual, Func<FetchRoute, HttpMessageInvoker> open) : IDisposable
{
    private const int MaxHeaderKilobytes = 32;

    public HttpMessageInvoker Usual => usual;

    public HttpMessageInvoker Open(FetchRoute route) => open(route);

    public static HttpTransport Over(IResolver resolver, IDialer dialer, AddressGuard guard, TrustPolicy trust, FetchingOptions options)
    {
        return new HttpTransport(By(FetchRoute.Usual), By);

        HttpMessageInvoker By(FetchRoute route)
        {
            var tunnel = route.Proxy is { } proxy ? new HttpTunnel(new ProxyDialer(proxy, resolver, dialer)) : null;
            var intermediate = route.Intermediate is { } pem ? X509Certificate2.CreateFromPem(pem) : null;
            return Make(new Connector(resolver, dialer, guard, tunnel), trust.ForHandshake(intermediate), options);
        }
    }

    public void Dispose() => usual.Dispose();

    private static HttpMessageInvoker Make(Connector connector, X509ChainPolicy chains, FetchingOptions options) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            // A span of ours must not name us to whom we visit: without this a request carries its id.
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.Zero,
            // Validators go back byte for byte, whatever bytes they are.
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = chains,
                RemoteCertificateValidationCallback = (_, _, chain, errors) => CertificateFault.Of(chain, errors) is { } fault ? throw new NetworkFailureException(fault) : true,
            },
            ConnectCallback = connector.ConnectAsync,
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(NoteCertificate(context)),
        });

    private static Stream NoteCertificate(SocketsHttpPlaintextStreamFilterContext context)
    {
        if (context.PlaintextStream is SslStream { RemoteCertificate: { } certificate } && context.InitialRequestMessage.Options.TryGetValue(ConnectionFacts.Key, out var facts))
        {
            facts.TlsLeafSha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
        }

        return context.PlaintextStream;
    }
}
