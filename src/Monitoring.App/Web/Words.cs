using System.Globalization;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Availability.Ooni;
using Monitoring.Availability.Reports;
using Monitoring.Availability.Summaries;
using Monitoring.Blocking;
using Monitoring.Items;
using Monitoring.Items.Stories;
using Monitoring.Names;
using Monitoring.Violations;
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
        Reachability.Blocked when verdict.Family == Verdict.Throttled => ("attention", "Throttled"),
        Reachability.Blocked when verdict.Grade is Grade.Confirmed => ("bad", $"Blocked: {Detail(verdict.Class)}"),
        Reachability.Blocked => ("attention", $"Signs of blocking: {Detail(verdict.Class)}"),
        Reachability.Unknown when verdict.IsVantageFault => ("unknown", "Vantage at fault"),
        Reachability.Unknown => ("unknown", "Cannot tell"),
        Reachability.Degraded => ("attention", "Slow everywhere"),
        _ => ("attention", verdict.Class switch
        {
            var refused when refused.StartsWith(Verdict.RefusedBySite, StringComparison.Ordinal) => "Refused by the site",
            Verdict.SiteMisconfigured => "Site misconfigured",
            Verdict.PageChanged => "Another page",
            _ => "Broken redirect",
        }),
    };

    /// <summary>Of all vantages together, with the counts: <c>Partially blocked: 1 of 4 networks (AS9198)</c>.</summary>
    public static (string Kind, string Word) Of(SiteSummary summary)
    {
        var counts = string.Create(CultureInfo.InvariantCulture, $"{summary.Affected} of {summary.Of} networks");
        var names = summary.Networks.Count > 0 ? $" ({string.Join(", ", summary.Networks)})" : "";
        return summary.Verdict switch
        {
            SiteVerdict.DownEverywhere => ("bad", $"Down everywhere: {counts}"),
            SiteVerdict.BlockedInCountry => ("bad", $"Blocked in {summary.Country}: {counts}{names}"),
            SiteVerdict.PartiallyBlocked => ("attention", $"Partially blocked: {counts}{names}"),
            SiteVerdict.BlockedOnNetwork => ("attention", $"Blocked on {summary.Networks[0]}: {counts}"),
            SiteVerdict.Intermittent => ("attention", $"Intermittent: {counts}"),
            SiteVerdict.Maintenance => ("unknown", $"Maintenance: trouble from {counts}"),
            SiteVerdict.Reachable when summary.Of > 0 => ("good", $"Reachable: {counts}"),
            SiteVerdict.Reachable => ("good", "Reachable directly"),
            _ => ("unknown", $"Undecided: reached from {counts}"),
        };
    }

    public static string Of(Phase phase) => phase switch
    {
        Phase.Dns => "DNS",
        Phase.Connect => "Connect",
        Phase.Tls => "TLS",
        Phase.FirstByte => "First byte",
        _ => "Whole check",
    };

    public static string Of(PeriodProblem problem) => problem switch
    {
        PeriodProblem.FromIsNoDate => "The first day is no date. Write it as 2026-10-01.",
        PeriodProblem.ToIsNoDate => "The last day is no date. Write it as 2026-10-31.",
        PeriodProblem.EndsBeforeItBegins => "The last day is before the first one.",
        PeriodProblem.NotYet => "The first day is after today (UTC): nothing is known of it.",
        _ => $"The period is too long: at most {ReportPeriod.MostDays} days can be reported at once.",
    };

    /// <summary>Rounded down, so that only all is 100 %.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(share * 10_000, 6)) / 100:0.##} %");

    /// <summary><c>1,234 min</c>, rounded up: a second of trouble is not none.</summary>
    public static string Minutes(TimeSpan length) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(length.TotalMinutes):#,0} min");

    /// <summary><c>blocked: TLS 30 min, down: TCP 5 min</c>.</summary>
    public static string TroubleOf(CheckTotals totals) => string.Join(", ", totals.Trouble.Select(pair => $"{Mechanism(pair.Key)} {Minutes(pair.Value)}"));

    private static string Mechanism(string mechanism) => mechanism.Split('.') is [var how, var family] ? $"{how}: {Detail(family)}" : mechanism;

    public static string Of(ContrastKind contrast) => contrast switch
    {
        ContrastKind.NeutralServerName => "harmless name in the handshake",
        ContrastKind.SameServerNameElsewhere => "the site's name in a handshake elsewhere",
        ContrastKind.NeutralHost => "harmless host in the request",
        _ => "as long a transfer of the canary",
    };

    public static (string Kind, string Word) Of(OoniSign sign) => sign switch
    {
        OoniSign.Likely => ("attention", "Likely blocked"),
        OoniSign.NoSign => ("good", "No sign of blocking"),
        OoniSign.Instrument => ("unknown", "Trouble in many countries"),
        _ => ("unknown", "Not enough measurements"),
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

    public static string Of(MemberRole role) => role switch
    {
        MemberRole.Original => "Original",
        MemberRole.Reprint => "Reprint",
        _ => "Own telling",
    };

    /// <summary><c>told by 4 items, 2 independent sources</c>.</summary>
    public static string ToldBy(Story story)
    {
        var (items, independent) = (story.Members.Count, story.Independent);
        return string.Create(CultureInfo.InvariantCulture, $"told by {items} {(items == 1 ? "item" : "items")}, {independent} independent {(independent == 1 ? "source" : "sources")}");
    }

    public static (string Kind, string Word) Of(Band band) => band switch
    {
        Band.Certain => ("good", "Certain"),
        Band.Probable => ("attention", "Probable"),
        _ => ("unknown", "Candidate"),
    };

    /// <summary>A listed name or topic as it is called, an act by its label.</summary>
    public static string NameOf(FlagSubject subject) => NameOf(subject.Kind, subject.Id, subject.Name);

    public static string NameOf(Finding finding) => NameOf(finding.Kind, finding.SubjectId, finding.Name);

    /// <summary>Of an act, how the text tells it and how sure it is; empty for everything else.</summary>
    public static string ActOf(Finding finding) =>
        finding.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $", {status.ToString().ToLowerInvariant()}{By(finding.Actor)}, score {finding.Score}") : "";

    private static string By(ActorKind? actor) => actor switch
    {
        null => "",
        ActorKind.Police => ", beside it: police or security",
        ActorKind.Court => ", beside it: a court",
        ActorKind.Authority => ", beside it: an authority",
        ActorKind.Private => ", beside it: a company or private person",
        _ => ", beside it: unknown persons",
    };

    private static string NameOf(FindingKind kind, string id, string name) =>
        kind is FindingKind.Violation && ViolationType.Find(id) is { } type ? Texts.English.Say(Reason.Of(type.Label)) : name;

    public static (string Kind, string Word) Of(MailState state) => state switch
    {
        MailState.Sent => ("good", "Sent"),
        MailState.Failed => ("bad", "Failed"),
        MailState.Sending => ("attention", "Being sent"),
        MailState.Unknown => ("unknown", "Not known"),
        MailState.Withdrawn => ("good", "Withdrawn"),
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
