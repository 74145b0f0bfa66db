using Monitoring.Queries;

namespace Monitoring.Tests.Queries;

/// <summary>What is said of a query that cannot be used, to the letter.</summary>
public sealed class QueryErrorTests
{
    [Theory]
    [InlineData("", "1: The query is empty; write a word that is looked for.")]
    [InlineData("   ", "4: The query is empty; write a word that is looked for.")]
    [InlineData("суд AND", "5: AND needs something on both sides.")]
    [InlineData("AND суд", "1: AND needs something on both sides.")]
    [InlineData("суд OR OR обыск", "5: OR needs something on both sides.")]
    [InlineData("суд ИЛИ", "5: ИЛИ needs something on both sides.")]
    [InlineData("(суд OR обыск", "1: This bracket is not closed.")]
    [InlineData("суд)", "4: No bracket was opened for this one.")]
    [InlineData("суд ()", "5: Nothing stands in these brackets.")]
    [InlineData("суд)(", "4: No bracket was opened for this one. | 5: This bracket is not closed.")]
    [InlineData("суд NOT", "5: Nothing follows that could be excluded.")]
    [InlineData("\"на суде", "1: This quotation mark is not closed.")]
    [InlineData("суд \"…\"", "5: No letter and no digit stands here.")]
    [InlineData("суд || обыск", "5: '||' is no operator; did you mean OR?")]
    [InlineData("суд - обыск", "5: '-' is no operator; did you mean NOT?")]
    [InlineData("суд ~ обыск", "5: '~' stands before a word or a phrase in quotes, without a blank.")]
    [InlineData("суд~", "4: '~' stands before a word, or before the quotes of a phrase: ~\"…\".")]
    [InlineData("суд*", "1: '*' needs at least four letters before it; did you mean ~суд?")]
    [InlineData("штраф *", "7: '*' needs at least four letters before it.")]
    [InlineData("за*ан", "1: '*' needs at least four letters before it; did you mean ~за?")]
    [InlineData("задер*ан", "6: '*' stands at the end of a word.")]
    [InlineData("*арест", "1: '*' stands at the end of a word.")]
    [InlineData("~арест*", "1: '~' and '*' do not go together, a prefix finds every ending; did you mean арест*?")]
    [InlineData("суд NEAR обыск", "5: NEAR needs a distance of 1 to 50 words; did you mean NEAR/10?")]
    [InlineData("суд NEAR/51 обыск", "5: NEAR needs a distance of 1 to 50 words; did you mean NEAR/10?")]
    [InlineData("суд NEAR/0 обыск", "5: NEAR needs a distance of 1 to 50 words; did you mean NEAR/10?")]
    [InlineData("суд near/5 обыск", "5: Operators are written in capitals, NEAR with a stroke and a number; did you mean NEAR/5?")]
    [InlineData("суд NEAR5 обыск", "5: Operators are written in capitals, NEAR with a stroke and a number; did you mean NEAR/5?")]
    [InlineData("суд NEAR/5", "5: NEAR/5 needs something on both sides.")]
    [InlineData("суд NEAR/5 -обыск", "12: NOT cannot stand here; exclude before or after.")]
    [InlineData("суд NEAR/5 обыск NEAR/5 штраф", "18: NEAR joins two sides only; did you mean (… NEAR/10 …) AND (… NEAR/10 …)?")]
    [InlineData("суд NEAR/5 (обыск штраф)", "5: NEAR joins words, phrases, and groups of them with OR in brackets.")]
    [InlineData("суд SENTENCE lang:ru", "5: SENTENCE joins words, phrases, and groups of them with OR in brackets.")]
    [InlineData("суд langg:ru", "5: No field is called 'langg'; did you mean lang:? The fields are title, body, source, lang, country, person, outlet, type, since.")]
    [InlineData("суд lang:russian", "10: lang: takes a language code such as ru, kk or en.")]
    [InlineData("суд country:KAZ", "13: country: takes a country code of two letters such as KZ.")]
    [InlineData("type:DETENTON", "6: No violation type has the code 'DETENTON'; did you mean DETENTION?")]
    [InlineData("type:weather", "6: No violation type has the code 'weather'.")]
    [InlineData("суд since:yesterday", "11: since: takes a day such as 2026-11-01, or a number of days such as 7d.")]
    [InlineData("суд since:2026-02-30", "11: since: takes a day such as 2026-11-01, or a number of days such as 7d.")]
    [InlineData("суд person:", "5: person: needs a value behind it, in quotes if it has blanks.")]
    [InlineData("title:", "1: title: needs a word, a phrase or a group in brackets behind it.")]
    [InlineData("title:person:x", "1: Only words may follow title: and body:.")]
    [InlineData("title:(суд body:обыск)", "12: title: and body: cannot stand in one another.")]
    [InlineData("title:(суд lang:ru)", "12: Only words may stand in title:(…) and body:(…).")]
    [InlineData("-суд", "1: The query only excludes; add a word that is looked for.")]
    [InlineData("NOT (суд OR обыск) -штраф", "1: The query only excludes; add a word that is looked for.")]
    [InlineData("суд OR -обыск", "1: The query holds for items without any of its words; add a word, a phrase, person:, outlet: or type: that must be there.")]
    [InlineData("lang:ru since:7d", "1: The query holds for items without any of its words; add a word, a phrase, person:, outlet: or type: that must be there.")]
    [InlineData("лол:суд суд* (", "1: No field is called 'лол'. The fields are title, body, source, lang, country, person, outlet, type, since. | 9: '*' needs at least four letters before it; did you mean ~суд? | 14: This bracket is not closed.")]
    public void The_place_and_the_remedy_are_told(string query, string expected)
    {
        var parsed = QueryParser.Parse(query);

        Assert.Null(parsed.Query);
        Assert.Equal(expected, string.Join(" | ", parsed.Errors.Select(error => $"{error.Column}: {error.Message}")));
    }

    [Theory]
    [InlineData("суд langg:ru", "суд langg:ru\n    ^^^^^^")]
    [InlineData("суд\n\tAND", "суд  AND\n     ^^^")] // on one line
    [InlineData("су\u0301д lang:", "су\u0301д lang:\n    ^^^^^")] // a stress mark takes no place
    [InlineData("", "\n^")]
    public void A_caret_stands_under_the_place(string query, string expected)
    {
        var (line, carets) = QueryParser.Parse(query).Errors[0].Show(query);

        Assert.Equal(expected, $"{line}\n{carets}");
    }

    [Fact]
    public void Of_a_long_query_the_part_around_the_place_is_shown()
    {
        var query = $"{string.Join(' ', Enumerable.Repeat("суд", 40))} AND OR {string.Join(' ', Enumerable.Repeat("обыск", 40))}";

        var (line, carets) = QueryParser.Parse(query).Errors[0].Show(query);

        Assert.Equal(74, line.Length);
        Assert.Equal("AND", line.Substring(carets.IndexOf('^', StringComparison.Ordinal), carets.Count(c => c == '^')));
    }
}
