using Monitoring.Availability.Telling;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Availability.Telling;

public sealed class WaveTests
{
    [Theory]
    [InlineData("a0 b1", "", 0)]
    [InlineData("a0 b1 c2", "c", 3)]
    [InlineData("a0 b29 c30", "c", 3)]
    [InlineData("a0 b29 c31", "", 0)] // the first was too long ago
    [InlineData("a0 b1 c2 a3", "c", 3)] // the same site again is no further one
    [InlineData("a0 b1 c2 d31 e60", "cde", 5)] // each within half an hour of the last
    [InlineData("a0 b1 c2 d90 e91", "c", 0)] // another wave may begin, when the first was told
    public void The_third_site_within_half_an_hour_makes_a_wave(string openings, string toldByWave, int members)
    {
        var wave = new Wave { Network = "AS64500", Family = "tls" };
        var told = "";
        foreach (var opening in openings.Split(' '))
        {
            var at = Some.Time.AddMinutes(int.Parse(opening[1..], null));
            if (wave.TellAt <= at)
            {
                wave = wave with { TellAt = null };
            }

            (wave, var isToldByWave) = wave.Join(new WaveMember(opening[..1], at, IsConfirmed: false), at);
            told += isToldByWave ? opening[..1] : "";
        }

        Assert.Equal((toldByWave, members), (told, wave.IsFormed ? wave.Members.Count : 0));
    }

    [Fact]
    public void Joining_again_after_a_crash_changes_nothing()
    {
        var wave = new Wave { Network = "AS64500", Family = "tls" };
        foreach (var site in "abc")
        {
            var member = new WaveMember(site.ToString(), Some.Time, IsConfirmed: true);
            (wave, var first) = wave.Join(member, Some.Time);
            var (again, second) = wave.Join(member, Some.Time.AddMinutes(1));

            Assert.Same(wave, again);
            Assert.Equal(first, second);
        }

        Assert.Equal(Some.Time.AddMinutes(10), wave.TellAt);
    }
}
