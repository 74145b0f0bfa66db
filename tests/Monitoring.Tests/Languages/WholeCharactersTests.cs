using Monitoring.Languages;

namespace Monitoring.Tests.Languages;

public sealed class WholeCharactersTests
{
    [Theory]
    [InlineData("ab\U0001F600", 2, "ab")]
    [InlineData("ab\U0001F600", 3, "ab")] // inside the pair
    [InlineData("ab\U0001F600", 4, "ab\U0001F600")]
    [InlineData("ab\U0001F600", 9, "ab\U0001F600")]
    [InlineData("\U0001F600", 1, "")]
    [InlineData("abc", 0, "")]
    [InlineData("", 5, "")]
    public void A_cut_text_ends_with_a_whole_character(string text, int length, string expected)
    {
        Assert.Equal(expected, WholeCharacters.Cut(text, length));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 3)] // inside the pair
    [InlineData(3, 3, 3)]
    [InlineData(4, 4, 4)]
    public void Only_a_place_inside_a_pair_moves(int place, int upTo, int from)
    {
        Assert.Equal(upTo, WholeCharacters.UpTo("a\U0001F600b", place));
        Assert.Equal(from, WholeCharacters.From("a\U0001F600b", place));
    }
}
