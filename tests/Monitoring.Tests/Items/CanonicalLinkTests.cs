using System.Diagnostics.CodeAnalysis;
using Monitoring.Items;

namespace Monitoring.Tests.Items;

[SuppressMessage("Design", "CA1054:URI-like parameters should not be strings", Justification = "Test data.")]
public sealed class CanonicalLinkTests
{
    [Theory]
    [InlineData("https://orda.kz/news/1", "orda.kz/news/1")]
    [InlineData("HTTP://WWW.Orda.KZ:80/news/1/#comments", "orda.kz/news/1")]
    [InlineData("https://orda.kz./", "orda.kz")]
    [InlineData("https://orda.kz:8443/news", "orda.kz:8443/news")]
    [InlineData("https://жаңалық.қаз/бет", "xn--80aaqw4fuxvb.xn--80ao21a/%D0%B1%D0%B5%D1%82")]
    [InlineData("https://spa.kz/#!/news/1", "spa.kz#!/news/1")]
    [InlineData("https://spa.kz/news#part", "spa.kz/news")]
    [InlineData("https://a.kz/news/../news/./1", "a.kz/news/1")]
    [InlineData("mailto:news@a.kz", "mailto:news@a.kz")]
    public void Host_and_path_have_one_form(string link, string same) => Assert.Equal(same, Of(link));

    [Theory]
    [InlineData("https://a.kz/%7Euser/%d0%b1", "https://a.kz/~user/%D0%B1")]
    [InlineData("https://a.kz/новости", "https://a.kz/%d0%bd%d0%be%d0%b2%d0%be%d1%81%d1%82%d0%b8")]
    [InlineData("https://a.kz/%ED%EE%E2%EE%F1%F2%E8", "https://a.kz/новости")] // windows-1251
    [InlineData("https://a.kz/?q=%E0+%E1", "https://a.kz/?q=а%20б")]
    [InlineData("https://a.kz/a,b", "https://a.kz/a%2Cb")]
    [InlineData("https://a.kz/?b=2&a=1&&", "https://a.kz/?a=1&b=2")]
    public void One_page_in_two_spellings_is_one(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("https://a.kz/a%2Fb", "https://a.kz/a/b")]
    [InlineData("https://a.kz/?q=1%2B1", "https://a.kz/?q=1+1")]
    [InlineData("https://a.kz/?q=1%26a=2", "https://a.kz/?q=1&a=2")]
    [InlineData("https://a.kz/News", "https://a.kz/news")]
    [InlineData("https://a.kz/index.php?id=1", "https://a.kz/index.php?id=2")]
    [InlineData("https://a.kz/?a", "https://a.kz/?a=")]
    [InlineData("https://m.a.kz/1", "https://a.kz/1")] // a twin may be shorter
    [InlineData("https://a.kz/ru/1", "https://a.kz/kz/1")]
    public void Two_pages_stay_two(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    [Theory]
    [InlineData("utm_source=x&UTM_Medium=y&yclid=1&ysclid=2&_openstat=z&fb_ref=q&gclid=3&from=rss&rss=1&amp", "")]
    [InlineData("ref=a.kz", "")]
    [InlineData("ref=www.a.kz", "")]
    [InlineData("ref=b.kz", "?ref=b.kz")]
    [InlineData("id=5&utm_source=x", "?id=5")]
    [InlineData("utmost=1&fromage=2", "?fromage=2&utmost=1")]
    public void Parameters_of_tracking_go_and_unknown_ones_stay(string query, string kept) => Assert.Equal("a.kz/1" + kept, Of("https://a.kz/1?" + query));

    [Theory]
    [InlineData("https://www.google.com/url?sa=t&url=https%3A%2F%2Forda.kz%2Fnews%3Fid%3D1&usg=x", "orda.kz/news?id=1")]
    [InlineData("https://www.google.kz/url?q=https://orda.kz/1", "orda.kz/1")]
    [InlineData("https://www.google.com/amp/s/orda.kz/1?amp=1", "orda.kz/1")]
    [InlineData("https://orda-kz.cdn.ampproject.org/c/s/orda.kz/1", "orda.kz/1")]
    [InlineData("https://vk.com/away.php?to=https%3A%2F%2Forda.kz%2F1&cc_key=", "orda.kz/1")]
    [InlineData("https://away.vk.com/away.php?to=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Forda.kz%252F1", "orda.kz/1")]
    [InlineData("https://t.me/iv?url=https%3A%2F%2Forda.kz%2F1&rhash=1", "orda.kz/1")]
    [InlineData("https://vk.com/away.php?to=javascript%3Aalert(1)", "vk.com/away.php?to=javascript%3Aalert%281%29")]
    [InlineData("https://vk.com/away.php", "vk.com/away.php")]
    [InlineData("https://www.google.com.tr/url?q=https://orda.kz/1", "orda.kz/1")]
    [InlineData("https://google.evil.example/url?q=https://orda.kz/1", "google.evil.example/url?q=https%3A%2F%2Forda.kz%2F1")]
    [InlineData("https://evilgoogle.com/url?q=https://orda.kz/1", "evilgoogle.com/url?q=https%3A%2F%2Forda.kz%2F1")]
    public void A_link_that_only_leads_on_is_the_page_it_leads_to(string link, string page) => Assert.Equal(page, Of(link));

    [Fact]
    public void Leading_on_and_on_ends()
    {
        var link = "https://orda.kz/1";
        for (var i = 0; i < 5; i++)
        {
            link = "https://vk.com/away.php?to=" + Uri.EscapeDataString(link);
        }

        Assert.StartsWith("vk.com/away.php?to=", Of(link), StringComparison.Ordinal);
    }

    private static string Of(string link) => CanonicalLink.Of(new Uri(link));
}
