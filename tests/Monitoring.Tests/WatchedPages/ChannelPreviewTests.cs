using System.Text;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Tests.Support;
using Monitoring.WatchedPages;
using Monitoring.Watchlist;

namespace Monitoring.Tests.WatchedPages;

public sealed class ChannelPreviewTests
{
    private static readonly string Preview = File.ReadAllText(Repository.Path("tests", "Monitoring.Tests", "WatchedPages", "preview.html"));

    [Fact]
    public void Messages_are_items_with_date_link_and_author()
    {
        var item = Items(Preview)[0];

        Assert.Equal(("dala_habary/41", "https://t.me/dala_habary/41", "Мирас Кыранбеков задержан ❗"), (item.SourceGuid, item.Link!.AbsoluteUri, item.Title));
        Assert.Equal(new DateTimeOffset(2026, 9, 19, 7, 5, 11, TimeSpan.Zero), item.Published);
        Assert.Equal(["Дала хабары", "Ерлан Сапаров"], item.Authors);
    }

    [Fact]
    public void The_text_is_what_was_written_and_the_article_it_links_to() => Assert.Equal(
        "Журналиста увезли из дома в 7 утра. Подробности — позже.\nАдвокат едет в отдел.\nЧто известно о задержании\nВсё, что мы знаем к этому часу",
        Items(Preview)[0].Text);

    [Fact]
    public void A_photo_alone_is_an_item() =>
        Assert.Equal(("Photo without words", "", "dala_habary/42"), Items(Preview)[1] is var item ? (item.Title, item.Text, item.SourceGuid) : default);

    [Fact]
    public void A_forwarded_message_tells_whose_it_was() =>
        Assert.Equal(("Сот отырысы ертең өтеді", "Forwarded from Адил сөз"), Items(Preview)[2] is var item ? (item.Title, item.Text) : default);

    [Fact]
    public void Notices_of_the_service_are_no_items() => Assert.Equal(3, Items(Preview).Count);

    [Fact]
    public void A_long_first_line_is_cut_between_words_and_kept_whole_in_the_text()
    {
        var line = string.Join(' ', Enumerable.Repeat("слово", 50));

        var item = Items($"<div class=tgme_widget_message data-post=a/1><div class=tgme_widget_message_text>{line}</div></div>").Single();

        Assert.Equal((string.Join(' ', Enumerable.Repeat("слово", 33)) + "…", line), (item.Title, item.Text));
    }

    [Fact]
    public void What_stands_inside_a_message_is_no_other_one()
    {
        const string Text = "<div class=tgme_widget_message_text>";

        var item = Items($"<div class=tgme_widget_message data-post=a/1>{Text}Первое{Text}второе</div></div><div class=tgme_widget_message data-post=a/2></div></div>").Single();

        Assert.Equal(("a/1", "Первое", "второе"), (item.SourceGuid, item.Title, item.Text));
    }

    [Fact]
    public void Messages_nested_as_deeply_as_a_page_may_be_are_read()
    {
        var nested = string.Concat(Enumerable.Repeat("<div class='tgme_widget_message tgme_widget_message_text' data-post=a/1>", 400));

        Assert.Single(Items(nested + string.Concat(Enumerable.Repeat("<p>слово</p>", 100_000))));
    }

    [Fact]
    public void A_channel_without_messages_is_read() => Assert.Empty(Items("<div class=tgme_channel_info>Канал</div>"));

    [Fact]
    public void A_channel_that_hides_its_preview_is_unreadable() =>
        Assert.Equal(new SourceReading.Unreadable("no preview of a channel"), Read("<div class=tgme_page>If you have Telegram, you can view the channel</div>", "https://t.me/s/dala_habary"));

    [Theory]
    [InlineData("https://t.me/dala_habary")]
    [InlineData("https://t.me/s/")]
    [InlineData("https://other.example/s/dala_habary")]
    public void Other_addresses_are_lists_of_links(string url) =>
        Assert.DoesNotContain(Assert.IsType<SourceReading.Document>(Read(Preview, url)).Items, item => item.SourceGuid is not null);

    private static IReadOnlyList<IncomingItem> Items(string html) => Assert.IsType<SourceReading.Document>(Read(html, "https://t.me/s/dala_habary")).Items;

    private static SourceReading Read(string html, string url) =>
        new PageReader(FeedDate.Read).Read(new PageSource { Id = "page-1", Name = "Канал", Url = new Uri(url) }, Encoding.UTF8.GetBytes(html), new Uri(url), contentType: null, new SourceMemory(Left: null, DateTimeOffset.UnixEpoch));
}
