using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Monitoring.Tests.Support;

/// <summary>A certificate authority with an intermediate, as real ones have: a server must send it for its chain to be built.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _intermediate;
    private int _serial;

    public TestAuthority(string name = "Test")
    {
        Root = Issue($"CN={name} Root", issuer: null, isAuthority: true, Now.AddDays(-30), Now.AddDays(30));
        _intermediate = Issue($"CN={name} Intermediate", Root, isAuthority: true, Now.AddDays(-20), Now.AddDays(20));
    }

    public X509Certificate2 Root { get; }

    /// <summary>In PEM.</summary>
    public string Intermediate => _intermediate.ExportCertificatePem();

    /// <summary>What a server of the host sends: its certificate, and the intermediate's unless it forgets it.</summary>
    /// <param name="padding">Bytes that the certificate holds for nothing.</param>
    public SslServerAuthenticationOptions For(string host, TimeSpan? expiredSince = null, bool forgetsIntermediate = false, int padding = 0)
    {
        var end = expiredSince is { } since ? Now - since : Now.AddDays(10);
        var leaf = Issue($"CN={host}", _intermediate, isAuthority: false, Now.AddDays(-10), end, host, padding);
        return new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(leaf, forgetsIntermediate ? [] : [_intermediate], offline: true) };
    }

    public void Dispose()
    {
        _intermediate.Dispose();
        Root.Dispose();
    }

    private X509Certificate2 Issue(string subject, X509Certificate2? issuer, bool isAuthority, DateTimeOffset from, DateTimeOffset to, string? host = null, int padding = 0)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        if (padding > 0)
        {
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.32473.1", new byte[padding], critical: false));
        }

        using var made = issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from, to, BitConverter.GetBytes(++_serial));
        using var withKey = issuer is null ? null : made.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12((withKey ?? made).Export(X509ContentType.Pfx), password: null);
    }
}
