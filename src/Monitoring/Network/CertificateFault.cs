using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Monitoring.Network;

/// <summary>Names what is wrong with a server's certificate.</summary>
public static class CertificateFault
{
    /// <summary>The gravest fault: an unknown authority can sign any name and any date. Null: none.</summary>
    public static string? Of(X509Chain? chain, SslPolicyErrors errors)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        return (errors, status) switch
        {
            (SslPolicyErrors.None, _) => null,
            var (_, flags) when (flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0 => Failure.SslUnknownAuthority,
            var (found, _) when found.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => Failure.SslInvalidHostname,
            _ => Failure.SslInvalidCertificate,
        };
    }
}
