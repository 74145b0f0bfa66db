using Monitoring.Items;
using Monitoring.Items.Stories;

namespace Monitoring.Tests.Items.Stories;

public sealed class CandidateIndexTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private readonly CandidateIndex _index = new();

    [Fact]
    public void The_likest_come_first_and_what_is_not_alike_does_not_come()
    {
        _index.Add(Entry(1, StoryTexts.Change(StoryTexts.Russian, everyNth: 5)));
        _index.Add(Entry(2, StoryTexts.Change(StoryTexts.Russian, everyNth: 20)));
        _index.Add(Entry(3, StoryTexts.English));

        Assert.Equal([2, 1], Candidates(Entry(4, StoryTexts.Russian)));
        Assert.Equal([2], _index.Candidates(Entry(4, StoryTexts.Russian), most: 1).Select(entry => entry.Number));
    }

    [Fact]
    public void An_item_is_no_candidate_of_itself_and_counts_as_filed_last()
    {
        _index.Add(Entry(1, StoryTexts.Russian, item: "a"));
        _index.Add(Entry(2, StoryTexts.English, item: "a"));

        Assert.Empty(Candidates(Entry(3, StoryTexts.Russian, item: "b")));
        Assert.Empty(Candidates(Entry(3, StoryTexts.English, item: "a")));
        Assert.Equal([2], Candidates(Entry(3, StoryTexts.English, item: "b")));
    }

    [Fact]
    public void What_left_the_window_is_not_found_whatever_became_of_its_memory()
    {
        for (var i = 1; i <= 3000; i++)
        {
            _index.Add(Entry(i, $"{StoryTexts.Russian} {i}", filed: Start.AddMinutes(i)));
        }

        _index.Expire(Start.AddMinutes(2998));

        Assert.Equal((3, 3000), (_index.Count, _index.Last));
        Assert.Equal([2998, 2999, 3000], Candidates(Entry(3001, StoryTexts.Russian)).Order());
    }

    [Fact]
    public void A_row_gives_the_entry_that_was_written()
    {
        var entry = Entry(7, StoryTexts.Russian);
        var read = IndexEntry.FromRow(entry.ToRow());

        Assert.True(read.HasSame(entry));
        Assert.Equal((entry.Number, entry.Item, entry.Filed, entry.At), (read.Number, read.Item, read.Filed, read.At));
    }

    private long[] Candidates(IndexEntry entry) => [.. _index.Candidates(entry, most: 8).Select(found => found.Number)];

    private static IndexEntry Entry(long number, string text, string? item = null, DateTimeOffset? filed = null)
    {
        var told = new StoryItem { Key = new ItemKey("feed", item ?? $"item{number}"), Title = "", Text = text, Publisher = "feed", PublisherName = "Лента", FirstSeen = Start };
        return IndexEntry.Of(number, StoryMember.Of(told, "story"), TextSketch.Of(text), filed ?? Start);
    }
}
