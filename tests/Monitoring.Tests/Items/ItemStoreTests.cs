using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Items;

public sealed class ItemStoreTests : IAsyncLifetime
{
    private static readonly ItemKey Key = new("feed-1", "abc");

    private SqliteEngine _engine = null!;
    private ItemStore _items = null!;

    public Task InitializeAsync()
    {
        _engine = Create();
        _items = new ItemStore(new LimitedTables(_engine.Tables));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(29_999)]
    [InlineData(30_000)]
    [InlineData(30_001)]
    [InlineData(60_000)]
    [InlineData(360_000)]
    public async Task A_text_of_any_length_is_read_as_it_was_stored(int length)
    {
        var text = string.Create(length, 0, (span, _) => Fill(span));

        await AddAsync(text);

        Assert.Equal(text, await _items.GetTextAsync(Key, CancellationToken.None));
    }

    [Theory]
    [InlineData(29_999)]
    [InlineData(59_999)]
    [InlineData(30_001)]
    public async Task A_character_of_two_halves_is_whole_wherever_it_stands(int before)
    {
        var text = new string('a', before) + string.Concat(Enumerable.Repeat("😀", 20_000));

        await AddAsync(text);

        Assert.Equal(text, await _items.GetTextAsync(Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_longer_text_is_cut_before_a_character_that_does_not_fit()
    {
        await AddAsync(new string('a', ItemStore.MaxText - 1) + "😀 and more");

        Assert.Equal(new string('a', ItemStore.MaxText - 1), await _items.GetTextAsync(Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_shorter_new_version_leaves_nothing_of_the_longer_one()
    {
        await AddAsync(new string('a', 100_000));
        var stored = (await _items.GetAsync(Key, CancellationToken.None))!;

        await _items.ReplaceAsync(stored with { ContentHash = "2" }, "short", CancellationToken.None);

        Assert.Equal("short", await _items.GetTextAsync(Key, CancellationToken.None));
    }

    [Fact]
    public async Task Every_field_is_read_as_it_was_stored()
    {
        var item = Item() with
        {
            Link = new Uri("https://жаңалық.kz/соңғы?a=%20b#c"),
            Language = "kk",
            Country = "KZ",
            Published = Some.Time.AddTicks(-1),
            IsBaseline = true,
            CaptureId = "c",
            UnderstoodBy = "rules",
        };

        await _items.AddAsync([(item, "")], CancellationToken.None);

        var read = (await _items.GetAsync(Key, CancellationToken.None))!;
        Assert.Equal(item with { ETag = read.ETag, Link = new Uri(item.Link.AbsoluteUri) }, read);
        Assert.NotEqual(read.ETag, item.ETag);
    }

    [Fact]
    public async Task Adding_again_changes_neither_the_item_nor_its_pending_row()
    {
        await AddAsync("text");
        await _items.AddAsync([(Item() with { Title = "Other" }, "text")], CancellationToken.None);

        Assert.Equal("Title", (await _items.GetAsync(Key, CancellationToken.None))!.Title);
        Assert.Equal([Key], await _items.ListPendingAsync("feed-1", CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_version_that_changed_meanwhile_is_neither_replaced_nor_called_understood()
    {
        await AddAsync("text");
        var stored = (await _items.GetAsync(Key, CancellationToken.None))!;
        await _items.ReplaceAsync(stored with { Title = "Newer" }, "newer", CancellationToken.None);

        Assert.Equal(SaveResult.ChangedMeanwhile, await _items.ReplaceAsync(stored with { Title = "Older" }, "newer", CancellationToken.None));
        Assert.Equal(SaveResult.ChangedMeanwhile, await _items.MarkUnderstoodAsync(stored, "rules", stored.Key, CancellationToken.None));
        Assert.Equal(("Newer", null), await _items.GetAsync(Key, CancellationToken.None) is { } item ? (item.Title, item.UnderstoodBy) : default);
    }

    [Fact]
    public async Task The_items_waiting_of_a_source_are_not_those_of_one_whose_name_begins_the_same()
    {
        await _items.AddPendingAsync([new("feed-1", "b"), new("feed-1", "a"), new("feed-10", "a"), new("feed", "z"), new("feed-1", "a")], CancellationToken.None);

        Assert.Equal(["feed-1.a", "feed-1.b"], await _items.ListPendingAsync("feed-1", CancellationToken.None).Select(key => key.ToString()).ToListAsync());
        Assert.Equal(4, await _items.ListPendingAsync(null, CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task What_began_to_wait_again_goes_on_waiting()
    {
        await _items.AddPendingAsync([Key], CancellationToken.None);
        var mark = (await _items.GetPendingMarkAsync(Key, CancellationToken.None))!;
        await _items.AddPendingAsync([Key], CancellationToken.None);

        await _items.RemovePendingAsync(Key, mark, CancellationToken.None);
        Assert.Equal([Key], await _items.ListPendingAsync("feed-1", CancellationToken.None).ToListAsync());

        await _items.RemovePendingAsync(Key, (await _items.GetPendingMarkAsync(Key, CancellationToken.None))!, CancellationToken.None);
        Assert.Null(await _items.GetPendingMarkAsync(Key, CancellationToken.None));
    }

    private static SqliteEngine Create() => new(new TestClock());

    private static Item Item() => new() { Key = Key, Title = "Title", Summary = "Summary", FirstSeen = Some.Time, ContentSeen = Some.Time.AddHours(1), ContentHash = "1" };

    private static void Fill(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)('а' + i % 32);
        }
    }

    private Task AddAsync(string text) => _items.AddAsync([(Item(), text)], CancellationToken.None);
}
