using System.Buffers;
using System.Text;

namespace Monitoring.Items;

/// <summary>
/// What two links to the same page have in common. In this order: redirectors are unwrapped (<see cref="Redirectors"/>); scheme, <c>www.</c>, default port
/// and fragment go (<c>#!</c> stays: it names a page); the host is in lower case and ASCII; what is percent-encoded is decoded, old windows-1251 too, and
/// encoded again in one way; a slash at the end goes; tracking parameters go (<c>tracking.csv</c>), the others are sorted. Unknown parameters stay: many
/// sites tell their articles apart by them. To be compared and hashed, never to be fetched.
/// </summary>
public static class CanonicalLink
{
    private static readonly HashSet<string> Names = new(Rows("name"), StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> OwnHost = new(Rows("own-host"), StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Prefixes = [.. Rows("prefix")];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    /// <summary>RFC 3986, 2.3.</summary>
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static readonly Encoding Cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;

    /// <param name="link">Absolute.</param>
    /// <returns>E.g. <c>orda.kz/news/1?page=2</c>; of what is no web address, the address.</returns>
    public static string Of(Uri link)
    {
        var page = Redirectors.Unwrap(link);
        if (page.Scheme is not ("http" or "https"))
        {
            return page.AbsoluteUri;
        }

        var host = HostOf(page);
        var path = string.Join('/', page.AbsolutePath.Split('/').Select(part => Recoded(part)));
        var parameters = page.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split('=', 2))
            .Where(parameter => !IsTracking(parameter[0], parameter is [_, var value] ? value : "", host))
            .Select(parameter => string.Join('=', parameter.Select(part => Recoded(part.Replace("+", "%20", StringComparison.Ordinal)))))
            .Order(StringComparer.Ordinal);
        var query = string.Join('&', parameters);
        var hashBang = page.Fragment.StartsWith("#!", StringComparison.Ordinal) ? page.Fragment : "";
        return $"{host}{(page.IsDefaultPort ? "" : $":{page.Port}")}{path.TrimEnd('/')}{(query.Length > 0 ? "?" + query : "")}{hashBang}";
    }

    /// <summary>In ASCII and lower case, without <c>www.</c> and a dot at the end.</summary>
    internal static string HostOf(Uri link)
    {
        var host = link.IdnHost.ToLowerInvariant().TrimEnd('.');
        return host.StartsWith("www.", StringComparison.Ordinal) ? host["www.".Length..] : host;
    }

    private static bool IsTracking(string name, string value, string host) =>
        Names.Contains(name) || (OwnHost.Contains(name) && (value == host || value == "www." + host))
        || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>What does not have to be encoded is not, and the rest is in UTF-8.</summary>
    private static string Recoded(string part)
    {
        if (!part.AsSpan().ContainsAnyExcept(Unreserved))
        {
            return part;
        }

        // Byte for byte, so that what is not UTF-8 can be seen.
        var bytes = Encoding.Latin1.GetBytes(Unescaped(part));
        try
        {
            return Uri.EscapeDataString(Utf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return Uri.EscapeDataString(Cyrillic.GetString(bytes));
        }
    }

    /// <summary>A character for each byte; a percent sign that begins no byte stands for itself.</summary>
    private static string Unescaped(string part)
    {
        var text = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            if (Uri.IsHexEncoding(part, i))
            {
                text.Append(Uri.HexUnescape(part, ref i));
                i--;
            }
            else
            {
                text.Append(part[i]);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Rows(string kind) => DataFile.Rows(typeof(CanonicalLink), "tracking.csv").Where(row => row[0] == kind).Select(row => row[1]);
}
