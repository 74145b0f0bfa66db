using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Languages;

/// <summary>What holds for every phrase and every text.</summary>
public sealed class PhraseIndexPropertyTests
{
    private const string Letters = "абвгдеёжийнрстьяәқңұіABcdefI019'-. ";

    [Fact]
    public void Every_listed_phrase_is_found_verbatim_with_its_exact_place()
    {
        var random = new RandomText(11);
        for (var round = 0; round < 300; round++)
        {
            var phrases = Enumerable.Range(0, 20).Select(_ => random.Next(14, Letters).Trim(' ', '.', '-', '\'', '*')).ToList();
            var index = new PhraseIndex(phrases);
            foreach (var (phrase, number) in phrases.Select((phrase, number) => (phrase, number)).Where(pair => IsFindable(pair.phrase)))
            {
                var before = random.Next(30, Letters + "\n!?«»") + " ";
                var hits = index.Find($"{before}{phrase} {random.Next(30, Letters)}");
                Assert.True(
                    hits.Any(hit => hit.Phrase == number && hit.Start == before.Length && hit.Length == phrase.Length),
                    $"seed {random.Seed}, round {round}: '{phrase}' after '{before}'");
            }
        }
    }

    [Fact]
    public void Every_hit_lies_in_the_text_and_begins_as_its_phrase_does()
    {
        var random = new RandomText(12);
        string[] phrases = ["арест*", "Айсұлу Сапарова", "е. сапаров", "йод", "ирак", "а-б"];
        var index = new PhraseIndex(phrases);
        for (var round = 0; round < 3000; round++)
        {
            var text = random.Next(40) + random.Of(phrases) + random.Next(10, "аыңғе \u0301.-\u00ad");
            foreach (var hit in index.Find(text))
            {
                var surface = FoldedText.Fold(text.Substring(hit.Start, hit.Length));
                var first = FoldedText.Fold(phrases[hit.Phrase][..1]);
                Assert.True(surface.StartsWith(first, StringComparison.Ordinal), $"seed {random.Seed}, round {round}: '{surface}'");
            }
        }
    }

    [Fact]
    public void Any_phrases_and_any_text_are_taken()
    {
        var random = new RandomText(13);
        for (var round = 0; round < 2000; round++)
        {
            var index = new PhraseIndex([random.Next(8), random.Next(3) + "*"]);
            var text = random.Next(200);
            Assert.All(index.Find(text), hit => Assert.InRange(hit.Start + hit.Length, 1, text.Length));
        }
    }

    [Theory]
    [InlineData("а", 10_000_000, 0)] // one word
    [InlineData("а ", 500_000, 0)]
    [InlineData("сапаров сапаров", 100_000, 0)] // no gap where they meet
    [InlineData("мирас сапаров ", 100_000, 100_000)]
    public void Huge_texts_are_searched(string piece, int times, int found)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));

        Assert.Equal(found, new PhraseIndex(["Мирас Сапаров", "абв*"]).Find(text).Count);
    }

    /// <summary>From a letter or digit to another; an apostrophe belongs to a word only where a letter follows it.</summary>
    private static bool IsFindable(string phrase) =>
        phrase.Length > 1 && char.IsLetterOrDigit(phrase[0]) && char.IsLetterOrDigit(phrase[^1]) && !phrase.Contains('\'', StringComparison.Ordinal);
}
