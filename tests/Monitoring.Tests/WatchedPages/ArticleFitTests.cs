using Monitoring.Tests.Support;
using Monitoring.WatchedPages;

namespace Monitoring.Tests.WatchedPages;

public sealed class ArticleFitTests
{
    private const string Other = "a page that does not tell of the item";

    [Theory]
    [InlineData("Суд перенёс заседание", "", "Суд перенёс заседание", "Заседание перенесли на пятницу.", null)]
    [InlineData("Суд перенёс заседание", "", "", "Заседания переносят до пятницы.", null)] // other endings
    [InlineData("Суд перенёс заседание", "", "Суд перенёс заседание", "Мы используем файлы cookie.", Other)] // the headline over a notice
    [InlineData("Суд перенёс заседание", "", "Портал", "Главные новости дня и заседание клуба.", null)] // half of two words
    [InlineData("Суд перенёс заседание редакции журнала", "", "Портал", "Главные новости дня и заседание клуба.", Other)] // a quarter of four
    [InlineData("", "Заседание назначено", "", "Заседание суда назначено на пятницу.", null)] // without a title its text speaks
    [InlineData("«1984»", "", "", "Роман о надзоре.", Other)]
    [InlineData("Title", "long enough", "", "short", "no more text than the source gives")]
    [InlineData("Title", "", "Title", "", "a page without text")]
    public void A_page_fits_if_it_tells_of_the_item(string title, string told, string pageTitle, string text, string? fault)
    {
        Assert.Equal(fault, ArticleFit.Fault(title, told, pageTitle, text));
    }

    [Fact]
    public void A_page_that_contains_the_teaser_fits_whatever_the_headline()
    {
        const string Teaser = "Заседание по делу редакции назначено на пятницу, сообщили […]";

        Assert.Null(ArticleFit.Fault("Срочно", Teaser, "", ArticleWorld.Body() + "\nЗаседание  по делу редакции назначено на пятницу, сообщили в канцелярии."));
    }
}
