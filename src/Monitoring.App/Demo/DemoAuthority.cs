using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Monitoring.App.Demo;

/// <summary>The certificate authority of the demo's world, made at its start and known to nobody else.</summary>
internal sealed class DemoAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, X509Certificate2> _leaves = new(StringComparer.OrdinalIgnoreCase);
    private readonly DateTimeOffset _now;
    private int _serial;

    public DemoAuthority(DateTimeOffset now)
    {
        _now = now;
        var request = new CertificateRequest("CN=Demo Authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        Root = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    public X509Certificate2 Root { get; }

    /// <summary>A certificate for the name, the same at every call.</summary>
    public X509Certificate2 For(string host) => _leaves.GetOrAdd(host, Issue);

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
        foreach (var leaf in _leaves.Values)
        {
            leaf.Dispose();
        }
    }

    private X509Certificate2 Issue(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var serial = BitConverter.GetBytes(Interlocked.Increment(ref _serial));
        using var issued = request.Create(Root, _now.AddHours(-12), _now.AddDays(20), serial);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), password: null);
    }
}
