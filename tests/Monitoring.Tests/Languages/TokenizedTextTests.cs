using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Languages;

public sealed class TokenizedTextTests
{
    [Theory]
    [InlineData("Суд – по ст. 174 УК. Её оштрафовали", "суд 0|по 0|ст 0|174 0|ук 0|ее 1|оштрафовали 1")]
    [InlineData("қоқан-лоққы 456-2", "қоқан 0|лоққы 0|456 0|2 0")]
    [InlineData("Head\nit's o'clock'", "head 0|it's 1|o'clock 1")]
    [InlineData("At 11.50 a.m. riot police. Mr. Smith", "at 0|11 0|50 0|a 0|m 0|riot 0|police 0|mr 1|smith 1")]
    [InlineData("", "")]
    [InlineData(" .,! ", "")]
    public void Words_and_their_sentences(string text, string expected)
    {
        var tokens = TokenizedText.Of(text);

        Assert.Equal(expected, string.Join('|', Enumerable.Range(0, tokens.Tokens.Count).Select(i => $"{tokens[i]} {tokens.Tokens[i].Sentence}")));
    }

    [Fact]
    public void A_range_of_words_is_known_in_the_original()
    {
        var tokens = TokenizedText.Of("«Е\u0308лка»: о\u00adбыск, ок.");

        Assert.Equal((1, 14), tokens.Origin(0, 1));
        Assert.True(tokens.IsCapital(0));
        Assert.False(tokens.IsCapital(1));
    }

    [Fact]
    public void Any_text_is_read()
    {
        var random = new RandomText(31);
        for (var round = 0; round < 2000; round++)
        {
            var text = random.Next(60);
            var tokens = TokenizedText.Of(text);
            for (var i = 0; i < tokens.Tokens.Count; i++)
            {
                var (start, length) = tokens.Origin(i, i);
                Assert.True(start >= 0 && length > 0 && start + length <= text.Length, $"seed {random.Seed}, round {round}");
            }
        }
    }
}
