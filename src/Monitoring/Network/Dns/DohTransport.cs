using System.Net;
using System.Net.Security;

namespace Monitoring.Network.Dns;

/// <summary>The HTTP stack of DNS over HTTPS: no redirects, cookies, proxy or decompression, nothing that names us. The server's address comes from settings and is not judged by the guard.</summary>
public static class DohTransport
{
    private const int MaxHeaderKilobytes = 32;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <param name="resolver">Of the server's own name.</param>
    public static HttpMessageInvoker Make(IResolver resolver, IDialer dialer, TrustPolicy trust) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = ConnectionLifetime,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = trust.ForHandshake(),
            RemoteCertificateValidationCallback = (_, _, chain, errors) => CertificateFault.Of(chain, errors) is { } fault ? throw new NetworkFailureException(fault) : true,
        },
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, resolver, dialer, cancellationToken),
    });

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, IResolver resolver, IDialer dialer, CancellationToken cancellationToken)
    {
        var answer = await resolver.ResolveAsync(server.Host, cancellationToken);
        var failure = new NetworkFailureException(answer.Failure ?? Failure.DnsNoAnswer);
        foreach (var address in answer.Addresses)
        {
            try
            {
                return await dialer.ConnectTrustedAsync(new IPEndPoint(address, server.Port), cancellationToken);
            }
            catch (NetworkFailureException next)
            {
                failure = next;
            }
        }

        throw failure;
    }
}
