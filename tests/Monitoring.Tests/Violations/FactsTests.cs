using Monitoring.Violations.Facts;

namespace Monitoring.Tests.Violations;

/// <summary>Articles of laws, sums and dates in a text.</summary>
public sealed class FactsTests
{
    [Theory]
    [InlineData("по ст. 174 УК РК", "CC 174")]
    [InlineData("по части 3 статьи 274 Уголовного кодекса", "CC 274(3)")]
    [InlineData("по ч. 2 ст. 419 УК", "CC 419(2)")]
    [InlineData("статья 488 КоАП", "CAO 488")]
    [InlineData("по статье 456-2", "CAO 456-2")]
    [InlineData("статьи 164, 170 и 235 УК", "CC 164|CC 170|CC 235")]
    [InlineData("ҚК 274-бабының 4-бөлігі бойынша", "CC 274(4)")]
    [InlineData("ӘҚБтК-нің 488-бабы", "CAO 488")]
    [InlineData("Қылмыстық кодекстің 174-бабымен", "CC 174")]
    [InlineData("under Article 164 of the Criminal Code", "CC 164")]
    [InlineData("article 373 of the Administrative Code", "CAO 373")]
    [InlineData("Articles 129 and 130", "? 129|? 130")]
    [InlineData("part 2 of article 241 of the Criminal Code", "CC 241(2)")]
    [InlineData("написал 12 статей за 3 года", "")]
    [InlineData("the article was read 174 times", "")]
    public void Articles_of_laws(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', LegalArticles.Find(text).Select(article => $"{article.Code ?? "?"} {article.Number}{(article.Part is null ? "" : $"({article.Part})")}")));

    [Theory]
    [InlineData("оштрафован на 485 тыс. тенге", "485000 KZT")]
    [InlineData("взыскать 5 млн тенге", "5000000 KZT")]
    [InlineData("1,5 миллиона тенге", "1500000 KZT")]
    [InlineData("2 350 000 тенге", "2350000 KZT")]
    [InlineData("15 million tenge (close to 80.000 EUR)", "15000000 KZT|80000 EUR")]
    [InlineData("fined $500", "500 USD")]
    [InlineData("€1.2 million", "1200000 EUR")]
    [InlineData("100 АЕК айыппұл", "100 MCI")]
    [InlineData("штраф 20 МРП", "20 MCI")]
    [InlineData("485 мың теңге", "485000 KZT")]
    [InlineData("в 2012 году 5 человек", "")]
    public void Sums(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Amounts.Find(text).Select(amount => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{amount.Value:0.##} {amount.Currency}"))));

    [Theory]
    [InlineData("On July 3", "2012-07-03")]
    [InlineData("on the 3trd of July", "2012-07-03")]
    [InlineData("On 23 January 2012", "2012-01-23")]
    [InlineData("In May a court", "2012-05")]
    [InlineData("The police may detain", "")]
    [InlineData("On December 16, 2011", "2011-12-16")]
    [InlineData("16 декабря 2011 года", "2011-12-16")]
    [InlineData("3 июля", "2012-07-03")]
    [InlineData("20 декабря", "2011-12-20")] // no year: the last one
    [InlineData("в мае", "2012-05")]
    [InlineData("2011 жылғы 16 желтоқсанда", "2011-12-16")]
    [InlineData("5 шілдеде", "2012-07-05")]
    [InlineData("03.07.2012", "2012-07-03")]
    [InlineData("2012-07-03", "2012-07-03")]
    [InlineData("03/06/2012", "2012-06-03?")]
    [InlineData("23/01/2011", "2011-01-23")]
    [InlineData("31 февраля", "")]
    [InlineData("Вчера задержан", "2012-07-05")]
    [InlineData("кеше ұсталды", "2012-07-05")]
    [InlineData("в понедельник", "2012-07-02")]
    [InlineData("on Friday", "2012-07-06")]
    [InlineData("сейсенбі күні", "2012-07-03")]
    [InlineData("марта ли", "2012-03")]
    [InlineData("Маркус", "")]
    public void Dates_against_the_day_of_publication(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', EventDates.Find(text, new DateOnly(2012, 7, 6)).Select(date => date.Edtf)));

    [Fact]
    public void Without_a_day_of_publication_only_full_dates_are_known() =>
        Assert.Equal(["2011-12-16"], EventDates.Find("Вчера, 3 июля, в мае и 16 декабря 2011 года", null).Select(date => date.Edtf));
}
