using Monitoring.Availability.Reports;

namespace Monitoring.Tests.Availability.Reports;

public sealed class DurationHistogramTests
{
    private const double RelativeError = 0.048;

    [Fact]
    public void Of_nothing_there_is_no_percentile()
    {
        Assert.Null(new DurationHistogram().Percentile(0.5));
        Assert.Equal("", new DurationHistogram().ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(45_000)]
    [InlineData(3_600_000)]
    public void A_single_time_is_every_percentile_within_the_error(int milliseconds)
    {
        var histogram = Of([milliseconds]);

        Assert.All([0.01, 0.5, 0.99, 1], share => Assert.InRange(histogram.Percentile(share)!.Value, milliseconds * (1 - RelativeError), milliseconds * (1 + RelativeError)));
    }

    [Fact]
    public void Every_time_of_a_minute_is_met_within_the_error()
    {
        for (var milliseconds = 1; milliseconds <= 60_000; milliseconds++)
        {
            Assert.InRange(Of([milliseconds]).Percentile(0.5)!.Value / milliseconds, 1 - RelativeError, 1 + RelativeError);
        }
    }

    [Fact]
    public void What_takes_days_counts_as_an_hour_and_what_took_less_than_nothing_as_nothing()
    {
        Assert.InRange(Of([int.MaxValue]).Percentile(1)!.Value, 3_600_000 * (1 - RelativeError), 4_000_000);
        Assert.Equal(0, Of([-5]).Percentile(1));
    }

    [Fact]
    public void Percentiles_are_those_of_the_nearest_rank()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 50; round++)
        {
            var times = Times(random);
            var (sorted, histogram) = (times.Order().ToList(), Of(times));
            foreach (var share in new[] { 0.5, 0.95, 0.99, 1 })
            {
                var exact = sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
                Assert.InRange(histogram.Percentile(share)!.Value, exact * (1 - RelativeError), exact * (1 + RelativeError));
            }
        }
    }

    [Fact]
    public void Merged_parts_are_the_histogram_of_all_however_they_are_cut()
    {
        var random = new Random(20261123);
        for (var round = 0; round < 200; round++)
        {
            var times = Times(random);
            var merged = new DurationHistogram();
            foreach (var part in times.Chunk(random.Next(1, 50)).OrderBy(_ => random.Next()))
            {
                merged.Add(Of(part).ToString());
            }

            Assert.Equal(Of(times).ToString(), merged.ToString());
            Assert.Equal(times.Count, merged.Count);
        }
    }

    [Fact]
    public void Histograms_are_merged_as_their_texts_are()
    {
        var (one, other, texts) = (Of([1, 20, 300]), Of([20, 4000]), new DurationHistogram());
        texts.Add(one.ToString());
        texts.Add(other.ToString());
        one.Add(other);

        Assert.Equal(texts.ToString(), one.ToString());
        Assert.Equal(5, one.Count);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("a:1")]
    [InlineData("3:-1")]
    public void What_is_no_histogram_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => new DurationHistogram().Add(text));
    }

    private static List<int> Times(Random random) => [.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => (int)Math.Exp(random.NextDouble() * 11))];

    private static DurationHistogram Of(IEnumerable<int> times)
    {
        var histogram = new DurationHistogram();
        times.ToList().ForEach(histogram.Add);
        return histogram;
    }
}
