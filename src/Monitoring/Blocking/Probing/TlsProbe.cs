using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <summary>A TLS handshake that accepts whatever certificate comes and notes the chain and what is wrong with it.</summary>
internal interface ITlsProbe
{
    /// <returns>The encrypted stream if the handshake succeeded, and what is noted of it.</returns>
    Task<(Stream? Stream, TlsObservation Observation)> HandshakeAsync(Stream stream, string host, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class TlsProbe(TrustPolicy trust, ProbeOptions options, TimeProvider time) : ITlsProbe
{
    private const int MaxChain = 8;

    public async Task<(Stream? Stream, TlsObservation Observation)> HandshakeAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var chain = new List<CertificateFacts>();
        string? certificateFailure = null;
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        using var deadline = new CancellationTokenSource(options.TlsTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    CertificateChainPolicy = trust.ForHandshake(),
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                    // A resumed handshake shows the certificate of an earlier one, maybe from another vantage.
                    AllowTlsResume = false,
                    RemoteCertificateValidationCallback = (_, _, built, errors) =>
                    {
                        chain.AddRange(Facts(built));
                        certificateFailure = CertificateFault.Of(built, errors);
                        return true;
                    },
                },
                both.Token);
            return (tls, Observe(failure: null));
        }
        catch (Exception failure) when (failure is IOException or AuthenticationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await tls.DisposeAsync();
            return (null, Observe(FailureClassifier.Classify(failure)));
        }

        TlsObservation Observe(string? failure) => new(host, failure, certificateFailure, chain, time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static IEnumerable<CertificateFacts> Facts(X509Chain? chain) =>
        (chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()).Take(MaxChain).Select(element => element.Certificate).Select(certificate => new CertificateFacts(
            Convert.ToHexStringLower(SHA256.HashData(certificate.RawData)),
            certificate.Subject,
            certificate.Issuer,
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime())
        {
            RsaExponent = ExponentOf(certificate),
            Extensions = certificate.Extensions.Count,
        });

    /// <summary>Null for another kind of key, or one that makes no sense.</summary>
    private static int? ExponentOf(X509Certificate2 certificate)
    {
        try
        {
            using var key = certificate.GetRSAPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Exponent is { Length: > 0 and <= sizeof(int) } bytes ? bytes.Aggregate(0, (number, next) => number << 8 | next) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
