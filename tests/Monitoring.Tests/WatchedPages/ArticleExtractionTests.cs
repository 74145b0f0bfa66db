using Monitoring.Feeds;
using Monitoring.Tests.Support;
using Monitoring.WatchedPages;

namespace Monitoring.Tests.WatchedPages;

/// <summary>Invented pages as systems of the region build them (folder <c>pages</c>): each says at its top what must be read from it, and what must not.</summary>
public sealed class ArticleExtractionTests
{
    private const string Paragraph = "<p>Журналиста Мираса Кыранбекова задержали утром у дома, сообщил его адвокат.</p>";

    private static readonly string[] Names =
        [.. Directory.GetFiles(Repository.Path("tests", "Monitoring.Tests", "WatchedPages", "pages")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Pages => [.. Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Body_and_facts_are_read_and_the_rest_of_the_page_is_left(string name)
    {
        var page = SamplePage.Open(name);

        var article = Extraction().Read(page.Html, page.Url)!;

        var text = article.Text!.Value;
        Assert.Multiple(
            () => Assert.Equal(page.Kept, text.Split('\n').Intersect(page.Kept)),
            () => Assert.All(page.Gone, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal)),
            () => Assert.Equal(page.Fact("title"), article.Title?.Value),
            () => Assert.Equal(page.Fact("published"), article.Published is { } date ? $"{date.Value.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {date.By}" : null),
            () => Assert.Equal(page.Fact("author"), Said(article.Author)),
            () => Assert.Equal(page.Fact("language"), Said(article.Language)),
            () => Assert.Equal(page.Fact("canonical"), Said(article.Canonical)));
    }

    /// <summary>Lines that are neither asked for nor forbidden are at most one in ten: names in them would count as the article's.</summary>
    [Fact]
    public void Of_all_lines_that_are_taken_for_text_nine_in_ten_are_the_articles()
    {
        var pages = Names.Select(SamplePage.Open).ToList();
        var lines = pages.SelectMany(page => Extraction().Read(page.Html, page.Url)!.Text!.Value.Split('\n'), (page, line) => (page, line)).ToList();

        Assert.InRange(lines.Count(pair => pair.page.Kept.Contains(pair.line)), lines.Count * 0.9, lines.Count);
        Assert.Equal(pages.Sum(page => page.Kept.Count), lines.Count(pair => pair.page.Kept.Contains(pair.line)));
    }

    [Theory]
    [InlineData(".b", "Второй.")]
    [InlineData("div", "Первый.\nВторой.")] // the outer part holds the inner one
    [InlineData(".none", null)]
    public void The_sources_selector_wins(string selector, string? expected)
    {
        var article = Read($"<article>{Paragraph}</article><div>Первый.<div class=b>Второй.</div></div>", selector);

        Assert.Equal(expected, article?.Text?.Value);
    }

    [Theory]
    [InlineData("<link rel=canonical href='/a?b=1'>", "https://www.site.kz/a?b=1")]
    [InlineData("<link rel=canonical href='https://m.site.kz/1'>", "https://m.site.kz/1")]
    [InlineData("<link rel=canonical href='https://other.kz/1'><meta property=og:url content='https://site.kz/2'>", "https://site.kz/2")]
    [InlineData("<link rel=canonical href='https://site.kz/'>", null)] // no article is the front page
    [InlineData("<link rel=canonical href='javascript:1'>", null)]
    [InlineData("<link rel=canonical href='http://xn--й.kz/'>", null)]
    public void Only_an_address_of_the_same_owner_is_canonical(string head, string? expected) =>
        Assert.Equal(expected, Read(head)!.Canonical?.Value.AbsoluteUri);

    [Theory]
    [InlineData("{]")]
    [InlineData("\"text\"")]
    [InlineData("{\"@type\":\"NewsArticle\",\"headline\":\"\\ud800\"}")]
    [InlineData("{\"@type\":\"Organization\",\"name\":\"Сайт\"}")]
    [InlineData("{\"@type\":5,\"headline\":{}}")]
    public void Linked_data_that_says_nothing_is_passed_over(string json) =>
        Assert.Equal(ArticlePart.Headline, Read($"<script type='application/ld+json'>{json}</script><h1>Заголовок</h1>")!.Title!.By);

    [Fact]
    public void Linked_data_nested_too_deeply_is_passed_over() =>
        Assert.Null(Read($"<script type='application/ld+json'>{string.Concat(Enumerable.Repeat("[", 100_000))}</script>{Paragraph}")!.Title);

    [Fact]
    public void A_page_nested_too_deeply_is_none() => Assert.Null(Read(string.Concat(Enumerable.Repeat("<div>", 100_000))));

    [Fact]
    public void A_page_without_text_has_none() => Assert.Null(Read("<nav><a href='/'>Главная</a></nav>")!.Text);

    [Theory]
    [InlineData("<p>")]
    [InlineData("<p>Слово, слово, слово, слово, слово<a href=x>")]
    [InlineData("<div class='comments menu lead'>")]
    [InlineData("<h1>Заголовок</h1><time datetime='2026'></time>")]
    public void Long_pages_are_read(string piece) => Assert.NotNull(Extraction().Read(string.Concat(Enumerable.Repeat(piece + "</div>", 2_000_000 / piece.Length)), new Uri("https://site.kz/a")));

    [Fact]
    public void No_page_makes_it_throw()
    {
        var random = new RandomText(20261122);
        string[] pieces =
        [
            "<article>", "</article>", "<div class='lead share'>", "</div>", "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"", "\"}</script>", "<a href='", "'>", "<br>", Paragraph,
            "<meta property='og:title' content='", "<link rel=canonical href='", "<time datetime='", "<h1>", "19 сентября 2026 года", "Автор: ", "<body", "<frameset>", "<table>", "http://xn--",
        ];
        for (var i = 0; i < 1000; i++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Number(20)).Select(_ => random.Of(pieces) + random.Next(2)));

            var failure = Record.Exception(() => Read(html, random.Number(2) == 0 ? null : "div"));

            Assert.True(failure is null, $"seed {random.Seed}, round {i}: {failure?.GetType().Name} for {html}");
        }
    }

    private static string? Said<T>(Told<T>? told) => told is null ? null : $"{told.Value} {told.By}";

    private static ArticleExtraction Extraction() => new(FeedDate.Read);

    private static Article? Read(string html, string? selector = null) => Extraction().Read(html, new Uri("https://www.site.kz/news/1"), selector);

    private sealed record SamplePage(string Html, ILookup<string, string> Facts)
    {
        public Uri Url => new(Fact("url")!);

        public IReadOnlyList<string> Kept => [.. Facts["kept"]];

        public IReadOnlyList<string> Gone => [.. Facts["gone"]];

        public string? Fact(string name) => Facts[name].SingleOrDefault();

        public static SamplePage Open(string name)
        {
            var file = File.ReadAllText(Repository.Path("tests", "Monitoring.Tests", "WatchedPages", "pages", name + ".html"));
            var end = file.IndexOf("-->", StringComparison.Ordinal);
            var facts = file[..end].Split('\n').Skip(1).Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
            return new SamplePage(file[(end + "-->".Length)..], facts);
        }
    }
}
