using Monitoring.Availability;
using Monitoring.Blocking;

namespace Monitoring.App.Web;

/// <summary>One bar of a strip.</summary>
/// <param name="Worst">The gravest verdict in it; null if nothing was measured, which is drawn as a gap.</param>
/// <param name="Longest">The slowest check, in milliseconds.</param>
internal sealed record StripBar(DateTimeOffset From, string? Worst, int Checks, int Longest);

/// <summary>Packs checks into bars.</summary>
internal static class Strip
{
    /// <summary>The bars of the span, the last one ending after <paramref name="now"/>.</summary>
    public static IReadOnlyList<StripBar> Of(IReadOnlyList<CheckFact> facts, PageSpan span, DateTimeOffset now)
    {
        var end = new DateTimeOffset(now.UtcTicks - now.UtcTicks % span.Bar.Ticks, TimeSpan.Zero) + span.Bar;
        var count = (int)(span.Length / span.Bar);
        var byBar = facts.ToLookup(fact => (int)((end - fact.At) / span.Bar));
        return [.. Enumerable.Range(0, count).Select(i => Bar(end - span.Bar * (count - i), [.. byBar[count - 1 - i]]))];
    }

    /// <summary>How grave a class is, for choosing the one a bar shows. A check that told nothing takes nothing from one that did.</summary>
    public static int Gravity(string verdictClass) => new Verdict(verdictClass, Grade.Likely, "", []).Reachability switch
    {
        Reachability.Blocked => 4,
        Reachability.Down => 3,
        Reachability.Different => 2,
        Reachability.Unknown => 0,
        _ => 1,
    };

    private static StripBar Bar(DateTimeOffset from, IReadOnlyList<CheckFact> facts) =>
        facts.Count == 0 ? new StripBar(from, Worst: null, 0, 0) : new StripBar(from, facts.MaxBy(fact => Gravity(fact.Class))!.Class, facts.Count, facts.Max(fact => fact.Milliseconds));
}
