using System.Globalization;
using System.Text.RegularExpressions;
using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Availability.Summaries;

/// <summary>What all vantages of a site say together.</summary>
public enum SiteVerdict
{
    /// <summary>Too little is known, or what is known disagrees.</summary>
    Undecided,

    Reachable,

    /// <summary>Its owners said that they work on it now.</summary>
    Maintenance,

    /// <summary>To and fro (<see cref="Telling.Flapping"/>).</summary>
    Intermittent,

    /// <summary>Blocked in one network, and no other one was looked from.</summary>
    BlockedOnNetwork,

    /// <summary>Blocked in some networks, not proven for the country.</summary>
    PartiallyBlocked,

    BlockedInCountry,

    DownEverywhere,
}

/// <param name="Affected">Networks the verdict is about: blocked ones, down ones; of a reachable site those it is reached from.</param>
/// <param name="Of">Networks that told anything lately.</param>
/// <param name="Country">Where; null if the vantages do not say, or it is no matter of a country.</param>
/// <param name="Networks">The affected ones by name, e.g. <c>AS9198</c>.</param>
public sealed record SiteSummary(SiteVerdict Verdict, int Affected, int Of, string? Country, IReadOnlyList<string> Networks)
{
    /// <summary>The counts, for people.</summary>
    public IReadOnlyList<Reason> Reasons =>
    [
        Reason.Of(
            Verdict switch
            {
                SiteVerdict.Reachable => "reason.networks.reach",
                SiteVerdict.DownEverywhere => "reason.networks.down",
                SiteVerdict.BlockedInCountry or SiteVerdict.PartiallyBlocked or SiteVerdict.BlockedOnNetwork => "reason.networks.blocked",
                SiteVerdict.Intermittent => "reason.networks.intermittent",
                SiteVerdict.Maintenance => "reason.networks.maintenance",
                _ => "reason.networks.undecided",
            },
            Number(Affected),
            Number(Of)),
        .. Networks.Count > 0 ? [Reason.Of("reason.networks.named", string.Join(", ", Networks))] : Array.Empty<Reason>(),
    ];

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Sums up a site from the last state of each vantage. Pure. States older than three intervals count as none, and vantages of one network as one. The first that holds:
/// 1. a maintenance window: maintenance; 2. the control finds it down and two networks or more agree: down everywhere; 3. blocked in two numbered networks or more of one country,
/// or in one by a confirmed verdict and OONI's measurements agree: blocked in the country; 4. a vantage whose view goes to and fro: intermittent; 5. blocked in one network:
/// on that network if no other was looked from, otherwise partially; 6. reached from more than half of the networks: reachable; 7. undecided.
/// Blocked is a network with an open episode, not one with an odd check; networks of different countries are never counted together.
/// </summary>
public static partial class SiteSummaries
{
    private const int FreshIntervals = 3;
    private const int Agreeing = 2;

    /// <param name="ooniAgrees">Whether imported OONI measurements of the same country find it blocked too.</param>
    public static SiteSummary Of(Site site, IReadOnlyList<Vantage> vantages, IReadOnlyList<VantageState> states, TimeSpan interval, DateTimeOffset now, bool ooniAgrees = false)
    {
        var fresh = (from state in states
                     join vantage in vantages on state.VantageId equals vantage.Id
                     where state.LastCheck >= now - FreshIntervals * interval
                     select new View(vantage, state)).ToList();
        var control = fresh.Find(view => view.Vantage.Via is VantageKind.Direct);
        var networks = fresh.Where(view => view != control && view.IsTelling).GroupBy(view => (view.Vantage.Country, Network: NameOf(view.Vantage))).Select(group => new Network(group.Key.Country, group.Key.Network, [.. group])).ToList();
        var down = networks.Where(network => network.Views.All(view => view.Reachability is Reachability.Down)).ToList();
        var blocked = networks.Where(network => network.Views.Any(view => view.IsBlocked)).ToList();
        if (site.Maintenance.Any(window => window.Holds(now)))
        {
            return Say(SiteVerdict.Maintenance, [.. down.Union(blocked)], networks);
        }

        if (control?.Reachability is Reachability.Down && down.Count >= Agreeing)
        {
            return Say(SiteVerdict.DownEverywhere, down, networks);
        }

        return Blocked(blocked, networks, fresh, ooniAgrees) ?? Reached(control, networks);
    }

    /// <summary><c>AS9198</c> of "AS9198 Kazakhtelecom"; of a network without number its name, else the vantage's.</summary>
    public static string NameOf(Vantage vantage) =>
        vantage.Network is { } network && SystemNumber().Match(network) is { Success: true } match ? match.Value : vantage.Network ?? vantage.Name;

    private static SiteSummary? Blocked(IReadOnlyList<Network> blocked, IReadOnlyList<Network> networks, IReadOnlyList<View> fresh, bool ooniAgrees)
    {
        foreach (var inCountry in blocked.Where(network => network.Country is not null).GroupBy(network => network.Country).OrderByDescending(group => group.Count()))
        {
            var numbered = inCountry.Count(network => SystemNumber().IsMatch(network.Name));
            if (numbered >= Agreeing || (ooniAgrees && inCountry.Any(network => network.Views.Any(view => view is { IsBlocked: true, IsConfirmed: true }))))
            {
                return Say(SiteVerdict.BlockedInCountry, [.. inCountry], Within(networks, inCountry.Key));
            }
        }

        if (fresh.Any(view => view.State.Flapping.IsIntermittent))
        {
            return Say(SiteVerdict.Intermittent, [.. networks.Where(network => network.Views.Any(view => view.State.Flapping.IsIntermittent))], networks);
        }

        if (blocked.Count == 0)
        {
            return null;
        }

        var worst = blocked.GroupBy(network => network.Country).OrderByDescending(group => group.Count()).First();
        var around = Within(networks, worst.Key);
        return Say(around.Count == 1 ? SiteVerdict.BlockedOnNetwork : SiteVerdict.PartiallyBlocked, [.. worst], around);
    }

    private static SiteSummary Reached(View? control, IReadOnlyList<Network> networks)
    {
        // Where there is no network to look from, the control is all there is.
        if (networks.Count == 0)
        {
            return new SiteSummary(control?.Reachability is Reachability.Reachable ? SiteVerdict.Reachable : SiteVerdict.Undecided, 0, 0, Country: null, []);
        }

        var reaching = networks.Where(network => network.Views.Any(view => view.Reachability is Reachability.Reachable)).ToList();
        return new SiteSummary(2 * reaching.Count > networks.Count ? SiteVerdict.Reachable : SiteVerdict.Undecided, reaching.Count, networks.Count, Country: null, []);
    }

    private static SiteSummary Say(SiteVerdict verdict, IReadOnlyList<Network> affected, IReadOnlyList<Network> of) => new(
        verdict, affected.Count, of.Count, affected.Count > 0 ? affected[0].Country : null, [.. affected.Select(network => network.Name).Order(StringComparer.Ordinal)]);

    private static List<Network> Within(IReadOnlyList<Network> networks, string? country) => [.. networks.Where(network => network.Country == country)];

    private sealed record Network(string? Country, string Name, IReadOnlyList<View> Views);

    private sealed record View(Vantage Vantage, VantageState State)
    {
        public Reachability Reachability => State.Verdict?.Reachability ?? Reachability.Unknown;

        public bool IsBlocked => State.EpisodeId is not null && Vantage.Via is not VantageKind.Direct;

        public bool IsConfirmed => State.Window.Any(outcome => outcome.Grade is Grade.Confirmed && outcome.Family is not null && outcome.Family == State.EpisodeFamily);

        public bool IsTelling => Reachability is not Reachability.Unknown || IsBlocked;
    }

    [GeneratedRegex(@"\AAS\d+\b")]
    private static partial Regex SystemNumber();
}
