using Monitoring.Items;

namespace Monitoring.Tests.Items;

public sealed class HtmlTreeTests
{
    [Fact]
    public void A_page_of_people_is_parsed()
    {
        using var document = HtmlTree.Parse("<title>Имя</title><p>Текст");

        Assert.Equal(("Имя", "Текст"), (document!.Title, document.Body!.TextContent));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(600, false)]
    [InlineData(500_000, false)]
    public void Elements_that_are_nested_too_deeply_are_no_page(int depth, bool isPage)
    {
        using var document = HtmlTree.Parse(string.Concat(Enumerable.Repeat("<div>", depth)));

        Assert.Equal(isPage, document is not null);
    }

    [Fact]
    public void Elements_that_end_are_not_deep()
    {
        using var document = HtmlTree.Parse(string.Concat(Enumerable.Repeat("<p><b>x</b></p>", 50_000)));

        Assert.Equal(50_000, document!.Body!.ChildElementCount);
    }
}
