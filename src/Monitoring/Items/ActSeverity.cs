using Monitoring.Violations;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>How much a kind of act matters for review. An update of a matter is as welcome to editors as a lesser act.</summary>
internal static class ActSeverity
{
    public static Severity Of(string code) => ViolationType.Find(code) switch
    {
        null => Severity.Info,
        { Code: ViolationType.Release } => Severity.Medium,
        var type => type.Severity,
    };
}
