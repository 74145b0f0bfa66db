using System.Text;

namespace Monitoring;

/// <summary>Links as sources and servers write them.</summary>
internal static class WebLink
{
    /// <summary>A longer one leads nowhere, and many links on one long base would fill the memory.</summary>
    private const int Longest = 2000;

    /// <summary>The link made absolute. Null for what is no address of the web: another scheme, a host that no resolver could be asked for, or more than 2,000 characters.</summary>
    public static Uri? Resolve(Uri baseUrl, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        text = text.Trim();
        var isAbsolute = text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);
        return (isAbsolute ? Uri.TryCreate(text, UriKind.Absolute, out var url) : Uri.TryCreate(baseUrl, text, out url)) && url.Scheme is "http" or "https"
            && url.OriginalString.Length <= Longest && HasAsciiHost(url) ? url : null;
    }

    /// <summary>Some hosts are accepted in an address and then have no ASCII form: <c>http://xn--й.kz/</c> throws when it is asked for.</summary>
    public static bool HasAsciiHost(Uri url)
    {
        // To ask for the host costs more than all else here.
        if (Ascii.IsValid(url.OriginalString) && !url.OriginalString.Contains("xn--", StringComparison.OrdinalIgnoreCase) && !url.OriginalString.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        try
        {
            return url.IdnHost is not null;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
