using Monitoring.Alerts.Delivery;
using Monitoring.Blocking;
using Monitoring.Items;
using Monitoring.Names;
using Monitoring.Watchlist;

namespace Monitoring.App.Web;

/// <summary>How states are called on pages, and which of the four kinds of state each is.</summary>
internal static class Words
{
    public static (string Kind, string Word) Of(Verdict? verdict) => verdict?.Reachability switch
    {
        null => ("unknown", "Not measured"),
        Reachability.Reachable => ("good", "Reachable"),
        Reachability.Down => ("bad", $"Down: {Detail(verdict.Class)}"),
        Reachability.Blocked when verdict.Grade is Grade.Confirmed => ("bad", $"Blocked: {Detail(verdict.Class)}"),
        Reachability.Blocked => ("attention", $"Signs of blocking: {Detail(verdict.Class)}"),
        Reachability.Unknown when verdict.Class == Verdict.VantageFault => ("unknown", "Vantage at fault"),
        Reachability.Unknown => ("unknown", "Cannot tell"),
        _ => ("attention", verdict.Class switch
        {
            Verdict.RefusedBySite => "Refused by the site",
            Verdict.SiteMisconfigured => "Site misconfigured",
            Verdict.PageChanged => "Another page",
            _ => "Broken redirect",
        }),
    };

    public static (string Kind, string Word) Of(Severity severity) => severity switch
    {
        Severity.Critical => ("bad", "Critical"),
        Severity.High => ("bad", "High"),
        Severity.Medium => ("attention", "Medium"),
        _ => ("unknown", "Info"),
    };

    public static (string Kind, string Word) Of(FlagState state) => state switch
    {
        FlagState.Confirmed => ("good", "Confirmed"),
        FlagState.Dismissed => ("unknown", "Dismissed"),
        _ => ("attention", "Waits for review"),
    };

    public static (string Kind, string Word) Of(Band band) => band switch
    {
        Band.Certain => ("good", "Certain"),
        Band.Probable => ("attention", "Probable"),
        _ => ("unknown", "Candidate"),
    };

    public static (string Kind, string Word) Of(MailState state) => state switch
    {
        MailState.Sent => ("good", "Sent"),
        MailState.Failed => ("bad", "Failed"),
        MailState.Sending => ("attention", "Being sent"),
        _ => ("attention", "Waiting"),
    };

    /// <summary><c>blocked.tls_timeout</c> is "TLS timeout".</summary>
    public static string Detail(string verdictClass)
    {
        var detail = verdictClass[(verdictClass.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return detail switch
        {
            "dns" or "tcp" or "tls" or "http" => detail.ToUpperInvariant(),
            "http_blockpage" => "block page",
            "http_redirect" => "redirect elsewhere",
            "tls_mitm" => "foreign certificate",
            _ when detail.Split('_') is [var layer, var how] => $"{layer.ToUpperInvariant()} {how}",
            _ => detail,
        };
    }
}
