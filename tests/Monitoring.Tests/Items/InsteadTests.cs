using Monitoring.Evidence;
using Monitoring.Items;

namespace Monitoring.Tests.Items;

public sealed class InsteadTests
{
    private static readonly string News = string.Concat(Enumerable.Range(0, 40).Select(number => $"<p>Новость номер {number}: суд вынес решение по делу журналиста.</p>"));

    [Theory]
    [InlineData("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", InsteadKind.Challenge)]
    [InlineData("<p>Please wait</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script>", InsteadKind.Challenge)]
    [InlineData("<script>document.cookie='t='+toHex(slowAES.decrypt(c,2,a,b));location.href='/';</script>", InsteadKind.Challenge)]
    [InlineData("<title>DDoS-Guard</title><h1>Проверка браузера перед переходом на сайт</h1>", InsteadKind.Challenge)]
    [InlineData("<p>Подтвердите, что вы не робот</p>", InsteadKind.Challenge)]
    [InlineData("<h1>Доступ к ресурсу ограничен</h1><p>По решению уполномоченного органа.</p>", InsteadKind.Block)]
    [InlineData("<h1>ҚОЛЖЕТІМДІЛІК ШЕКТЕЛГЕН</h1>", InsteadKind.Block)]
    [InlineData("<h1>This domain is for sale!</h1>", InsteadKind.Parked)]
    [InlineData("<h1>Домен продаётся</h1>", InsteadKind.Parked)]
    [InlineData("<h1>Ведутся технические работы</h1>", InsteadKind.Maintenance)]
    [InlineData("<h1>Вход</h1><form><input name=login><input TYPE=Password></form>", InsteadKind.Login)]
    [InlineData("", InsteadKind.Empty)]
    [InlineData("<html><body><div id=root></div><script>render()</script></body></html>", InsteadKind.Empty)]
    public void A_page_that_is_something_else_is_recognised(string html, InsteadKind kind) => Assert.Equal(kind, Instead.Of(Exchange(), html));

    [Fact]
    public void An_article_about_such_pages_is_an_article()
    {
        Assert.Null(Instead.Of(Exchange(), News + "<p>На сайте видна надпись: доступ к ресурсу ограничен.</p>"));
        Assert.Null(Instead.Of(Exchange(), News + "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>")); // stands on every page of the service
        Assert.Null(Instead.Of(Exchange(), News + "<form><input type=password></form>"));
    }

    [Fact]
    public void A_short_page_of_news_is_news() => Assert.Null(Instead.Of(Exchange(), "<a href=/1>Суд вынес решение по делу журналиста</a>"));

    [Fact]
    public void What_a_header_says_counts_for_long_pages_too()
    {
        Assert.Equal(InsteadKind.Challenge, Instead.Of(Exchange(("CF-Mitigated", "challenge")), News));
        Assert.Null(Instead.Of(Exchange(("CF-Mitigated", "no")), News));
    }

    private static HttpExchange Exchange(params (string Name, string Value)[] headers) => new()
    {
        RequestUrl = new Uri("https://news.kz/"),
        FinalUrl = new Uri("https://news.kz/"),
        Redirects = [],
        Status = 200,
        RequestHeaders = [],
        ResponseHeaders = [.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))],
        Body = default,
        At = default,
        Duration = TimeSpan.Zero,
    };
}
