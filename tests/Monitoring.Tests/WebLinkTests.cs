namespace Monitoring.Tests;

public sealed class WebLinkTests
{
    private static readonly Uri Base = new("https://site.kz/news/today.html?a=1");

    [Theory]
    [InlineData("/1", "https://site.kz/1")]
    [InlineData("1", "https://site.kz/news/1")]
    [InlineData("../1", "https://site.kz/1")]
    [InlineData("?b=2", "https://site.kz/news/today.html?b=2")]
    [InlineData("//other.kz/1", "https://other.kz/1")]
    [InlineData(" http://other.kz/1\n", "http://other.kz/1")]
    [InlineData("HTTP://OTHER.KZ/A", "http://other.kz/A")]
    public void Links_are_made_absolute(string text, string expected) => Assert.Equal(expected, WebLink.Resolve(Base, text)?.AbsoluteUri);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("javascript:void(0)")]
    [InlineData("mailto:a@site.kz")]
    [InlineData("file:///etc/passwd")]
    [InlineData("tel:+77010000000")]
    [InlineData("data:text/html,x")]
    [InlineData("http://")]
    [InlineData("http://a b.kz/")]
    [InlineData("http://site.kz:99999/")]
    [InlineData("http://xn--й.kz/")] // neither of .NET's two ways of writing it works
    [InlineData("http://\u200d.kz/")]
    public void What_is_no_address_of_the_web_is_none(string? text) => Assert.Null(WebLink.Resolve(Base, text));
}
