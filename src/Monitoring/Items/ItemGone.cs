using System.Globalization;

namespace Monitoring.Items;

/// <summary>The outlet took an article away: that is an event, whatever it says of the reasons.</summary>
/// <param name="Since">When it was first not there.</param>
/// <param name="Confirmed">When that was found again, at least a day later, while the site answered otherwise.</param>
/// <param name="How">As <see cref="GoneSign.How"/>.</param>
/// <param name="Captures">Both answers.</param>
/// <param name="BackAt">When it was there again; null: it is not.</param>
public sealed record ItemGone(DateTimeOffset Since, DateTimeOffset Confirmed, string How, IReadOnlyList<string> Captures, DateTimeOffset? BackAt)
{
    /// <summary>For flag and pages.</summary>
    public Reason Reason => BackAt is { } back ? Reason.Of("reason.back", Day(Since), Day(back)) : Reason.Of("reason.gone", How, Day(Since), Day(Confirmed));

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
