using System.Globalization;
using Monitoring.Queries;

namespace Monitoring.Tests.Queries;

/// <summary>Trees and texts over few words, so that they meet. The same for the same seed.</summary>
internal sealed class RandomQuery(int seed)
{
    private static readonly string[] Words = ["суд", "арест", "обыск", "газета", "штраф", "qala", "ұстау", "2024"];
    private static readonly string[] Forms = ["суд", "суда", "арест", "ареста", "арестант", "обыск", "обыски", "газета", "газету", "штраф", "qala", "ұсталды", "2024", "Суд"];
    private static readonly string[] Gaps = [" ", " ", " ", " ", ", ", ". ", "\n", "-", " «"];

    private readonly Random _random = new(seed);

    public Query Tree(int depth)
    {
        var kind = depth == 0 ? _random.Next(3) : _random.Next(10);
        return kind switch
        {
            0 or 1 or 2 => Phrase(),
            3 or 4 => Query.All(Parts(depth)),
            5 or 6 => Query.Any(Parts(depth)),
            7 => Query.Without(Tree(depth - 1)),
            8 => new Query.Near(Side(), Side(), 1 + _random.Next(4)),
            _ => new Query.Sentence([.. Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => Side())]),
        };
    }

    /// <summary>With parts and fields, too.</summary>
    public Query Whole() => Query.All([
        _random.Next(3) == 0 ? new Query.Within(_random.Next(2) == 0, Tree(2)) : Tree(3),
        .. _random.Next(3) == 0 ? [Field()] : Array.Empty<Query>()]);

    public QueryDocument Document() => QueryDocument.Of(Text(6), Text(40)) with
    {
        Language = _random.Next(2) == 0 ? "ru" : "kk",
        Country = "KZ",
        Sources = [("azattyq", "Радио Азаттык")],
        Published = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero).AddDays(-_random.Next(10)),
        Found = _random.Next(2) == 0 ? [new FoundInItem(QueryField.Person, "p-1", "Мирас Сапаров", 0, 1)] : [],
    };

    private Query Field() => _random.Next(6) switch
    {
        0 => new Query.Field(QueryField.Lang, "ru"),
        1 => new Query.Field(QueryField.Source, _random.Next(2) == 0 ? "радио азаттык" : "other"),
        2 => new Query.Field(QueryField.Person, _random.Next(2) == 0 ? "p-1" : "мирас сапаров"),
        3 => new Query.Field(QueryField.Type, "DETENTION"),
        4 => new Query.SinceDay(new DateOnly(2026, 11, 1 + _random.Next(25))),
        _ => new Query.SinceDays(1 + _random.Next(10)),
    };

    private Query[] Parts(int depth) => [.. Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => Tree(depth - 1))];

    private Query Side() => _random.Next(3) == 0 ? Query.Any([Phrase(), Phrase()]) : Phrase();

    private Query.Phrase Phrase()
    {
        var words = Enumerable.Range(0, _random.Next(4) == 0 ? 2 : 1).Select(i => Word(i > 0 && _random.Next(3) == 0)).ToList();
        return new Query.Phrase(words, _random.Next(3) == 0 && words.Exists(word => !word.IsPrefix));
    }

    private QueryWord Word(bool afterMark)
    {
        var word = Words[_random.Next(Words.Length)];
        return new QueryWord(word, word.Length >= 4 && _random.Next(4) == 0, afterMark);
    }

    private string Text(int longest) =>
        string.Concat(Enumerable.Range(0, _random.Next(longest + 1)).Select(i => (i == 0 ? "" : Gaps[_random.Next(Gaps.Length)]) + Forms[_random.Next(Forms.Length)]));

    public static string Dump(Query query) => query switch
    {
        Query.Phrase phrase => $"[{(phrase.IsAnyForm ? "~" : "")}{string.Join('|', phrase.Words)}]",
        Query.Near near => string.Create(CultureInfo.InvariantCulture, $"Near{near.Distance}({Dump(near.Left)};{Dump(near.Right)})"),
        Query.Within within => $"Within{within.IsTitle}({Dump(within.Part)})",
        Query.Field field => $"{field.Name}={field.Value}",
        Query.SinceDay since => string.Create(CultureInfo.InvariantCulture, $"{since.Day:O}"),
        Query.SinceDays since => string.Create(CultureInfo.InvariantCulture, $"{since.Days} days"),
        _ => $"{query.GetType().Name}({string.Join(';', query.Parts.Select(Dump))})",
    };
}
