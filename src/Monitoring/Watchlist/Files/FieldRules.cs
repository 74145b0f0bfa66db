using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AngleSharp.Css.Parser;

namespace Monitoring.Watchlist.Files;

/// <summary>What single values of a watch list must look like.</summary>
internal static class FieldRules
{
    private const int MaxUrl = 2000;
    private const int MaxCertificate = 8000;

    /// <summary>RFC 5321 section 4.5.3.1.</summary>
    private const int MaxLocalPart = 64;
    private const int MaxMailAddress = 254;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool IsId(string text) => text.Length is >= 4 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    public static bool IsLanguage(string text) => text.Length is 2 or 3 && text.All(char.IsAsciiLetterLower);

    /// <summary>IANA names only: a Windows name would differ from machine to machine.</summary>
    public static bool IsTimeZone(string text) =>
        (text == "UTC" || text.Contains('/', StringComparison.Ordinal)) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out _);

    /// <summary>What else may stand before the @ today, mail servers need not take (RFC 6531).</summary>
    public static bool HasAsciiLocalPart(string address) => System.Text.Ascii.IsValid(address.AsSpan(0, address.LastIndexOf('@') + 1));

    /// <summary>One address without a display name. Its domain may have letters of any script, which travel in ASCII (RFC 5891).</summary>
    public static bool IsMailAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return at is > 0 and <= MaxLocalPart && !text.Any(char.IsControl) && HasAsciiLocalPart(text) && AsciiDomain(text[(at + 1)..]) is { } domain
            && text[..(at + 1)] + domain is { Length: <= MaxMailAddress } address && MailAddress.TryCreate(address, out var mail) && string.Equals(mail.Address, address, StringComparison.Ordinal);
    }

    private static string? AsciiDomain(string domain)
    {
        if (System.Text.Ascii.IsValid(domain))
        {
            return domain;
        }

        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static bool IsEndpoint(string text) => IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port > 0;

    public static bool IsHost(string text) =>
        Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var url) && url.HostNameType == UriHostNameType.Dns && url.AbsolutePath == "/" && url.IsDefaultPort
        && url.Host.Contains('.', StringComparison.Ordinal) && string.Equals(url.Host, text, StringComparison.OrdinalIgnoreCase);

    public static bool IsSelector(string text) => new CssSelectorParser().ParseSelector(text) is not null;

    /// <summary>Null unless it is a certificate that may sign others (RFC 5280 section 4.2.1.9); otherwise in PEM with one kind of line end.</summary>
    public static string? ReadAuthority(string text)
    {
        try
        {
            using var certificate = text.Length <= MaxCertificate ? X509Certificate2.CreateFromPem(text) : null;
            var maySign = certificate?.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority) ?? false;
            return maySign ? certificate!.ExportCertificatePem() : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Null unless absolute, http or https, with a host and without user name.</summary>
    public static Uri? ReadUrl(string text) => Read(text) is { Scheme: "http" or "https" } url ? url : null;

    /// <summary>Null unless of a proxy: http, socks5 or socks5h, with host and port and without user name, which belongs into the settings.</summary>
    public static Uri? ReadProxy(string text) => Read(text) is { Scheme: "http" or "socks5" or "socks5h", Port: > 0 } url ? url : null;

    private static Uri? Read(string text) =>
        text.Length <= MaxUrl && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url is { UserInfo.Length: 0, Host.Length: > 0 } ? url : null;
}
