using Monitoring.Items;

namespace Monitoring.Tests.Items;

public sealed class SeenMarksTests
{
    [Fact]
    public void A_mark_depends_on_the_item_and_its_content()
    {
        var marks = new[] { SeenMarks.Mark(new("feed-1", "a"), "1"), SeenMarks.Mark(new("feed-1", "a"), "2"), SeenMarks.Mark(new("feed-1", "b"), "1"), SeenMarks.Mark(new("feed-2", "a"), "1") };

        Assert.Equal(4, marks.Distinct().Count());
        Assert.Equal(marks[0], SeenMarks.Mark(new("feed-1", "a"), "1"));
    }

    [Fact]
    public void Bytes_are_read_as_they_were_written()
    {
        var marks = SeenMarks.FromBytes(new SeenMarks([1, -2, long.MaxValue]).ToBytes());

        Assert.Equal([true, true, true, false], new[] { 1, -2, long.MaxValue, 3 }.Select(marks.Contains));
        Assert.Equal(24, marks.ToBytes().Length);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(7, 0)]
    [InlineData(15, 8)] // a broken end is left out
    public void Bytes_that_were_cut_are_read_as_far_as_they_go(int? length, int kept) =>
        Assert.Equal(kept, SeenMarks.FromBytes(length is { } bytes ? [.. Enumerable.Range(1, bytes).Select(i => (byte)i)] : null).ToBytes().Length);

    [Fact]
    public void The_first_4000_are_kept_so_that_they_fit_into_a_column()
    {
        var marks = new SeenMarks([.. Enumerable.Range(0, 5000).Select(i => (long)i)]);

        Assert.Equal((32_000, true, false), (marks.ToBytes().Length, marks.Contains(3999), marks.Contains(4000)));
    }
}
