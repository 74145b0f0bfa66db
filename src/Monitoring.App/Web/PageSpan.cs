using Monitoring.Availability.Reports;

namespace Monitoring.App.Web;

/// <summary>How far back a site page looks.</summary>
/// <param name="Key">As in the address: <c>?span=7d</c>.</param>
/// <param name="Words">As people say it: "7 days".</param>
/// <param name="Bar">The time that a bar stands for.</param>
public sealed record PageSpan(string Key, string Words, TimeSpan Length, TimeSpan Bar)
{
    public static IReadOnlyList<PageSpan> All { get; } =
    [
        new("24h", "24 hours", TimeSpan.FromDays(1), TimeSpan.FromMinutes(15)),
        new("7d", "7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(2)),
        new("30d", "30 days", TimeSpan.FromDays(30), TimeSpan.FromDays(1)),
        new("1y", "52 weeks", TimeSpan.FromDays(364), TimeSpan.FromDays(7)),
    ];

    /// <summary>Longer spans are made of the sums of days, shorter ones of single checks.</summary>
    public bool IsOfDays => Bar >= TimeSpan.FromDays(1);

    /// <summary>The first where the address says nothing that is known.</summary>
    public static PageSpan Of(string? key) => All.FirstOrDefault(span => span.Key == key) ?? All[0];

    /// <summary>The days of it, of which the last is today.</summary>
    public ReportPeriod Days(DateTimeOffset now) => ReportPeriod.UpTo(CheckDay.Of(now), (int)Length.TotalDays);
}
