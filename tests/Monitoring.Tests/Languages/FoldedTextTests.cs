using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Languages;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("МИРАС", "мирас")]
    [InlineData("Қыранбеков ӘҒҚҢӨҰҮҺІ", "қыранбеков әғқңөұүһі")] // Kazakh
    [InlineData("Kyranbekov", "kyranbekov")]
    [InlineData("Ёлкин ёлка", "елкин елка")]
    [InlineData("Е\u0308лкин", "елкин")] // ё as letter and mark
    [InlineData("И\u0306од и\u0306", "йод й")] // й as letter and mark
    [InlineData("Миха\u0301йлов", "михайлов")] // stress
    [InlineData("к\u0301", "к")] // stress, not the Macedonian letter
    [InlineData("Jose\u0301 Mu\u0308ller", "josé müller")] // composed, as most texts have it
    [InlineData("JOSÉ", "josé")]
    [InlineData("İstanbul ISIK ışık", "istanbul isik işik")] // dotted and dotless
    [InlineData("I\u0307", "i")] // the dot as a mark
    [InlineData("O’Brien OʼBrien O`Brien", "o'brien o'brien o'brien")]
    [InlineData("\u0301\u0306", "")] // marks without a letter
    [InlineData("\U0001F600а", "\U0001F600а")] // a surrogate pair
    [InlineData("\uD83D\u0301", "\uD83D")] // half a pair with a mark
    public void Text_is_folded(string text, string expected)
    {
        Assert.Equal(expected, FoldedText.Fold(text));
    }

    [Theory]
    [InlineData('\u00ad')] // soft hyphen
    [InlineData('\u034f')] // grapheme joiner
    [InlineData('\u061c')] // Arabic letter mark
    [InlineData('\u180e')] // Mongolian vowel separator
    [InlineData('\u200b')] // zero-width space
    [InlineData('\u200d')] // zero-width joiner
    [InlineData('\u202e')] // right-to-left override
    [InlineData('\u2060')] // word joiner
    [InlineData('\u2066')] // left-to-right isolate
    [InlineData('\ufe0f')] // variation selector
    [InlineData('\ufeff')] // byte order mark
    public void Invisible_characters_go(char invisible)
    {
        Assert.Equal("сапаров", FoldedText.Fold($"{invisible}Са{invisible}{invisible}паров{invisible}"));
    }

    [Fact]
    public void A_range_comes_back_with_the_invisible_characters_inside_it_and_none_around()
    {
        var folded = FoldedText.Of("«\u200bСа\u00adпаров\u200b»");

        Assert.Equal((2, 8), folded.Origin(1, 7));
    }

    [Fact]
    public void Marks_belong_to_the_letter_before_them()
    {
        var folded = FoldedText.Of("Николаи\u0306 и Андре\u0301и\u0306\u0301");

        Assert.Equal("николай и андрей", folded.Letters.ToString());
        Assert.Equal((0, 8), folded.Origin(0, 7));
        Assert.Equal((11, 9), folded.Origin(10, 6));
    }

    [Fact]
    public void Every_letter_maps_back_to_where_it_stood()
    {
        var random = new RandomText(20261122);
        for (var round = 0; round < 2000; round++)
        {
            var text = random.Next(60);
            var folded = FoldedText.Of(text);
            var end = 0;
            for (var i = 0; i < folded.Length; i++)
            {
                var (start, length) = folded.Origin(i, 1);
                Assert.True(start >= end && length > 0 && start + length <= text.Length, $"seed {random.Seed}, round {round}, letter {i}: {start}+{length}");
                Assert.True(Same(text.Substring(start, length), folded.Letters[i]), $"seed {random.Seed}, round {round}, letter {i}");
                end = start + length;
            }
        }
    }

    [Fact]
    public void Folding_twice_changes_nothing_more()
    {
        var random = new RandomText(7);
        for (var round = 0; round < 2000; round++)
        {
            var once = FoldedText.Fold(random.Next(60));
            Assert.True(once == FoldedText.Fold(once), $"seed {random.Seed}, round {round}");
        }
    }

    /// <summary>The folded range is that letter, marks of its own included.</summary>
    private static bool Same(string origin, char letter) => FoldedText.Fold(origin) is [var only] && only == letter;
}
