using Monitoring.Items;

namespace Monitoring.Tests.Items;

public sealed class ItemKeyTests
{
    private static readonly IncomingItem Item = new() { SourceGuid = "guid", Link = new Uri("https://a.kz/1"), Title = "Title" };

    [Fact]
    public void The_guid_names_an_item_whatever_else_changes() => Assert.Equal(Of(Item), Of(Item with { Link = new Uri("https://b.kz/2"), Title = "Other", Text = "x" }));

    [Fact]
    public void The_same_guid_of_another_source_is_another_item() => Assert.NotEqual(Of(Item), ItemKey.Of("feed-2", Item));

    [Theory]
    [InlineData("https://a.kz/1?utm_source=rss&utm_medium=feed", true)]
    [InlineData("https://A.KZ/1#comments", true)]
    [InlineData("https://a.kz:443/1?fbclid=x", true)]
    [InlineData("https://a.kz/1?id=2", false)]
    [InlineData("https://a.kz/1/", true)]
    [InlineData("https://a.kz/1?utmost=2", false)] // no tracking parameter
    [InlineData("http://www.a.kz/1", true)]
    public void Without_guid_it_is_the_link_without_what_does_not_change_the_page(string link, bool same) =>
        Assert.Equal(same, Of(Item with { SourceGuid = null }) == Of(Item with { SourceGuid = "", Link = new Uri(link), Title = "Other" }));

    [Fact]
    public void Without_guid_and_link_it_is_the_title()
    {
        var titled = Item with { SourceGuid = null, Link = null };

        Assert.Equal(Of(titled), Of(titled with { Text = "x" }));
        Assert.NotEqual(Of(titled), Of(titled with { Title = "Other" }));
    }

    [Fact]
    public void A_guid_that_looks_like_the_link_of_another_item_is_not_that_item() => Assert.NotEqual(
        Of(new IncomingItem { SourceGuid = "https://a.kz/1" }), Of(new IncomingItem { Link = new Uri("https://a.kz/1") }));

    [Fact]
    public void It_is_read_as_it_was_written() => Assert.Equal(Of(Item), ItemKey.Parse(Of(Item).ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("feed-1")]
    [InlineData("feed-1.")]
    [InlineData(".abc")]
    [InlineData("a.b.c")]
    [InlineData("feed-1.a/b")]
    [InlineData("feed-1.й")]
    public void Other_texts_are_no_keys(string text) => Assert.Null(ItemKey.Parse(text));

    private static ItemKey Of(IncomingItem item) => ItemKey.Of("feed-1", item);
}
