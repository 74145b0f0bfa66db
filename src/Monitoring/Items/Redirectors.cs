namespace Monitoring.Items;

/// <summary>Addresses that only lead on to the one they hold (<c>redirectors.csv</c>): click counters of networks, AMP caches. Nothing is fetched.</summary>
public static class Redirectors
{
    /// <summary>A share of a share of a share; more is somebody's game.</summary>
    private const int MostInOneAnother = 3;

    private static readonly Redirector[] All = [.. DataFile.Rows(typeof(Redirectors), "redirectors.csv").Select(row => new Redirector(row[0], row[1], row[2]))];

    /// <summary>The address that is meant, or the given one. Only to be compared: what is fetched is what the source gave.</summary>
    public static Uri Unwrap(Uri link)
    {
        for (var i = 0; i < MostInOneAnother && Inner(link) is { } inner; i++)
        {
            link = inner;
        }

        return link;
    }

    private static Uri? Inner(Uri link)
    {
        var host = CanonicalLink.HostOf(link);
        return All.Where(redirector => redirector.IsAt(host)).Select(redirector => redirector.Inner(link)).FirstOrDefault(inner => inner is not null);
    }

    private sealed record Redirector(string Host, string Path, string Parameter)
    {
        public bool IsAt(string host) => Host switch
        {
            ['*', '.', ..] => host.EndsWith(Host[1..], StringComparison.Ordinal),
            [.., '.', '*'] => host.StartsWith(Host[..^1], StringComparison.Ordinal) && host[(Host.Length - 1)..].Split('.') is [_] or ["co" or "com", { Length: 2 }],
            _ => host == Host,
        };

        public Uri? Inner(Uri link) => Parameter.Length > 0
            ? link.AbsolutePath == Path && ValueOf(link.Query) is { } value ? Absolute(Uri.UnescapeDataString(value)) : null
            : link.AbsolutePath.StartsWith(Path, StringComparison.Ordinal) ? Absolute($"https://{link.PathAndQuery[Path.Length..]}") : null;

        private string? ValueOf(string query) => query.TrimStart('?').Split('&')
            .Where(parameter => parameter.StartsWith(Parameter + "=", StringComparison.Ordinal)).Select(parameter => parameter[(Parameter.Length + 1)..]).FirstOrDefault();

        private static Uri? Absolute(string address) =>
            Uri.TryCreate(address, UriKind.Absolute, out var inner) && inner.Scheme is "http" or "https" && inner.Host.Contains('.', StringComparison.Ordinal) ? inner : null;
    }
}
