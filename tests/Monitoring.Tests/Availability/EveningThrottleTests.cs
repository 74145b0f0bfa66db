using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Blocking.Analysis;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability;

/// <summary>Scenario 34 of the facts: every evening from 20:00 to 22:00 in Almaty (15:00 to 17:00 UTC) handshakes with the site's name take four seconds, as in Kazakhstan in 2018.</summary>
public sealed class EveningThrottleTests
{
    private const int Days = 3;

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly AvailabilityOptions Options = new();
    private static readonly Measurement Canary = Some.Measurement("https://canary.example/");

    private readonly List<(DateTimeOffset At, EpisodeChange Change)> _changes = [];
    private readonly HashSet<string> _classes = [];

    [Fact]
    public void Each_evening_is_one_episode_with_its_hours_and_the_day_is_none()
    {
        Live();

        Assert.Equal([Verdict.Reachable, Verdict.Throttled], _classes.Order(StringComparer.Ordinal));
        Assert.Equal(2 * Days, _changes.Count);
        Assert.All(_changes.Chunk(2).Index(), evening =>
        {
            var (day, opened, closed) = (Start.AddDays(evening.Index), evening.Item[0], evening.Item[1]);
            Assert.Equal(Grade.Likely, Assert.IsType<EpisodeChange.Opened>(opened.Change).Grade);
            Assert.IsType<EpisodeChange.Closed>(closed.Change);

            // The median follows within the hour.
            Assert.InRange(opened.At, day.AddHours(15), day.AddHours(16));
            Assert.InRange(closed.At, day.AddHours(17), day.AddHours(18));
        });
    }

    private void Live()
    {
        var times = HandshakeTimes.None;
        var (window, open) = ((IReadOnlyList<Outcome>)[], (string?)null);
        for (var at = Start; at < Start.AddDays(Days); at += Options.Interval)
        {
            var isEvening = at.Hour is 15 or 16;
            var (vantage, control) = (Handshake(isEvening ? 4_000 : 300), Handshake(200));
            times = new HandshakeTimes(HandshakeTimes.Add(times.Site, vantage), HandshakeTimes.Add(times.Canary, Canary), HandshakeTimes.Add(times.Control, control));
            var verdict = BlockingAnalysis.Judge(new CheckFacts(vantage, control) { Canaries = [Canary], Handshakes = times });
            _classes.Add(verdict.Class);
            (window, var change) = EpisodeRules.Step(window, open, verdict, VantageKind.Proxy, at, new EpisodeThresholds(Options.OpenAfter, Options.CloseAfter));
            if (change is not null)
            {
                _changes.Add((at, change));
                open = change is EpisodeChange.Closed ? null : verdict.Family;
            }
        }
    }

    private static Measurement Handshake(double milliseconds)
    {
        var good = Some.Measurement();
        return good with { Hops = [good.Last with { Tls = good.Last.Tls! with { Milliseconds = milliseconds } }] };
    }
}
