using Monitoring.Queries;

namespace Monitoring.Tests.Queries;

/// <summary>What is written, and how it is written out.</summary>
public sealed class QueryParserTests
{
    [Theory]
    [InlineData("арест", "арест")]
    [InlineData("АРЕСТ ёлки", "арест AND елки")] // case and ё are folded
    [InlineData("арест AND суд OR обыск", "(арест AND суд) OR обыск")] // AND before OR
    [InlineData("арест (суд OR обыск)", "арест AND (суд OR обыск)")]
    [InlineData("((арест)) ((суд))", "арест AND суд")]
    [InlineData("арест суд AND обыск", "арест AND суд AND обыск")]
    [InlineData("арест -суд", "арест AND NOT суд")]
    [InlineData("арест NOT суд обыск", "арест AND NOT суд AND обыск")] // NOT before AND
    [InlineData("арест NOT NOT суд", "арест AND суд")]
    [InlineData("арест -(суд OR обыск)", "арест AND NOT (суд OR обыск)")]
    [InlineData("арест И суд ИЛИ обыск НЕ штраф", "(арест AND суд) OR (обыск AND NOT штраф)")]
    [InlineData("қамау ЖӘНЕ сот НЕМЕСЕ тінту ЕМЕС айыппұл", "(қамау AND сот) OR (тінту AND NOT айыппұл)")]
    [InlineData("арест and суд", "арест AND and AND суд")] // small letters are words
    [InlineData("\"AND\" суд", "and AND суд")] // so are quoted ones
    [InlineData("~задержать", "~задержать")]
    [InlineData("задерж*", "задерж*")]
    [InlineData("\"взят под стражу\"", "\"взят под стражу\"")]
    [InlineData("«взят под стражу»", "\"взят под стражу\"")]
    [InlineData("“взят под стражу”", "\"взят под стражу\"")]
    [InlineData("~\"взять под стражу\"", "~\"взять под стражу\"")]
    [InlineData("~\"взять страж*\"", "~\"взять страж*\"")]
    [InlineData("\"да, конечно\"", "\"да, конечно\"")] // a mark stays
    [InlineData("\"да — конечно\"", "\"да, конечно\"")]
    [InlineData("экс-президент", "\"экс президент\"")]
    [InlineData("azattyq.org", "\"azattyq org\"")]
    [InlineData("12:30 суд", "\"12, 30\" AND суд")]
    [InlineData("don't", "don't")]
    [InlineData("суд NEAR/5 арест", "суд NEAR/5 арест")]
    [InlineData("суд NEAR/5 арест обыск", "(суд NEAR/5 арест) AND обыск")]
    [InlineData("NOT суд NEAR/5 арест обыск", "NOT (суд NEAR/5 арест) AND обыск")] // NEAR before NOT
    [InlineData("(суд OR \"на суде\") NEAR/50 ~арест", "(суд OR \"на суде\") NEAR/50 ~арест")]
    [InlineData("суд SENTENCE арест SENTENCE (штраф OR обыск)", "суд SENTENCE арест SENTENCE (штраф OR обыск)")]
    [InlineData("title:суд body:(арест -штраф)", "title:суд AND body:(арест AND NOT штраф)")]
    [InlineData("TITLE: \"на суде\"", "title:\"на суде\"")]
    [InlineData("суд lang:RU country:kz", "суд AND lang:ru AND country:KZ")]
    [InlineData("суд source:azattyq source:\"Радио Азаттык\"", "суд AND source:azattyq AND source:\"радио азаттык\"")]
    [InlineData("person:\"Мирас  Сапаров\" OR outlet:kz-media OR type:detention", "person:\"мирас сапаров\" OR outlet:kz-media OR type:DETENTION")]
    [InlineData("суд since:2026-11-01 since:7d", "суд AND since:2026-11-01 AND since:7d")]
    [InlineData("country:OR суд", "country:OR AND суд")] // after a field nothing is an operator
    [InlineData("(суд OR -арест) штраф", "(суд OR NOT арест) AND штраф")]
    public void A_query_has_a_canonical_form_that_reads_as_itself(string query, string canonical)
    {
        Assert.Equal(canonical, Read(query));
        Assert.Equal(canonical, Read(canonical));
    }

    [Fact]
    public void Limits_are_told()
    {
        Assert.Equal("A query has at most 4000 letters.", Single(new string('а', 4001)).Message);
        Assert.Equal("A query has at most 200 words; this one has 201.", Single(string.Join(' ', Enumerable.Repeat("суд", 201))).Message);
        Assert.Equal("A phrase has at most 20 words.", Single($"\"{string.Join(' ', Enumerable.Repeat("суд", 21))}\"").Message);
        Assert.Equal("A word has at most 60 letters.", Single(new string('а', 61)).Message);
        Assert.Equal("Brackets stand at most 20 deep.", Single(Nested(21)).Message);
        Assert.Equal("Brackets stand at most 20 deep.", QueryParser.Parse(new string('(', 4000)).Errors[0].Message);
        Assert.NotNull(QueryParser.Parse(Nested(8)).Query);
    }

    /// <summary>а AND (б OR (а AND …</summary>
    private static string Nested(int depth) => depth == 0 ? "в" : $"а {(depth % 2 == 0 ? "AND" : "OR")} ({Nested(depth - 1)})";

    private static string Read(string query)
    {
        var parsed = QueryParser.Parse(query);
        Assert.Empty(parsed.Errors);
        return parsed.Query!.ToString();
    }

    private static QueryError Single(string query) => Assert.Single(QueryParser.Parse(query).Errors);
}
