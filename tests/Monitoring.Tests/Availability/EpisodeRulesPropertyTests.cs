using FsCheck;
using FsCheck.Fluent;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability;

/// <summary>What holds for every series of checks and every setting.</summary>
public sealed class EpisodeRulesPropertyTests
{
    /// <summary>Good checks and one mechanism often, so that episodes open and close.</summary>
    private static readonly char[] Signs = [.. "OOOOOddddDttTlpsssxxx?rv"];

    private static readonly Gen<(string Checks, AvailabilityOptions Options, VantageKind Via)> Series =
        from checks in Gen.ArrayOf(Gen.Elements(Signs))
        from openAfter in Gen.Choose(1, 6)
        from closeAfter in Gen.Choose(1, 6)
        from via in Gen.Elements(VantageKind.Direct, VantageKind.Proxy)
        select (new string(checks), new AvailabilityOptions { OpenAfter = openAfter, CloseAfter = closeAfter }, via);

    [Fact]
    public void An_episode_begins_after_the_end_of_the_one_before() => ForAll((walk, _, _) =>
    {
        var end = DateTimeOffset.MinValue;
        foreach (var (_, change) in walk.Changes)
        {
            Assert.True(change is not EpisodeChange.Opened opened || opened.Since > end);
            end = change is EpisodeChange.Closed closed ? closed.Since : end;
        }
    });

    [Fact]
    public void Only_an_open_episode_changes_or_closes_and_only_a_closed_one_opens() => ForAll((walk, _, _) =>
    {
        var isOpen = false;
        foreach (var (_, change) in walk.Changes)
        {
            Assert.Equal(change is not EpisodeChange.Opened, isOpen);
            isOpen = change is not EpisodeChange.Closed;
        }
    });

    [Fact]
    public void One_odd_check_opens_nothing() => ForAll((walk, _, options) =>
        Assert.All(walk.Changes, change => Assert.True(change.Change is not EpisodeChange.Opened opened || opened.Checks >= Math.Min(2, options.OpenAfter))));

    [Fact]
    public void One_odd_check_changes_no_episode() => ForAll((walk, checks, options) =>
    {
        var last = -1;
        foreach (var (minute, change) in walk.Changes)
        {
            var family = EpisodeWalk.VerdictOf(checks[minute]).Family;
            var seen = checks[(last + 1)..(minute + 1)].Count(sign => EpisodeWalk.VerdictOf(sign).Family == family);
            Assert.True(change is not EpisodeChange.Changed || seen >= Math.Min(2, options.OpenAfter));
            last = minute;
        }
    });

    [Fact]
    public void An_episode_begins_and_changes_with_a_check_of_its_trouble_and_ends_with_a_good_one() => ForAll((walk, checks, _) =>
        Assert.All(walk.Changes, change =>
        {
            var begun = change.Change switch
            {
                EpisodeChange.Opened opened => opened.Since,
                EpisodeChange.Changed changed => changed.Since,
                EpisodeChange.Closed closed => closed.Since,
                _ => default,
            };
            Assert.Equal(EpisodeWalk.VerdictOf(checks[change.Minute]).Family, EpisodeWalk.VerdictOf(checks[EpisodeWalk.MinuteOf(begun)]).Family);
        }));

    [Fact]
    public void At_most_six_outcomes_are_remembered() => ForAll((walk, _, _) => Assert.InRange(walk.Window.Count, 0, 6));

    [Fact]
    public void Checks_that_tell_nothing_might_as_well_not_have_been_made() => ForAll((walk, checks, options) =>
    {
        var telling = new string([.. checks.Where(sign => sign is not ('?' or 'r' or 'v'))]);
        var without = new EpisodeWalk(walk.Via, options).Over(telling);

        Assert.Equal(walk.Changes.Select(change => change.Change.GetType()), without.Changes.Select(change => change.Change.GetType()));
    });

    [Fact]
    public void Good_checks_end_every_episode() => ForAll((walk, _, _) =>
    {
        walk.Over("OOOOOO");

        Assert.True(walk.Changes.Count == 0 || walk.Changes[^1].Change is EpisodeChange.Closed);
    });

    [Fact]
    public void An_episode_is_over_after_as_many_good_checks_in_a_row_as_it_takes_and_never_before() => ForAll((walk, checks, options) =>
    {
        string? family = null;
        foreach (var (minute, change) in walk.Changes)
        {
            var good = checks[..(minute + 1)].Reverse().Where(sign => Counts(sign, walk.Via)).TakeWhile(sign => sign == 'O').Count();
            Assert.True(change is not EpisodeChange.Closed || good >= Math.Max(options.CloseAfter, family == Verdict.Throttled ? 5 : 1));
            family = EpisodeWalk.VerdictOf(checks[minute]).Family;
        }
    });

    private static bool Counts(char sign, VantageKind via) => sign == 'O' || (via is VantageKind.Direct ? sign == 'x' : "dDtTlps".Contains(sign, StringComparison.Ordinal));

    private static void ForAll(Action<EpisodeWalk, string, AvailabilityOptions> holds) =>
        Prop.ForAll(Series.ToArbitrary(), made => holds(new EpisodeWalk(made.Via, made.Options).Over(made.Checks), made.Checks, made.Options))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
