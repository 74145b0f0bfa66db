using System.Text.Json.Serialization;

namespace Monitoring.Blocking;

/// <summary>How sure a verdict is.</summary>
public enum Grade
{
    /// <summary>Nothing can be said; never shown as good, left out of percentages.</summary>
    Insufficient,

    /// <summary>Not told to anybody before it repeats.</summary>
    Suspected,

    /// <summary>Told as "signs of blocking".</summary>
    Likely,

    /// <summary>Told as "blocked".</summary>
    Confirmed,
}

/// <summary>What a verdict means for people who want to reach the site.</summary>
public enum Reachability
{
    Reachable,

    /// <summary>Reached, but so slowly that readers leave, from everywhere.</summary>
    Degraded,
    Down,

    /// <summary>Blocked, or throttled, on the way.</summary>
    Blocked,

    /// <summary>The site answers, but not as it answers the control: a refusal, a wrong certificate, another page.</summary>
    Different,

    /// <summary>The vantage is at fault, or nothing can be told.</summary>
    Unknown,
}

/// <param name="Class">Stable name, e.g. <c>blocked.tls_timeout</c>.</param>
/// <param name="Rule">The row of the decision table that decided, e.g. <c>bd-26</c>.</param>
/// <param name="Reasons">What was seen that decided, for people.</param>
/// <param name="Notes">What else is to be known, by stable names: <c>control_refused</c>, <c>dns_tampered</c>, <c>site_gone</c>.</param>
public sealed record Verdict(string Class, Grade Grade, string Rule, IReadOnlyList<Reason> Reasons, IReadOnlyList<string> Notes)
{
    public Verdict(string @class, Grade grade, string rule, IReadOnlyList<Reason> reasons)
        : this(@class, grade, rule, reasons, [])
    {
    }

    public const string Reachable = "reachable";
    public const string VantageFault = "vantage_fault";
    public const string Undecided = "undecided";
    public const string RefusedBySite = "refused_by_site";
    public const string SiteMisconfigured = "site_misconfigured";
    public const string PageChanged = "page_changed";
    public const string BrokenRedirect = "broken_redirect";
    public const string ClockFault = "vantage_fault.clock";
    public const string LocalInterception = "vantage_fault.local_interception";
    public const string DegradedEverywhere = "degraded_everywhere";
    public const string Throttled = "throttled";
    public const string Stalled = "throttled.stall";
    public const string DownPrefix = "down_everywhere.";
    public const string BlockedPrefix = "blocked.";

    /// <summary>The family of pages that somebody put in the site's place.</summary>
    public const string PageFamily = "page";

    /// <summary>The control did not get the page, or was refused it, and the vantage was judged without it.</summary>
    public const string ControlRefused = "control_refused";

    /// <summary>The page is the site's, from an address that the control does not know.</summary>
    public const string DnsTampered = "dns_tampered";

    /// <summary>The domain is the site's no more.</summary>
    public const string SiteGone = "site_gone";

    [JsonIgnore]
    public Reachability Reachability => Class switch
    {
        Reachable => Reachability.Reachable,
        DegradedEverywhere => Reachability.Degraded,
        Throttled or Stalled => Reachability.Blocked,
        Undecided => Reachability.Unknown,
        _ when IsVantageFault => Reachability.Unknown,
        _ when Class.StartsWith(DownPrefix, StringComparison.Ordinal) => Reachability.Down,
        _ when Class.StartsWith(BlockedPrefix, StringComparison.Ordinal) => Reachability.Blocked,
        _ => Reachability.Different,
    };

    /// <summary>The proxy, the canary, the clock, or somebody on the spot.</summary>
    [JsonIgnore]
    public bool IsVantageFault => Class.StartsWith(VantageFault, StringComparison.Ordinal);

    /// <summary>The family of mechanisms, which counts as one through changes of detail: <c>dns</c>, <c>tcp</c>, <c>tls</c>, <c>http</c>, <c>page</c>, <c>throttled</c>; null if nothing is wrong.</summary>
    [JsonIgnore]
    public string? Family => Reachability is not (Reachability.Down or Reachability.Blocked)
        ? null
        : Class[(Class.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
        {
            Throttled or "stall" => Throttled,
            "http_blockpage" or "http_redirect" or "http_451" => PageFamily,
            var detail => detail.Split('_')[0],
        };

    /// <summary>The same verdict, and one reason more.</summary>
    public Verdict With(Reason reason) => this with { Reasons = [.. Reasons, reason] };
}
