using FsCheck;
using FsCheck.Fluent;
using Monitoring.Items;

namespace Monitoring.Tests.Items;

public sealed class WordChangeTests
{
    [Theory]
    [InlineData("Суд арестовал редактора", "Суд арестовал редактора", "Суд арестовал редактора")]
    [InlineData("Суд арестовал редактора", "Суд отпустил редактора", "Суд [-арестовал ][+отпустил ]редактора")]
    [InlineData("", "Всё новое", "[+Всё новое]")]
    [InlineData("Всё старое", "", "[-Всё старое]")]
    [InlineData("а б в г", "а в д г", "а [-б ]в [+д ]г")]
    [InlineData("задержаны 5 человек", "задержаны 10 человек", "задержаны [-5 ][+10 ]человек")]
    public void Words_that_go_and_come_are_told(string before, string after, string told) => Assert.Equal(told, Tell(before, after));

    [Fact]
    public void Both_texts_can_be_read_from_it()
    {
        var word = Gen.Elements("а", "б", "в", "г\n", "  ");
        var text = word.ListOf().Select(words => string.Join(' ', words));
        Prop.ForAll(text.Two().ToArbitrary(), pair =>
        {
            var change = WordChange.Between(pair.Item1, pair.Item2);
            return Without(change, WordFate.Comes) == pair.Item1 && Without(change, WordFate.Goes) == pair.Item2;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Long_texts_that_differ_everywhere_are_wholly_replaced()
    {
        var (before, after) = (Long("а"), Long("б"));

        Assert.Equal([(WordFate.Goes, before), (WordFate.Comes, after)], WordChange.Between(before, after));

        static string Long(string word) => string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{word}{i} "));
    }

    private static string Tell(string before, string after) => string.Concat(WordChange.Between(before, after).Select(run => run.Fate switch
    {
        WordFate.Goes => $"[-{run.Text}]",
        WordFate.Comes => $"[+{run.Text}]",
        _ => run.Text,
    }));

    /// <summary>The last word of a text has no space after it: where only that differs the word itself counts.</summary>
    private static string Without(IReadOnlyList<(WordFate Fate, string Text)> change, WordFate fate) =>
        string.Concat(change.Where(run => run.Fate != fate).Select(run => run.Text));
}
