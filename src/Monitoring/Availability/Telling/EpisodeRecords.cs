using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Availability.Summaries;
using Monitoring.Blocking;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.Availability.Telling;

/// <summary>What is said about an episode. Pure. "Blocked" only where confirmed; until then signs of blocking.</summary>
internal static class EpisodeRecords
{
    public static AlertRecord Opened(Episode episode, int checks, TellingContext context) => Trouble(episode, "opened", Fact(episode, context), context, Checks(checks));

    public static AlertRecord Changed(Episode episode, EpisodeChange.Changed changed, TellingContext context) =>
        Trouble(episode, "changed-" + episode.Verdict.Family, Fact(episode, context), context, Checks(changed.Checks));

    public static AlertRecord Reminder(Episode episode, int number, TellingContext context)
    {
        var open = Reason.Duration(context.At - episode.Opened);
        var fact = episode switch
        {
            { Verdict.Reachability: Reachability.Down } => Reason.Of("fact.still_down", context.Site.Name, Mechanism(episode), open),
            { Grade: Grade.Confirmed } => Reason.Of("fact.still_blocked", context.Site.Name, NetworkOf(context), Mechanism(episode), open),
            _ => Reason.Of("fact.still_signs", context.Site.Name, NetworkOf(context), Mechanism(episode), open),
        };
        return Trouble(episode, string.Create(CultureInfo.InvariantCulture, $"reminder-{number}"), fact, context) with { At = context.At };
    }

    public static AlertRecord Closed(Episode episode, TellingContext context)
    {
        var end = episode.Closed!.Value;
        var fact = Reason.Of("fact.reachable", context.Site.Name, NetworkOf(context), Reason.Duration(end - episode.Opened));
        return Record($"{MatterOf(episode)}.closed", fact, context) with { Matter = MatterOf(episode), Kind = AlertKind.SiteRecovered, Severity = Severity.Info, At = end, Reasons = Why(episode) };
    }

    public static AlertRecord Intermittent(Flapping flapping, TellingContext context) =>
        Record($"intermittent.{context.Site.Id}.{context.Vantage.Id}.{Keys.Time(flapping.Since!.Value)}", Reason.Of("fact.intermittent", context.Site.Name, NetworkOf(context)), context) with
        {
            Reasons = [Reason.Of("reason.turns", flapping.Turns.Count.ToString(CultureInfo.InvariantCulture)), Reason.Of("reason.quiet_until_steady")],
        };

    private static AlertRecord Trouble(Episode episode, string what, Reason fact, TellingContext context, params ReadOnlySpan<Reason> further) =>
        Record($"{MatterOf(episode)}.{what}", fact, context) with
        {
            Matter = MatterOf(episode),
            Severity = context.Summary is { Verdict: SiteVerdict.BlockedInCountry } ? Severity.Critical : episode.Verdict.Reachability is Reachability.Down ? Severity.Medium : Severity.High,
            At = episode.Opened,
            Reasons = [.. Why(episode), .. further, .. context.Summary?.Reasons ?? []],
        };

    private static string MatterOf(Episode episode) => $"episode.{episode.SiteId}.{episode.Id}";

    private static AlertRecord Record(string key, Reason fact, TellingContext context) => new()
    {
        Key = key,
        Kind = AlertKind.SiteTrouble,
        Severity = Severity.Medium,
        Country = context.Site.Country,
        At = context.At,
        Subjects = SubjectsOf(context.Site),
        Mute = $"site.{context.Site.Id}",
        Fact = fact,
        Outlet = context.Site.Outlet,
        Link = context.Site.Url,
        Page = $"availability/{context.Site.Id}",
    };

    public static IReadOnlyList<string> SubjectsOf(Site site) => [site.Id, site.Name, .. site.Outlet is { } outlet ? new[] { outlet } : []];

    private static Reason Fact(Episode episode, TellingContext context) => episode switch
    {
        { Verdict.Reachability: Reachability.Down } => Reason.Of("fact.down", context.Site.Name, Mechanism(episode)),
        { Grade: Grade.Confirmed } => Reason.Of("fact.blocked", context.Site.Name, NetworkOf(context), Mechanism(episode)),
        _ => Reason.Of("fact.signs", context.Site.Name, NetworkOf(context), Mechanism(episode)),
    };

    private static Reason Checks(int checks) => Reason.Of("reason.checks", checks.ToString(CultureInfo.InvariantCulture));

    private static Reason[] Why(Episode episode) => [.. episode.Verdict.Reasons, Reason.Of("reason.rule", episode.Verdict.Rule)];

    private static string Mechanism(Episode episode) => "@mechanism." + episode.Verdict.Family;

    private static string NetworkOf(TellingContext context) => context.Vantage.Network ?? context.Vantage.Name;
}
