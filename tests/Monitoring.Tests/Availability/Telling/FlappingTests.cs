using Monitoring.Availability.Telling;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability.Telling;

/// <summary>Checks are a minute apart, as letters of <see cref="EpisodeWalk"/>; through the recording, which makes the window.</summary>
public sealed class FlappingTests
{
    [Theory]
    [InlineData("OOddOOddOO", 8, true)] // four turns; the first run is none
    [InlineData("OOddOOdd", 8, false)] // three
    [InlineData("OdOdOdOdOdOdOd", 8, false)] // odd checks are no turns
    public async Task Four_turns_make_a_site_intermittent(string checks, int most, bool isIntermittent)
    {
        await using var kit = RecordingKit.Create();
        await kit.CheckAsync(checks);

        var flapping = (await kit.StateAsync()).Flapping;
        Assert.Equal(isIntermittent, flapping.IsIntermittent);
        Assert.InRange(flapping.Turns.Count, 0, most);
    }

    [Fact]
    public void Turns_older_than_a_day_do_not_count_and_a_quiet_day_ends_it()
    {
        var now = Some.Time;
        var flapping = new Flapping { IsBad = true, Turns = [now.AddHours(-25), now.AddHours(-3), now.AddHours(-2)] };

        var third = flapping.Step([], new Monitoring.Availability.EpisodeChange.Closed(now), now);
        Assert.Equal((false, 3), (third.IsIntermittent, third.Turns.Count));

        var fourth = third.Step([], new Monitoring.Availability.EpisodeChange.Opened(now, Monitoring.Blocking.Grade.Likely, 3), now.AddMinutes(30));
        Assert.Equal(now.AddHours(-3), fourth.Since);
        Assert.Equal(now.AddHours(-3), fourth.Step([], null, now.AddHours(23)).Since);
        Assert.Null(fourth.Step([], null, now.AddHours(25)).Since);
    }
}
