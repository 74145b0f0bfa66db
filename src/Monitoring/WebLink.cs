namespace Monitoring;

/// <summary>Links as sources and servers write them.</summary>
internal static class WebLink
{
    /// <summary>The link made absolute. Null for what is no address of the web: another scheme, or a host that no resolver could be asked for.</summary>
    public static Uri? Resolve(Uri baseUrl, string? text) =>
        !string.IsNullOrWhiteSpace(text) && Uri.TryCreate(baseUrl, text.Trim(), out var url) && url.Scheme is "http" or "https" && HasAsciiHost(url) ? url : null;

    /// <summary>Some hosts are accepted in an address and then have no ASCII form: <c>http://xn--й.kz/</c> throws when it is asked for.</summary>
    public static bool HasAsciiHost(Uri url)
    {
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
