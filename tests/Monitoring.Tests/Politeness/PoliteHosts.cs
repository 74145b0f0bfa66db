using System.Globalization;

namespace Monitoring.Tests.Politeness;

/// <param name="Number">Of the requests for this path, from 0.</param>
/// <param name="Since">The start of the day.</param>
/// <param name="Now">Since the start of the day.</param>
internal readonly record struct Asked(string Path, int Number, DateTimeOffset Since, TimeSpan Now);

/// <param name="Items">How many items the feed has brought so far; null: an empty body.</param>
/// <param name="Header">One line, if any; <c>{0}</c> stands for the number of items, <c>{1}</c> for the date of the newest.</param>
internal readonly record struct Told(int Status, int? Items = null, string? Header = null);

/// <summary>Servers that behave alike.</summary>
/// <param name="Hosts">How many there are.</param>
/// <param name="Feeds">Of each host.</param>
/// <param name="Takes">From question to answer.</param>
/// <param name="Visits">How many visits of one feed a day may see: so many the schedule and the server's wishes leave at least and at most.</param>
internal sealed record PoliteKind(string Name, int Hosts, int Feeds, TimeSpan Takes, (int Least, int Most) Visits, Func<Asked, Told> Answer);

/// <summary>Sixty servers of all kinds.</summary>
internal static class PoliteHosts
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The bounds follow from the defaults: 15 min to begin with, at least 5 min, at most an hour in the first days, a tenth of chance, half a minute until the
    /// knock, doubling after failures (soft ones half) up to a day.
    /// </summary>
    public static IReadOnlyList<PoliteKind> All { get; } =
    [
        new("quick", 8, 1, Soon, (21, 289), asked => new(200, Brought(asked, TimeSpan.FromMinutes(20)))),
        new("quiet", 8, 1, Soon, (21, 97), asked => new(200, Brought(asked, TimeSpan.FromDays(2)))),
        new("ETag", 8, 1, Soon, (21, 289), asked => new(200, Brought(asked, TimeSpan.FromHours(3)), "ETag: W/\"{0}, a\"")),
        new("Last-Modified", 6, 1, Soon, (21, 289), asked => new(200, Brought(asked, TimeSpan.FromHours(3)), "Last-Modified: {1}")),
        new("ttl 60", 4, 1, Soon, (21, 25), asked => new(200, Brought(asked, TimeSpan.FromMinutes(20)))),
        new("max-age 1 h", 4, 1, Soon, (21, 25), asked => new(200, Brought(asked, TimeSpan.FromMinutes(20)), "Cache-Control: public, max-age=3600")),
        new("429, seconds", 4, 1, Soon, (12, 60), asked => asked.Number % 3 == 2 ? new(429, Header: "Retry-After: 5400") : new(200, Brought(asked, TimeSpan.FromMinutes(20)))),
        new("503, date", 3, 1, Soon, (8, 40), asked => asked.Number % 3 == 2 ? new(503, Header: $"Retry-After: {Date(asked, TimeSpan.FromHours(2))}") : new(200, Brought(asked, TimeSpan.FromMinutes(20)))),
        new("500", 3, 1, Soon, (6, 16), _ => new(500)),
        new("410", 2, 1, Soon, (1, 2), _ => new(410)),
        new("moved", 3, 1, Soon, (21, 289), asked => asked.Path.StartsWith("/now/", StringComparison.Ordinal)
            ? new(200, Brought(asked, TimeSpan.FromMinutes(20)), "ETag: \"{0}\"") : new(301, Header: $"Location: /now{asked.Path}")),
        new("slow", 3, 1, TimeSpan.FromSeconds(45), (21, 289), asked => new(200, Brought(asked, TimeSpan.FromMinutes(20)))),
        new("silent", 1, 1, TimeSpan.FromHours(48), (5, 16), _ => new(200)),
        new("two feeds", 2, 2, Soon, (21, 289), asked => new(200, Brought(asked, TimeSpan.FromMinutes(20)))),
        new("ten feeds", 1, 10, TimeSpan.FromSeconds(3), (21, 289), asked => new(200, Brought(asked, TimeSpan.FromMinutes(20)), "ETag: \"{0}\"")),
    ];

    private static int Brought(Asked asked, TimeSpan every) => 3 + (int)(asked.Now / every);

    private static string Date(Asked asked, TimeSpan wait) => (asked.Since + asked.Now + wait).ToString("R", CultureInfo.InvariantCulture);
}
