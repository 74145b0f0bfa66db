using Monitoring.Languages;

namespace Monitoring.Tests.Languages;

public sealed class LanguagePassagesTests
{
    private const string Russian = "Суд отказался освободить редактора газеты и перенёс заседание на вторник.";
    private const string Kazakh = "Сот газет редакторын босатудан бас тартып, отырысты сейсенбіге қалдырды.";
    private const string English = "The court refused to release the editor and put the hearing off until Tuesday.";

    [Fact]
    public void A_text_in_one_language_is_one_passage()
    {
        Assert.Equal([(Russian + "\n\n" + Russian, "ru")], Cut($"  {Russian}\n\n{Russian}\n"));
    }

    [Fact]
    public void Paragraphs_in_different_languages_are_apart()
    {
        Assert.Equal([(Kazakh, "kk"), (Russian, "ru"), (English, "en")], Cut($"{Kazakh}\n\n{Russian}\n{English}"));
    }

    [Fact]
    public void Where_a_paragraph_mixes_languages_its_sentences_are_apart()
    {
        Assert.Equal([(Kazakh, "kk"), (Russian, "ru"), (Kazakh, "kk")], Cut($"{Kazakh} {Russian} {Kazakh}"));
    }

    [Theory]
    [InlineData(Russian + "\nBBC\n" + Russian, "ru")]
    [InlineData("BBC News\n" + Russian, "ru")] // at the beginning
    [InlineData(Kazakh + " Да. Reuters! " + Kazakh, "kk")]
    [InlineData(Kazakh + "\n12.11.2026\n***\n" + Kazakh, "kk")]
    [InlineData(English + "\nАйсұлу", "en")]
    public void Short_pieces_take_the_language_around_them(string text, string expected)
    {
        Assert.Equal([(text, expected)], Cut(text));
    }

    [Fact]
    public void A_language_that_is_not_known_is_a_passage_of_its_own()
    {
        const string Georgian = "სააპელაციო სასამართლომ დაცვის საჩივარი არ დააკმაყოფილა, რედაქტორი პატიმრობაში დარჩება.";

        Assert.Equal([(Russian, "ru"), (Georgian, null), (Russian, "ru")], Cut($"{Russian}\n{Georgian}\n{Russian}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void No_text_has_no_passages(string text)
    {
        Assert.Empty(LanguageDetector.Passages(text));
    }

    [Fact]
    public void Only_names_are_one_passage_in_no_language_or_their_own()
    {
        Assert.Single(LanguageDetector.Passages("BBC\nReuters\nҚазақ"));
    }

    [Fact]
    public void However_often_the_language_changes_the_passages_are_some_hundreds()
    {
        var text = string.Concat(Enumerable.Repeat($"{Kazakh}\n{Russian}\n", 5_000));
        var passages = LanguageDetector.Passages(text);

        Assert.InRange(passages.Count, 1, 301);
        Assert.Equal((0, text.Length - 1), (passages[0].Start, passages[^1].Start + passages[^1].Length));
        Assert.All(passages.Zip(passages.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length <= pair.Second.Start));
    }

    private static IEnumerable<(string Text, string? Language)> Cut(string text) =>
        LanguageDetector.Passages(text).Select(passage => (text.Substring(passage.Start, passage.Length), passage.Language));
}
