using Monitoring.Availability.Vantages;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Availability.Vantages;

public sealed class CountryOutageTests
{
    /// <param name="since">For each vantage the minute since which it is faulty; a stop for one that works.</param>
    [Theory]
    [InlineData("0 3 7 15", "4 of 4")]
    [InlineData("0 3 7 .", null)] // three of four are 75 %
    [InlineData("0 3 7 9 .", "4 of 5")] // 80 %
    [InlineData("0 3 7 16", "3 of 3")] // the first was broken before
    [InlineData("0 16 32", null)] // not together
    [InlineData("-600 0 5", "2 of 2")] // one was broken long before
    [InlineData("0", null)] // one vantage is no country
    [InlineData(". . .", null)]
    public void It_begins_when_four_fifths_of_the_vantages_fail_together(string since, string? expected)
    {
        var (vantages, faulty) = Read(since);

        var outage = CountryOutage.Judge(before: null, "KZ", vantages, faulty);

        Assert.Equal(expected, outage is null ? null : $"{outage.Vantages.Count} of {outage.Of}");
    }

    [Theory]
    [InlineData("0 0 0 0 0", true)]
    [InlineData("0 0 0 0 .", true)] // one came back
    [InlineData("0 0 0 . .", false)]
    [InlineData("0 600 0 0 .", true)] // when the rest failed again is no matter
    public void It_ends_when_fewer_than_four_fifths_of_them_still_fail(string since, bool lasts)
    {
        var (vantages, faulty) = Read(since);
        var outage = new CountryOutage { Country = "KZ", Since = Some.Time, Vantages = [.. vantages.Select(vantage => vantage.Id)], Of = 5 };

        Assert.Equal(lasts, CountryOutage.Judge(outage, "KZ", vantages, faulty) is not null);
    }

    private static (List<Vantage> Vantages, List<VantageHealth> Faulty) Read(string since)
    {
        var marks = since.Split(' ');
        var vantages = marks.Select((_, i) => RecordingKit.Proxy with { Id = $"vantage-{i}", Country = "KZ" }).ToList();
        var faulty = marks.Select((mark, i) => (mark, i)).Where(pair => pair.mark != ".").Select(pair => new VantageHealth
        {
            VantageId = $"vantage-{pair.i}",
            Since = Some.Time.AddMinutes(int.Parse(pair.mark, null)),
            At = Some.Time,
            Faults = 3,
            IsFaulty = true,
        });
        return (vantages, [.. faulty]);
    }
}
