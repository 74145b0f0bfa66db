using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>Tells about episodes: opened, changed, closed. "Blocked" only where confirmed; until then signs of blocking.</summary>
public sealed class EpisodeAlerts(AlertRouter router)
{
    public Task TellAsync(EpisodeChange change, Episode episode, Site site, Vantage vantage, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken) =>
        router.TellAsync(Record(change, episode, site, vantage), recipients, cancellationToken);

    private static AlertRecord Record(EpisodeChange change, Episode episode, Site site, Vantage vantage)
    {
        var isClosed = change is EpisodeChange.Closed;
        return new AlertRecord
        {
            Key = $"episode.{episode.SiteId}.{episode.Id}.{What(change, episode)}",
            Kind = isClosed ? AlertKind.SiteRecovered : AlertKind.SiteTrouble,
            Severity = isClosed ? Severity.Info : episode.Verdict.Reachability is Reachability.Blocked ? Severity.High : Severity.Medium,
            Country = site.Country,
            At = isClosed ? episode.Closed!.Value : episode.Opened,
            Subjects = [site.Id, site.Name, .. site.Outlet is { } outlet ? new[] { outlet } : []],
            Fact = Fact(isClosed, episode, site, vantage.Network ?? vantage.Name),
            Outlet = site.Outlet,
            Link = site.Url,
            Reasons = [.. episode.Verdict.Reasons, Reason.Of("reason.rule", episode.Verdict.Rule), .. Checks(change)],
            Page = $"availability/{site.Id}",
        };
    }

    private static string What(EpisodeChange change, Episode episode) => change switch
    {
        EpisodeChange.Opened => "opened",
        EpisodeChange.Changed => "changed-" + episode.Verdict.Family,
        _ => "closed",
    };

    private static Reason Fact(bool isClosed, Episode episode, Site site, string network) => (isClosed, episode.Verdict.Reachability) switch
    {
        (true, _) => Reason.Of("fact.reachable", site.Name, network, Reason.Duration(episode.Closed!.Value - episode.Opened)),
        (_, Reachability.Down) => Reason.Of("fact.down", site.Name, "@mechanism." + episode.Verdict.Family),
        _ => Reason.Of(episode.Grade is Grade.Confirmed ? "fact.blocked" : "fact.signs", site.Name, network, "@mechanism." + episode.Verdict.Family),
    };

    private static Reason[] Checks(EpisodeChange change) => change switch
    {
        EpisodeChange.Opened opened => [Reason.Of("reason.checks", opened.Checks.ToString(CultureInfo.InvariantCulture))],
        EpisodeChange.Changed changed => [Reason.Of("reason.checks", changed.Checks.ToString(CultureInfo.InvariantCulture))],
        _ => [],
    };
}
