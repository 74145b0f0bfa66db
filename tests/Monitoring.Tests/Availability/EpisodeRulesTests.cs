using Monitoring.Availability;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability;

/// <summary>The letters are those of <see cref="EpisodeWalk"/>.</summary>
public sealed class EpisodeRulesTests
{
    [Theory]
    [InlineData("Oddd", "3 opened since 1 Likely 3x")] // three in a row
    [InlineData("OddOd", "")] // two, one good, one
    [InlineData("ddOddO", "4 opened since 0 Likely 4x")] // four of the five there are
    [InlineData("dOdOdd", "5 opened since 0 Likely 4x")] // four of the last six
    [InlineData("ddOOdd", "5 opened since 0 Likely 4x")] // four of six, two by two
    [InlineData("dOOdOdOd", "")] // three of the last six
    [InlineData("ODD", "2 opened since 1 Confirmed 2x")] // two confirmed
    [InlineData("ODdD", "3 opened since 1 Confirmed 3x")] // three in a row, not all confirmed
    [InlineData("ODOD", "")] // confirmed, but not one after the other
    [InlineData("OdDD", "3 opened since 1 Confirmed 3x")] // the run begins with the first sign
    [InlineData("dtldtl", "")] // three mechanisms, none steady
    [InlineData("dtdtdd", "5 opened since 0 Likely 4x")] // four of six although another mechanism is mixed in
    public void Trouble_of_one_family_opens_after_three_in_a_row_four_of_six_or_two_confirmed(string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions()).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData(1, "Od", "1 opened since 1 Likely 1x")]
    [InlineData(2, "Odd", "2 opened since 1 Likely 2x")]
    [InlineData(5, "ddOddd", "5 opened since 0 Likely 5x")] // five of six, as OpenAfter is more than four
    [InlineData(5, "ddOOdd", "")] // four of six are fewer than OpenAfter
    [InlineData(6, "dddddd", "5 opened since 0 Likely 6x")]
    [InlineData(6, "DD", "1 opened since 0 Confirmed 2x")] // what is confirmed need not be repeated six times
    public void OpenAfter_is_how_many_in_a_row_it_takes(int openAfter, string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions { OpenAfter = openAfter }).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData(3, "dddOOO", "2 opened since 0 Likely 3x, 5 closed since 3")]
    [InlineData(3, "dddOOdOO", "2 opened since 0 Likely 3x")] // two good ones are not enough, twice
    [InlineData(3, "dddOOdOOO", "2 opened since 0 Likely 3x, 8 closed since 6")]
    [InlineData(1, "dddO", "2 opened since 0 Likely 3x, 3 closed since 3")]
    [InlineData(6, "dddOOOOOO", "2 opened since 0 Likely 3x, 8 closed since 3")]
    [InlineData(3, "dddOtOOO", "2 opened since 0 Likely 3x, 7 closed since 5")] // another mechanism breaks the run as well
    public void CloseAfter_good_checks_in_a_row_close_at_the_first_of_them(int closeAfter, string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions { CloseAfter = closeAfter }).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData(VantageKind.Proxy, "xxxxxx", "")] // down for everybody is one episode: the direct vantage's
    [InlineData(VantageKind.Direct, "xxx", "2 opened since 0 Likely 3x")]
    [InlineData(VantageKind.Direct, "DDDDDD", "")] // nobody blocks the control
    [InlineData(VantageKind.Proxy, "dxdxd", "4 opened since 0 Likely 3x")] // being down neither counts nor breaks the run
    [InlineData(VantageKind.Direct, "xdxdx", "4 opened since 0 Likely 3x")]
    public void From_a_proxy_only_blocking_counts_and_directly_only_being_down(VantageKind via, string checks, string expected)
    {
        var walk = new EpisodeWalk(via, new AvailabilityOptions()).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData("vvvvvv", "")]
    [InlineData("rrrrrr", "")]
    [InlineData("??????", "")]
    [InlineData("dvrd?d", "5 opened since 0 Likely 3x")] // they do not break a run of trouble
    [InlineData("dddOvOrO", "2 opened since 0 Likely 3x, 7 closed since 3")] // nor one of good checks
    [InlineData("dddvvvvvvvvv", "2 opened since 0 Likely 3x")] // and close nothing
    public void Faulty_vantages_refusals_and_undecided_checks_change_nothing(string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions()).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData("dddt", "2 opened since 0 Likely 3x")] // one odd check
    [InlineData("dddttt", "2 opened since 0 Likely 3x, 5 changed since 3 Likely 3x")]
    [InlineData("dddPP", "2 opened since 0 Likely 3x, 4 changed since 3 Confirmed 2x")]
    [InlineData("dddtttddd", "2 opened since 0 Likely 3x, 5 changed since 3 Likely 3x, 8 changed since 6 Likely 3x")]
    [InlineData("ddddTTd", "2 opened since 0 Likely 3x, 5 changed since 4 Confirmed 2x")] // one check of the old mechanism does not bring it back
    [InlineData("ddddddDDD", "2 opened since 0 Likely 3x")] // the same mechanism, surer now
    public void Another_mechanism_changes_the_episode_as_steadily_as_one_opens(string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions()).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData(3, "sssOOOOsss", "2 opened since 0 Likely 3x")] // four good ones, and slow again
    [InlineData(3, "sssOOOOO", "2 opened since 0 Likely 3x, 7 closed since 3")]
    [InlineData(1, "sssOOOOO", "2 opened since 0 Likely 3x, 7 closed since 3")] // five at least
    [InlineData(6, "sssOOOOOO", "2 opened since 0 Likely 3x, 8 closed since 3")]
    public void Throttling_is_over_after_five_good_checks(int closeAfter, string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions { CloseAfter = closeAfter }).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Theory]
    [InlineData("DD", 2)] // an artefact that confirms: 10 minutes at the usual rhythm
    [InlineData("lll", 3)] // a handshake that only fails: 15 minutes
    public void Trouble_from_the_first_check_on_is_told_after_as_many_checks(string checks, int after)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions()).Over("OOOOOO" + checks);

        Assert.Equal(5 + after, Assert.Single(walk.Changes).Minute);
    }

    [Fact]
    public void A_sites_own_thresholds_stand_before_the_settings()
    {
        var options = new AvailabilityOptions { OpenAfter = 3, CloseAfter = 4 };

        Assert.Equal(new EpisodeThresholds(3, 4), EpisodeThresholds.Of(RecordingKit.Site, options));
        Assert.Equal(new EpisodeThresholds(1, 6), EpisodeThresholds.Of(RecordingKit.Site with { OpenAfter = 1, CloseAfter = 6 }, options));
    }

    [Theory]
    [InlineData("dddOOOd", "2 opened since 0 Likely 3x, 5 closed since 3")]
    [InlineData("dddOOOddd", "2 opened since 0 Likely 3x, 5 closed since 3, 8 opened since 6 Likely 3x")]
    public void What_an_ended_episode_was_made_of_opens_no_other_one(string checks, string expected)
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions()).Over(checks);

        Assert.Equal(expected, walk.ToString());
    }

    [Fact]
    public void With_one_good_check_closing_the_old_trouble_still_opens_nothing()
    {
        var walk = new EpisodeWalk(VantageKind.Proxy, new AvailabilityOptions { CloseAfter = 1 }).Over("ddddOd");

        Assert.Equal("2 opened since 0 Likely 3x, 4 closed since 4", walk.ToString());
    }
}
