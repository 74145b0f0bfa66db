using System.Net;
using System.Text.RegularExpressions;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

public sealed partial class MailTextTests
{
    private static readonly AlertMail Composer = new(new AlertsOptions { PublicUrl = new Uri("https://monitoring.example/") });

    [Fact]
    public void The_text_part_says_the_fact_first_and_why_and_where_last()
    {
        var text = Render(People.Item(), People.Reader()).Text;

        Assert.Equal(
            """
            Not yet reviewed: a program found this, no editor has confirmed it.

            Detention: Мирас Кыранбеков.

            Лента · in Russian · 22 Nov 2026, 08:00 (Almaty)
            Редактор задержан в Алматы
            > Сегодня *Мирас Кыранбеков* *задержан*.
            Why: listed as «Мирас Кыранбеков»; name and act stand in one sentence.
            Read it at the source:
            https://example.org/1
            Details and reasons:
            https://monitoring.example/items/feed-1.1

            -- 
            Reader, you get this mail because you asked to be told at once about items
            of this severity.

            Published news is compared with a watch list of names and topics; sites are
            tested from several networks and compared with a direct connection.

            Why did I get this?
            https://monitoring.example/mails/recipient-1.mail-1#why

            No more mails at once:
            https://monitoring.example/unsubscribe/alerts/token1

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("kk")]
    public void Text_and_html_say_the_same(string language)
    {
        var reader = People.Reader(language: language);
        foreach (var content in new[] { Render(People.Item(), reader), Render(People.Site(), reader), Render(People.Item() with { Headline = "<b>&amp; \"х\"" }, reader) })
        {
            Assert.Equal(Words(content.Text), Words(Visible(content.Html)));
            Assert.All(Links().Matches(content.Html), link => Assert.Contains(WebUtility.HtmlDecode(link.Groups[1].Value) + "\n", content.Text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("en", "UTC", "22 Nov 2026, 03:00 (UTC)")]
    [InlineData("en", "America/New_York", "21 Nov 2026, 22:00 (New York)")]
    [InlineData("ru", "Asia/Almaty", "22 нояб. 2026, 08:00 (Almaty)")]
    [InlineData("ru", "Europe/Berlin", "22 нояб. 2026, 04:00 (Berlin)")]
    public void Times_are_said_in_the_recipient_s_zone_and_language(string language, string zone, string expected)
    {
        Assert.Contains(expected, Composer.Entry(People.Item(), People.Reader(language: language, timeZone: zone)).Meta, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_title_is_text_and_no_markup()
    {
        var hostile = "<script>alert('x')</script><img src=x onerror=\"y\"> &lt;i&gt;";
        var html = Render(People.Item() with { Headline = hostile, Outlet = hostile, Passage = new MarkedText(hostile, [new Mark(0, 8)]) }, People.Reader()).Html;

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_link_stays_inside_its_attribute()
    {
        var html = Render(People.Item() with { Link = new Uri("https://example.org/?a=1&b=\"onclick='x'<>") }, People.Reader()).Html;

        Assert.Contains("<a href=\"https://example.org/?a=1&amp;b=%22onclick=&#x27;x&#x27;%3C%3E\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_breaks_from_outside_break_no_line_of_the_text_part()
    {
        var text = Render(People.Item() with { Headline = "раз\r\n\r\n-- \r\nдва\u2028три" }, People.Reader()).Text;

        Assert.Contains("\nраз -- два три\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_words_are_at_most_76_characters_long()
    {
        var text = Render(People.Item() with { Passage = new MarkedText(string.Join(' ', Enumerable.Repeat("слово", 200)), []) }, People.Reader(language: "kk")).Text;

        Assert.All(text.Split('\n').Where(line => !line.Contains("://", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 76));
    }

    [Fact]
    public void Without_an_address_of_our_own_a_mail_is_complete_and_has_no_link_to_us()
    {
        var content = new AlertMail(new AlertsOptions()).Compose(People.Item(), People.Reader(), People.Context).Render();

        Assert.DoesNotContain("items/feed-1.1", content.Text + content.Html, StringComparison.Ordinal);
        Assert.Contains("https://example.org/1", content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_headline_that_is_the_passage_is_said_once()
    {
        var entry = Composer.Entry(People.Item() with { Headline = "Сегодня Мирас Кыранбеков задержан." }, People.Reader());

        Assert.Null(entry.Headline);
    }

    [Fact]
    public void That_a_site_is_back_is_not_explained_by_how_it_failed()
    {
        var site = People.Site() with { Reasons = [Reason.Of("reason.domain", "example.org")] };

        Assert.Equal(("Why", "Until then"), (Composer.Entry(site, People.Reader()).ReasonsAre, Composer.Entry(site with { Kind = AlertKind.SiteRecovered }, People.Reader()).ReasonsAre));
    }

    [Fact]
    public void Only_items_are_called_unreviewed()
    {
        var document = Composer.Compose(People.Site(), People.Reader(), People.Context);

        Assert.Equal((null, "[KZ] Blocked: Сайт from AS64500 (DNS)"), (document.Caution, document.Subject));
    }

    [Fact]
    public void Nothing_in_a_mail_is_loaded_from_anywhere()
    {
        var html = Render(People.Item(), People.Reader()).Html;

        Assert.DoesNotMatch("(?i)<img|<link|<iframe|src=|url\\(|@import", html);
    }

    private static MailContent Render(AlertRecord record, Recipient recipient) =>
        Composer.Compose(record, recipient, People.Context with { Why = Reason.Of(record.Kind is AlertKind.Item ? "why.severity" : "why.sites") }).Render();

    /// <summary>What a reader of the HTML part sees.</summary>
    private static string Visible(string html) => WebUtility.HtmlDecode(Tag().Replace(html[html.IndexOf("<body", StringComparison.Ordinal)..], " "));

    /// <summary>Letters and digits only, without the addresses of links.</summary>
    private static IReadOnlyList<string> Words(string text) =>
        [.. Word().Matches(string.Join('\n', text.Split('\n').Where(line => !line.Contains("://", StringComparison.Ordinal)))).Select(match => match.Value)];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex("<a href=\"([^\"]+)\"")]
    private static partial Regex Links();
}
