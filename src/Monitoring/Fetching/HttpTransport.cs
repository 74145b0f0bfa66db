using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Monitoring.Network;

namespace Monitoring.Fetching;

/// <summary>What a connection showed about itself while it was made.</summary>
internal sealed class ConnectionFacts
{
    public static readonly HttpRequestOptionsKey<ConnectionFacts> Key = new("connection");

    public IPAddress? Peer { get; set; }

    public string? TlsLeafSha256 { get; set; }
}

/// <summary>
/// The HTTP stack of the fetcher: no cookies, no redirects, no system proxy, no automatic decompression, a new connection for each request, and every
/// connection through resolver and address guard. A certificate that is refused has no finer name here; blocking checks record the chain and judge it
/// themselves.
/// </summary>
public static class HttpTransport
{
    private const int MaxHeaderKilobytes = 32;

    public static HttpMessageInvoker Create(IResolver resolver, IDialer dialer, TrustPolicy trust, FetchingOptions options) => new(
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
                CertificateChainPolicy = trust.ForHandshake(),
                RemoteCertificateValidationCallback = (_, _, _, faults) => faults is SslPolicyErrors.None ? true : throw new NetworkFailureException(Failure.SslInvalidCertificate),
            },
            ConnectCallback = (context, token) => ConnectAsync(resolver, dialer, context, token),
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(NoteCertificate(context)),
        });

    /// <summary>Tries the addresses in order; the failure of the last one is the failure of the request.</summary>
    private static async ValueTask<Stream> ConnectAsync(IResolver resolver, IDialer dialer, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var answer = await resolver.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var failure = new NetworkFailureException(answer.Failure ?? Failure.DnsNoAnswer);
        foreach (var address in answer.Addresses)
        {
            try
            {
                var stream = await dialer.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
                if (context.InitialRequestMessage.Options.TryGetValue(ConnectionFacts.Key, out var facts))
                {
                    facts.Peer = address;
                }

                return stream;
            }
            catch (NetworkFailureException next)
            {
                failure = next;
            }
        }

        throw failure;
    }

    private static Stream NoteCertificate(SocketsHttpPlaintextStreamFilterContext context)
    {
        if (context.PlaintextStream is SslStream { RemoteCertificate: { } certificate } && context.InitialRequestMessage.Options.TryGetValue(ConnectionFacts.Key, out var facts))
        {
            facts.TlsLeafSha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
        }

        return context.PlaintextStream;
    }
}
