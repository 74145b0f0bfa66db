using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Languages;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("Первое. Здесь [место] есть. Третье.", "Здесь место есть.")]
    [InlineData("[место] в начале. Второе.", "место в начале.")]
    [InlineData("Первое. В конце [место]", "В конце место")]
    [InlineData("Первое. В конце [место].", "В конце место.")]
    [InlineData("[место]", "место")]
    [InlineData("Да! Здесь [место]? Нет.", "Здесь место?")]
    [InlineData("Пауза… Здесь [место]… Нет.", "Здесь место…")]
    [InlineData("Заголовок\n  Здесь [место]  \nДальше", "Здесь место")] // line breaks, blanks at both ends
    [InlineData("Задержан Е. [Сапаров]. Потом.", "Задержан Е. Сапаров.")] // an initial
    [InlineData("Задержан А.Б. [Сапаров] вчера. Потом.", "Задержан А.Б. Сапаров вчера.")]
    [InlineData("[Сапаров] Е. Задержан.", "Сапаров Е. Задержан.")] // an initial after the name
    [InlineData("В 2024 г. был [задержан] здесь. Потом.", "В 2024 г. был задержан здесь.")] // an abbreviation
    [InlineData("В г. Алматы [задержан] Сапаров. Потом.", "В г. Алматы задержан Сапаров.")]
    [InlineData("Суд им. судьи [приговор] вынес. Потом.", "Суд им. судьи приговор вынес.")] // no sentence begins small
    [InlineData("Штраф 1.5 млн и [арест]. Потом.", "Штраф 1.5 млн и арест.")]
    [InlineData("На сайте example.kz [статья]. Потом.", "На сайте example.kz статья.")]
    [InlineData("Он сказал. 15 суток – [арест]. Потом.", "15 суток – арест.")] // a sentence may begin with a number
    [InlineData("A [b].\nc", "A b.")]
    public void Sentence_around_a_place_is_found(string marked, string expected)
    {
        var start = marked.IndexOf('[', StringComparison.Ordinal);
        var length = marked.IndexOf(']', StringComparison.Ordinal) - start - 1;
        var text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

        var (from, size) = Sentences.Around(text, start, length);

        Assert.Equal(expected, text.Substring(from, size));
    }

    [Fact]
    public void Without_stops_300_characters_before_the_place_are_kept_and_600_in_all()
    {
        var text = new string('а', 2000);

        Assert.Equal((700, 600), Sentences.Around(text, 1000, 10));
        Assert.Equal((0, 600), Sentences.Around(text, 0, 10));
        Assert.Equal((1690, 310), Sentences.Around(text, 1990, 10));
    }

    [Fact]
    public void A_place_longer_than_the_limit_is_kept_whole()
    {
        Assert.Equal((200, 1000), Sentences.Around(new string('а', 200).Insert(199, "\n") + new string('б', 2000), 200, 1000));
    }

    [Fact]
    public void The_limit_never_cuts_a_character_in_two()
    {
        var text = "а" + string.Concat(Enumerable.Repeat("\U0001F600", 1000));

        var (start, length) = Sentences.Around(text, 1000, 5);

        Assert.True(char.IsHighSurrogate(text[start]));
        Assert.True(char.IsLowSurrogate(text[start + length - 1]));
    }

    [Fact]
    public void Any_passage_contains_its_place_and_is_short()
    {
        var random = new RandomText(3);
        for (var round = 0; round < 3000; round++)
        {
            var text = random.Next(round % 3 == 0 ? 2000 : 80, "аБ  .!\n\U0001F600") + "x";
            var start = random.Number(text.Length);
            var length = random.Number(Math.Min(20, text.Length - start)) + 1;

            var (from, size) = Sentences.Around(text, start, length);

            var isGood = from >= 0 && from + size <= text.Length && from <= start && from + size >= start + length && size <= 600;
            Assert.True(isGood, $"seed {random.Seed}, round {round}: {start}+{length} in {from}+{size}");
        }
    }
}
