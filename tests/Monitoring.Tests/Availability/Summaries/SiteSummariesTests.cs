using Monitoring.Alerts.Mails;
using Monitoring.App.Web;
using Monitoring.Availability;
using Monitoring.Availability.Summaries;
using Monitoring.Availability.Telling;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability.Summaries;

public sealed class SiteSummariesTests
{
    private static readonly DateTimeOffset Now = Some.Time;

    /// <summary>
    /// What each vantage saw, after its country and network: letters of <see cref="EpisodeWalk"/>, <c>!</c> with an open episode, <c>~</c> to and fro, <c>-</c> 16 minutes ago. Without a
    /// country: the control.
    /// </summary>
    [Theory]
    [InlineData("O KZ/AS1:O KZ/AS2:O KZ/AS3:O", "Reachable: 3 of 3 networks")]
    [InlineData("O KZ/AS1:d KZ/AS2:O KZ/AS3:O", "Reachable: 2 of 3 networks")] // one odd check is no episode
    [InlineData("r KZ/AS1:O KZ/AS2:O", "Reachable: 2 of 2 networks")] // the site refuses our machine only
    [InlineData("O", "Reachable directly")]
    [InlineData("O- KZ/AS1:O-", "Undecided: reached from 0 of 0 networks")] // too long ago
    [InlineData("O KZ/AS1:v KZ/AS2:?", "Reachable directly")] // vantages at fault are no networks
    [InlineData("O KZ/AS1:r KZ/AS2:O", "Undecided: reached from 1 of 2 networks")]
    [InlineData("x KZ/AS1:x KZ/AS2:x KG/AS3:O", "Down everywhere: 2 of 3 networks")]
    [InlineData("x KZ/AS1:x KZ/AS1:x", "Undecided: reached from 0 of 1 networks")] // two vantages of one network agree once
    [InlineData("O KZ/AS1:x KZ/AS2:x", "Undecided: reached from 0 of 2 networks")] // the control reaches it
    [InlineData("O KZ/AS1:d! KZ/AS2:O KZ/AS3:O KZ/AS4:O", "Partially blocked: 1 of 4 networks (AS1)")]
    [InlineData("O KZ/AS1:d! KZ/AS1:d! KZ/AS2:O", "Partially blocked: 1 of 2 networks (AS1)")]
    [InlineData("O KZ/AS1:d!", "Blocked on AS1: 1 of 1 networks")]
    [InlineData("O KZ/AS1:d! KG/AS2:O", "Blocked on AS1: 1 of 1 networks")] // another country tells nothing of this one
    [InlineData("O KZ/AS1:d! KZ/AS2:l! KZ/AS3:O", "Blocked in KZ: 2 of 3 networks (AS1, AS2)")]
    [InlineData("O KZ/AS1:d! KZ/AS2:v! KZ/AS3:O", "Blocked in KZ: 2 of 3 networks (AS1, AS2)")] // the episode stands while its vantage is at fault
    [InlineData("O KZ/AS1:d! KG/AS2:d!", "Blocked on AS1: 1 of 1 networks")] // two countries, each on one network
    [InlineData("O KZ/home:d! KZ/work:d! KZ/AS3:O", "Partially blocked: 2 of 3 networks (home, work)")] // perhaps one network
    [InlineData("O KZ/AS1:d!~ KZ/AS2:O KZ/AS3:O", "Intermittent: 1 of 3 networks")]
    [InlineData("O KZ/AS1:O~ KZ/AS2:d! KZ/AS3:d!", "Blocked in KZ: 2 of 3 networks (AS2, AS3)")]
    public void All_vantages_together_say_what_a_site_is(string seen, string expected) => Assert.Equal(expected, Words.Of(Sum(seen)).Word);

    [Fact]
    public void One_confirmed_network_and_ooni_are_a_country()
    {
        Assert.Equal(SiteVerdict.BlockedInCountry, Sum("O KZ/AS1:D! KZ/AS2:O", ooniAgrees: true).Verdict);
        Assert.Equal(SiteVerdict.PartiallyBlocked, Sum("O KZ/AS1:d! KZ/AS2:O", ooniAgrees: true).Verdict);
        Assert.Equal(SiteVerdict.PartiallyBlocked, Sum("O KZ/AS1:D! KZ/AS2:O").Verdict);
    }

    [Fact]
    public void In_a_maintenance_window_it_is_maintenance_whatever_is_seen()
    {
        var site = RecordingKit.Site with { Maintenance = [new MaintenanceWindow.Once(new DateTime(2026, 11, 22, 8, 0, 0), new DateTime(2026, 11, 22, 9, 0, 0), "Asia/Almaty")] };

        Assert.Equal("Maintenance: trouble from 2 of 2 networks", Words.Of(Sum("x KZ/AS1:x KZ/AS2:x", site: site)).Word);
    }

    [Theory]
    [InlineData("O KZ/AS1:d! KZ/AS2:l! KZ/AS3:O", "blocked from 2 of 3 networks; namely: AS1, AS2")]
    [InlineData("x KZ/AS1:x KZ/AS2:x", "down directly and from 2 of 2 networks; namely: AS1, AS2")]
    [InlineData("O KZ/AS1:O KZ/AS2:O", "reached from 2 of 2 networks")]
    public void Its_reasons_always_count(string seen, string expected) =>
        Assert.Equal(expected, string.Join("; ", Sum(seen).Reasons.Select(Texts.English.Say)));

    private static SiteSummary Sum(string seen, bool ooniAgrees = false, Site? site = null)
    {
        var views = seen.Split(' ').Select((text, i) => View(text, $"vantage-{i}")).ToList();
        return SiteSummaries.Of(
            site ?? RecordingKit.Site, [.. views.Select(view => view.Vantage)], [.. views.Select(view => view.State)], TimeSpan.FromMinutes(5), Now, ooniAgrees);
    }

    private static (Vantage Vantage, VantageState State) View(string text, string id)
    {
        var isControl = !text.Contains(':', StringComparison.Ordinal);
        var signs = isControl ? text : text.Split(':')[1];
        var verdict = EpisodeWalk.VerdictOf(signs[0]);
        var state = new VantageState
        {
            SiteId = "site-1",
            VantageId = id,
            Verdict = verdict,
            LastCheck = signs.Contains('-', StringComparison.Ordinal) ? Now.AddMinutes(-16) : Now.AddMinutes(-15),
            EpisodeId = signs.Contains('!', StringComparison.Ordinal) ? "episode" : null,
            EpisodeFamily = verdict.Family,
            Window = [new Outcome(Now, verdict.Family, verdict.Grade)],
            Flapping = signs.Contains('~', StringComparison.Ordinal) ? new Flapping { Since = Now } : Flapping.None,
        };
        if (isControl)
        {
            return (new Vantage { Id = id, Name = "direct", Via = VantageKind.Direct }, state);
        }

        var network = text.Split(':')[0][3..];
        return (RecordingKit.Proxy with { Id = id, Country = text[..2], Network = network.StartsWith("AS", StringComparison.Ordinal) ? network + " Some Telecom" : network }, state);
    }
}
