using Monitoring.Queries;

namespace Monitoring.Tests.Queries;

/// <summary>Which words of an item a query finds.</summary>
public sealed class QueryIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("суд", "Суд идёт", "Суд")]
    [InlineData("суд", "О суде", "-")] // as it stands
    [InlineData("~суд", "О суде", "суде")]
    [InlineData("~задержать", "Журналиста задержали", "задержали")]
    [InlineData("~ұстау", "Журналист ұсталды", "ұсталды")]
    [InlineData("~задержать OR ~ұстау", "Задержан, яғни ұсталды", "Задержан, ұсталды")] // two languages in one sentence
    [InlineData("задерж*", "задержка и задержан", "задержка, задержан")]
    [InlineData("\"на суде\"", "на суде; на самом суде", "на суде")]
    [InlineData("\"на суде\"", "на. Суде", "-")] // a phrase stands in one sentence
    [InlineData("\"взят под\"", "взят, под", "-")]
    [InlineData("\"взят, под\"", "взят, под; взят под", "взят, под, взят под")]
    [InlineData("\"радио дала\"", "Радио «Дала»", "Радио «Дала")]
    [InlineData("~\"задержать журналиста\"", "задержали журналистов", "-")] // the dictionary form is what has forms
    [InlineData("~\"задержать журналист\"", "задержали журналистов", "задержали журналистов")]
    [InlineData("суд обыск", "обыск, суд, суд", "обыск, суд, суд")] // every hit
    [InlineData("суд обыск", "суд", "-")]
    [InlineData("суд OR обыск", "обыск", "обыск")]
    [InlineData("суд -обыск", "суд, обыск", "-")]
    [InlineData("суд -обыск", "суд", "суд")]
    [InlineData("суд NEAR/2 арест", "арест и суд, а суд", "арест, суд")] // only those that are near
    [InlineData("суд NEAR/1 арест", "арест и суд", "-")]
    [InlineData("суд NEAR/1 суд", "суд", "-")] // one word is not near itself
    [InlineData("суд NEAR/1 суд", "суд суд", "суд, суд")]
    [InlineData("(суд OR \"на суде\") NEAR/1 арест", "на суде арест", "на суде, арест")]
    [InlineData("суд SENTENCE арест", "Суд и арест. Суд. Арест", "Суд, арест")]
    [InlineData("суд SENTENCE арест", "Суд. Арест", "-")]
    [InlineData("person:p-1 -суд", "обыск", "Мирас")]
    [InlineData("суд person:\"Мирас Сапаров\"", "суд", "Мирас, суд")]
    [InlineData("outlet:p-1", "суд", "-")]
    [InlineData("outlet:дала", "суд", "Мирас")]
    [InlineData("type:detention", "суд", "Мирас")]
    [InlineData("type:search", "суд", "-")]
    [InlineData("суд lang:ru country:KZ source:azattyq source:\"радио азаттык\"", "суд", "суд")]
    [InlineData("суд lang:kk", "суд", "-")]
    [InlineData("суд country:KG", "суд", "-")]
    [InlineData("суд source:азаттык", "суд", "-")]
    [InlineData("суд since:2026-11-18", "суд", "суд")]
    [InlineData("суд since:2026-11-19", "суд", "-")]
    [InlineData("суд since:2d", "суд", "суд")]
    [InlineData("суд since:1d", "суд", "-")]
    [InlineData("title:суд", "суд", "-")]
    [InlineData("body:суд", "суд", "суд")]
    [InlineData("body:мирас OR title:мирас", "суд", "Мирас")]
    [InlineData("мирас NEAR/5 суд", "суд", "-")] // title and body are not near
    [InlineData("body:(суд -обыск) title:(мирас OR обыск)", "суд", "Мирас, суд")]
    [InlineData("суд", "", "-")]
    public void A_query_finds(string query, string body, string expected)
    {
        var document = QueryDocument.Of("Мирас", body) with
        {
            Sources = [("other", "Другой"), ("azattyq", "Радио Азаттык")],
            Language = "ru",
            Country = "KZ",
            Published = Now.AddDays(-2),
            Found =
            [
                new FoundInItem(QueryField.Person, "p-1", "Мирас Сапаров", 0, 5),
                new FoundInItem(QueryField.Outlet, "o-1", "Дала", 0, 5),
                new FoundInItem(QueryField.Type, "DETENTION", "DETENTION", 0, 5),
            ],
        };

        var matches = Compile(query).Find(document, Now);

        Assert.Equal(expected, matches is [var match] ? string.Join(", ", match.Hits.Select(hit => hit.Surface)) : "-");
    }

    [Fact]
    public void A_hit_tells_its_place_and_the_part_of_the_query_that_stands_there()
    {
        var match = Assert.Single(Compile("обыск", "~суд OR штраф*").Find(QueryDocument.Of("Новости", "О су\u0301де и штрафах"), Now));

        Assert.Equal((1, false), (match.Query, match.HasMore));
        Assert.Equal([new QueryHit(10, 5, "су\u0301де", "~суд"), new QueryHit(18, 7, "штрафах", "штраф*")], match.Hits);
    }

    [Fact]
    public void An_item_of_unknown_age_was_published_since_no_day()
    {
        Assert.Empty(Compile("суд since:3660d").Find(QueryDocument.Of("", "суд"), Now));
    }

    [Fact]
    public void An_index_of_nothing_finds_nothing()
    {
        Assert.Empty(Compile().Find(QueryDocument.Of("Суд", "суд"), Now));
        Assert.Empty(Compile("суд").Find(QueryDocument.Of("", ""), Now));
    }

    [Fact]
    public void Ten_thousand_queries_are_asked_together()
    {
        var index = QueryIndex.Compile(Enumerable.Range(0, 10_000).Select(i => QueryParser.Parse($"~слово{i} NEAR/5 (суд OR арест{i % 7}) -обыск{i}").Query!));

        var matches = index.Find(QueryDocument.Of("", "суд слово17, слово4711 арест0; суд обыск4711"), Now);

        Assert.Equal([17], matches.Select(match => match.Query));
    }

    [Theory]
    [InlineData("суд OR арест*")]
    [InlineData("суд NEAR/50 суд")]
    [InlineData("(суд OR \"суд суд\" OR \"суд суд суд\") NEAR/50 (суд OR \"суд суд\")")]
    [InlineData("суд SENTENCE (суд OR \"суд суд\")")]
    public void Of_a_huge_body_the_first_hits_are_given(string query)
    {
        var match = Assert.Single(Compile(query).Find(QueryDocument.Of("", string.Concat(Enumerable.Repeat("суд ", 250_000))), Now));

        Assert.True(match.HasMore);
        Assert.Equal(QueryIndex.MostHits, match.Hits.Count);
    }

    [Fact]
    public void A_huge_body_without_the_other_word_is_read_to_its_end()
    {
        var body = string.Concat(Enumerable.Repeat("суд ", 250_000));

        Assert.Empty(Compile("суд NEAR/50 (арест OR обыск)", "суд SENTENCE арест", "\"суд суд суд арест\"").Find(QueryDocument.Of("", body), Now));
        Assert.Single(Compile("суд NEAR/50 (арест OR обыск)").Find(QueryDocument.Of("", body + "арест"), Now));
    }

    private static QueryIndex Compile(params string[] queries) => QueryIndex.Compile(queries.Select(query => QueryParser.Parse(query).Query!));
}
