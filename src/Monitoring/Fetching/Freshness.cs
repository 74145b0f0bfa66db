using System.Globalization;
using Monitoring.Evidence;

namespace Monitoring.Fetching;

/// <summary>How long a server calls its answer fresh (RFC 9111 section 4.2): asking again before that is a waste for both.</summary>
public static class Freshness
{
    /// <summary>Longer ones are cut to this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What is left of the answer's time: max-age, or Expires minus Date, less Age. Null: it says nothing, says no-cache, or the time is over.</summary>
    public static TimeSpan? Of(HttpExchange exchange)
    {
        var directives = Directives(exchange);
        if (directives.Any(directive => directive is "no-cache" or "no-store"))
        {
            return null;
        }

        var maxAge = Array.Find(directives, directive => directive.StartsWith("max-age", StringComparison.Ordinal));
        var lifetime = maxAge is null ? Date(exchange.Header("Expires")) - (Date(exchange.Header("Date")) ?? exchange.At) : Seconds(maxAge.AsSpan(maxAge.IndexOf('=', StringComparison.Ordinal) + 1).Trim(" \""));
        var left = lifetime - (Seconds(exchange.Header("Age")) ?? TimeSpan.Zero);
        return left > Longest ? Longest : left > TimeSpan.Zero ? left : null;
    }

    private static string[] Directives(HttpExchange exchange) =>
        (exchange.Header("Cache-Control") ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static TimeSpan? Seconds(ReadOnlySpan<char> text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
