using Monitoring.Languages;

namespace Monitoring.Tests.Languages;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("В Алматы задержан журналист", "ru")]
    [InlineData("Алматыда журналист ұсталды, оны түнде босатты", "kk")]
    [InlineData("A journalist was detained in Almaty", "en")]
    [InlineData("Журналист Айсұлу Бозторғаева рассказала, что её вызвали на допрос в полицию города и отпустили только вечером", "ru")] // one Kazakh name
    [InlineData("Президент жарлыққа қол қойды", "kk")]
    [InlineData("ӘҢГІМЕ", "kk")] // capitals
    [InlineData("Qum Press пишет о суде", "ru")] // a Latin name in Russian text
    [InlineData("The outlet Заря was fined", "en")]
    [InlineData("абвabc", "ru")] // as many of both
    [InlineData("да!", null)]
    [InlineData("нет", "ru")] // three letters are enough
    [InlineData("12.11.2026 – 100 %", null)]
    [InlineData("新闻报道", null)]
    [InlineData("", null)]
    public void Language_is_guessed_by_letters(string text, string? expected)
    {
        Assert.Equal(expected, LanguageGuess.Of(text));
    }
}
