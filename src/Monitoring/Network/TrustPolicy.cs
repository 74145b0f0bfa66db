using System.Security.Cryptography.X509Certificates;

namespace Monitoring.Network;

/// <summary>
/// Which certificate authorities count as trusted. Chains are built from what the server sent and what the system holds: nothing is downloaded, because
/// the address of a missing issuer or a revocation list is chosen by whoever made the certificate.
/// </summary>
public sealed class TrustPolicy
{
    private readonly X509Certificate2Collection? _roots;

    private TrustPolicy(X509Certificate2Collection? roots)
    {
        _roots = roots;
    }

    /// <summary>The authorities of the operating system.</summary>
    public static TrustPolicy System { get; } = new(roots: null);

    /// <summary>For the demo's and the tests' worlds, whose authority nobody else knows; chosen in code, never by a setting.</summary>
    public static TrustPolicy Only(X509Certificate2 root) => new([root]);

    /// <summary>A new policy object for one handshake: the TLS stack writes to it.</summary>
    /// <param name="intermediate">A certificate that the server does not send; it helps to build a chain and is trusted no more than one that was sent.</param>
    public X509ChainPolicy ForHandshake(X509Certificate2? intermediate = null)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_roots);
        }

        if (intermediate is not null)
        {
            policy.ExtraStore.Add(intermediate);
        }

        return policy;
    }
}
