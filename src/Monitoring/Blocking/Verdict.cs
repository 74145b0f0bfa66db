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
    Down,
    Blocked,

    /// <summary>The site answers, but not as it answers the control: a refusal, a wrong certificate, another page.</summary>
    Different,

    /// <summary>The vantage is at fault, or nothing can be told.</summary>
    Unknown,
}

/// <param name="Class">Stable name, e.g. <c>blocked.tls_timeout</c>.</param>
/// <param name="Rule">The row of the decision table that decided, e.g. <c>bd-26</c>.</param>
/// <param name="Reasons">What was seen that decided, for people.</param>
public sealed record Verdict(string Class, Grade Grade, string Rule, IReadOnlyList<Reason> Reasons)
{
    public const string Reachable = "reachable";
    public const string VantageFault = "vantage_fault";
    public const string Undecided = "undecided";
    public const string RefusedBySite = "refused_by_site";
    public const string SiteMisconfigured = "site_misconfigured";
    public const string PageChanged = "page_changed";
    public const string BrokenRedirect = "broken_redirect";
    public const string DownPrefix = "down_everywhere.";
    public const string BlockedPrefix = "blocked.";

    [JsonIgnore]
    public Reachability Reachability => Class switch
    {
        Reachable => Reachability.Reachable,
        VantageFault or Undecided => Reachability.Unknown,
        _ when Class.StartsWith(DownPrefix, StringComparison.Ordinal) => Reachability.Down,
        _ when Class.StartsWith(BlockedPrefix, StringComparison.Ordinal) => Reachability.Blocked,
        _ => Reachability.Different,
    };

    /// <summary>The family of mechanisms, which counts as one through changes of detail: <c>dns</c>, <c>tcp</c>, <c>tls</c>, <c>http</c>, <c>page</c>; null if nothing is wrong.</summary>
    [JsonIgnore]
    public string? Family => Reachability is not (Reachability.Down or Reachability.Blocked)
        ? null
        : Class[(Class.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
        {
            "http_blockpage" or "http_redirect" or "http_451" => "page",
            var detail => detail.Split('_')[0],
        };
}
