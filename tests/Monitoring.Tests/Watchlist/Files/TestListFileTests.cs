using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>Citizen Lab's test lists; the rows here are invented.</summary>
public sealed class TestListFileTests
{
    private const string Columns = "url,category_code,category_description,date_added,source,notes";

    [Fact]
    public void A_row_becomes_a_site_with_where_it_is_from()
    {
        var list = Read($"{Columns}\nhttps://news.example.kz/,NEWS,News Media,2020-01-02,somebody,\"a daily, in Kazakh\"\n");

        var site = Assert.Single(list.Sites);
        Assert.Equal(("news.example.kz", new Uri("https://news.example.kz/"), "KZ"), (site.Name, site.Url, site.Country));
        Assert.Equal("News Media (NEWS). a daily, in Kazakh. Added 2020-01-02 by somebody. Citizen Lab test lists, CC BY-NC-SA 4.0", site.Note);
        Assert.Empty(list.Problems);
    }

    [Fact]
    public void Only_chosen_categories_are_taken_and_all_are_counted()
    {
        var list = Read($"{Columns}\nhttps://a.example/,NEWS,,,,\nhttps://b.example/,culTR,,,,\nhttps://c.example/,NEWS,,,,\n", "NEWS");

        Assert.Equal(["a.example", "c.example"], list.Sites.Select(site => site.Name));
        Assert.Equal((1, 2, 1), (list.NotChosen, list.Categories["NEWS"], list.Categories["CULTR"]));
    }

    [Fact]
    public void Columns_are_known_by_name_in_any_order_and_case()
    {
        var list = Read("Notes,Category_Code,URL,other\r\nx,NEWS,http://a.example/path?q=1,y\r\n");

        Assert.Equal(("a.example/path?q=1", "(NEWS). x. Citizen Lab test lists, CC BY-NC-SA 4.0"), (Assert.Single(list.Sites).Name, list.Sites[0].Note));
    }

    [Fact]
    public void A_host_in_letters_of_its_own_is_called_by_them_and_is_one_with_its_other_spelling()
    {
        var list = Read($"{Columns}\nhttp://xn--80aswg.xn--p1ai/,NEWS,,,,\nhttp://сайт.рф/,NEWS,,,,\n");

        Assert.Equal("сайт.рф", Assert.Single(list.Sites).Name);
        Assert.Equal("list.csv:3: url: stands in line 2 already", Assert.Single(list.Problems).ToString());
    }

    [Theory]
    [InlineData("", "list.csv:1: file: is empty")]
    [InlineData("address,code\nhttp://a.example/,NEWS\n", "list.csv:1: url: no column has this name")]
    [InlineData(Columns + "\nftp://a.example/,NEWS,,,,\n", "list.csv:2: url: an absolute http or https address")]
    [InlineData(Columns + "\nhttp://user:secret@a.example/,NEWS,,,,\n", "list.csv:2: url: an absolute http or https address")]
    [InlineData(Columns + "\nhttp://a.example/\n", "list.csv:2: record: 6 values are expected, 1 were found")]
    [InlineData(Columns + "\n\nhttp://a.example/,NEWS,,,,\"open\nnever closed", "list.csv:3: record: a quote opens here that is never closed")]
    [InlineData(Columns + "\n\"http://a.example/\"x,NEWS,,,,\n", "list.csv:2: record: text stands after a closing quote")]
    public void What_is_wrong_is_told_with_its_line(string text, string problem)
    {
        var list = Read(text);

        Assert.Empty(list.Sites);
        Assert.StartsWith(problem, list.Problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_row_does_not_keep_the_others_and_control_characters_become_blanks()
    {
        var list = Read($"{Columns}\nnothing,NEWS,,,,\nhttps://a.example/,NEWS,\"two\nlines\",,,\n");

        Assert.Equal("two lines (NEWS). Citizen Lab test lists, CC BY-NC-SA 4.0", Assert.Single(list.Sites).Note);
        Assert.Single(list.Problems);
    }

    [Fact]
    public void A_field_without_end_is_told_and_not_kept()
    {
        var list = Read($"{Columns}\nhttps://a.example/,NEWS,,,,{new string('x', 100_000)}\nhttps://b.example/,NEWS,,,,\n");

        Assert.Equal("b.example", Assert.Single(list.Sites).Name);
        Assert.Contains("a field of at most 65536 characters", Assert.Single(list.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Five_thousand_sites_are_read()
    {
        var rows = Enumerable.Range(1, 5_000).Select(i => FormattableString.Invariant($"https://site-{i}.example/,NEWS,News Media,2020-01-02,somebody,"));
        var told = 0;

        var list = TestListFile.Read(new StringReader($"{Columns}\n{string.Join('\n', rows)}\n"), "list.csv", "KZ", new HashSet<string>(), () => told++);

        Assert.Equal((5_000, 0, 5_001), (list.Sites.Count, list.Problems.Count, told));
    }

    private static TestList Read(string text, params string[] chosen) => TestListFile.Read(new StringReader(text), "list.csv", "KZ", chosen.ToHashSet(), () => { });
}
