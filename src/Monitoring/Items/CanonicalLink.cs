namespace Monitoring.Items;

/// <summary>A link with what does not change the page taken away: fragment, default port, tracking parameters (<c>tracking.csv</c>). Unknown parameters stay.</summary>
public static class CanonicalLink
{
    private static readonly HashSet<string> Names = new(Rows("name"), StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Prefixes = [.. Rows("prefix")];

    /// <summary>Absolute, in ASCII (IDN as punycode), parameters in the order given.</summary>
    public static string Of(Uri link)
    {
        var authority = link.IsDefaultPort ? link.IdnHost : $"{link.IdnHost}:{link.Port}";
        var kept = link.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(parameter => !IsTracking(parameter));
        var query = string.Join('&', kept);
        return $"{link.Scheme}://{authority.ToLowerInvariant()}{link.AbsolutePath}{(query.Length > 0 ? "?" + query : "")}";
    }

    private static bool IsTracking(string parameter)
    {
        var name = parameter.Split('=')[0];
        return Names.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Rows(string kind) => DataFile.Rows(typeof(CanonicalLink), "tracking.csv").Where(row => row[0] == kind).Select(row => row[1]);
}
