using Monitoring.Availability;
using Monitoring.Availability.Summaries;
using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability;

/// <param name="Failed">Checks that failed by chance, all tries of them.</param>
/// <param name="Openings">Episodes opened, all of them false.</param>
/// <param name="SiteAlerts">Sites whose summary came to say blocked, partially or wholly.</param>
/// <param name="Confirmed">Episodes of grade confirmed.</param>
/// <param name="Faults">Checks that fell into the outages of vantages.</param>
internal sealed record NoiseCount(int Checks, int Failed, int Openings, int SiteAlerts, int Confirmed, int Faults);

/// <summary>
/// A day without any blocking: 200 sites × 4 vantages in four networks of one country × 288 checks. What is modelled: each try of a check fails with the given chance, whatever failed before,
/// and a check fails if all its tries do; then its verdict is <c>blocked.tls_timeout</c>, suspected, always the same family, which is the worst case for runs. The direct check never fails. Two
/// vantages are out for an hour each; their canaries fail with them, so their checks are <c>vantage_fault</c>. Not modelled: noise that lasts, or that befalls several sites at once otherwise
/// than by an outage. The seed is fixed: the same day every time.
/// </summary>
internal static class NoiseSimulation
{
    private const int Sites = 200;
    private const int Vantages = 4;
    private const int Rounds = 288;

    /// <summary>Vantage, first round, rounds: an hour each.</summary>
    private static readonly (int Vantage, int From, int Length)[] Outages = [(1, 60, 12), (3, 200, 12)];

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private static readonly Verdict Good = new(Verdict.Reachable, Grade.Confirmed, "bd-2", []);
    private static readonly Verdict Failed = new("blocked.tls_timeout", Grade.Suspected, "bd-26", []);
    private static readonly Verdict Fault = new(Verdict.VantageFault, Grade.Insufficient, "bd-1", []);

    private static readonly IReadOnlyList<Vantage> Listed =
    [
        .. Enumerable.Range(0, Vantages).Select(i => new Vantage { Id = $"vantage-{i}", Name = $"vantage {i}", Via = VantageKind.Proxy, Country = "KZ", Network = $"AS{64500 + i}" }),
    ];

    /// <param name="chance">Of one try to fail.</param>
    /// <param name="tries">In one check.</param>
    public static NoiseCount Run(double chance, int tries, int openAfter, int seed = 20261123)
    {
        var random = new Random(seed);
        var thresholds = new EpisodeThresholds(openAfter, new AvailabilityOptions().CloseAfter);
        var count = new NoiseCount(0, 0, 0, 0, 0, 0);
        for (var number = 0; number < Sites; number++)
        {
            var site = new Site { Id = $"site-{number}", Name = "site", Url = new Uri("https://site.kz/") };
            var states = Listed.Select(vantage => new VantageState { SiteId = site.Id, VantageId = vantage.Id }).ToArray();
            var isTold = false;
            for (var round = 0; round < Rounds; round++)
            {
                var at = Start + round * Interval;
                for (var i = 0; i < Vantages; i++)
                {
                    var verdict = VerdictOf(i, round, chance, tries, random);
                    (states[i], var change) = Check(states[i], verdict, at, thresholds);
                    count = count with
                    {
                        Checks = count.Checks + 1,
                        Failed = count.Failed + (verdict == Failed ? 1 : 0),
                        Faults = count.Faults + (verdict == Fault ? 1 : 0),
                        Openings = count.Openings + (change is EpisodeChange.Opened ? 1 : 0),
                        Confirmed = count.Confirmed + (change is EpisodeChange.Opened { Grade: Grade.Confirmed } ? 1 : 0),
                    };
                }

                var isBlocked = states.Any(state => state.EpisodeId is not null)
                    && SiteSummaries.Of(site, Listed, states, Interval, at).Verdict is SiteVerdict.BlockedOnNetwork or SiteVerdict.PartiallyBlocked or SiteVerdict.BlockedInCountry;
                count = count with { SiteAlerts = count.SiteAlerts + (isBlocked && !isTold ? 1 : 0) };
                isTold = isBlocked;
            }
        }

        return count;
    }

    private static (VantageState, EpisodeChange?) Check(VantageState state, Verdict verdict, DateTimeOffset at, EpisodeThresholds thresholds)
    {
        var (window, change) = EpisodeRules.Step(state.Window, state.EpisodeFamily, verdict, VantageKind.Proxy, at, thresholds);
        var family = change switch
        {
            null => state.EpisodeFamily,
            EpisodeChange.Closed => null,
            _ => verdict.Family,
        };
        return (state with { Verdict = verdict, LastCheck = at, Window = window, EpisodeFamily = family, EpisodeId = family }, change);
    }

    private static Verdict VerdictOf(int vantage, int round, double chance, int tries, Random random)
    {
        var isFailed = true;
        for (var i = 0; i < tries && isFailed; i++)
        {
            isFailed = random.NextDouble() < chance;
        }

        return Outages.Any(outage => outage.Vantage == vantage && round >= outage.From && round < outage.From + outage.Length) ? Fault : isFailed ? Failed : Good;
    }
}
