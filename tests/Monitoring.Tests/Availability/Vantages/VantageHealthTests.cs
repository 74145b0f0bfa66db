using System.Globalization;
using Monitoring.Availability.Vantages;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability.Vantages;

public sealed class VantageHealthTests
{
    /// <summary>Letters of <see cref="EpisodeWalk"/>, half a minute or a minute apart; what came of each: a vantage that works is <c>-</c>, faults are counted, a faulty one is <c>F</c>.</summary>
    [Theory]
    [InlineData(60, "OvvO", "-12-")]
    [InlineData(60, "vvvvOOO", "12FFFF-")]
    [InlineData(60, "vvvOOvOOO", "12FFFFFF-")] // one fault more, and the good ones are counted anew
    [InlineData(60, "vv?vO", "122FF")] // what is undecided says nothing
    [InlineData(60, "vvdv", "12-1")] // a blocked site is seen by a vantage that works
    [InlineData(30, "vvvvv", "1122F")] // one canary stood for two checks
    [InlineData(30, "vvvvvOOOOO", "1122FFFFF-")]
    public void Three_checks_in_a_row_make_a_vantage_faulty_and_three_good_ones_end_it(int apart, string checks, string expected)
    {
        VantageHealth? health = null;
        var states = "";
        for (var i = 0; i < checks.Length; i++)
        {
            health = VantageHealth.Step(health, "vantage-1", EpisodeWalk.VerdictOf(checks[i]), Some.Time.AddSeconds(i * apart), TimeSpan.FromMinutes(1));
            states += health is null ? "-" : health.IsFaulty ? "F" : health.Faults.ToString(CultureInfo.InvariantCulture);
        }

        Assert.Equal(expected, states);
    }

    [Fact]
    public void Every_kind_of_vantage_fault_counts()
    {
        var verdict = new Monitoring.Blocking.Verdict("vantage_fault.clock", Monitoring.Blocking.Grade.Insufficient, "bd-1", []);

        Assert.Equal(1, VantageHealth.Step(null, "vantage-1", verdict, Some.Time, TimeSpan.Zero)!.Faults);
    }
}
