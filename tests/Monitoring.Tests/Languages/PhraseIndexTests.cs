using Monitoring.Languages;

namespace Monitoring.Tests.Languages;

public sealed class PhraseIndexTests
{
    [Theory]
    [InlineData("Сапаров", "Сапаров", "")]
    [InlineData("Сапаров", "САПАРОВ", "")]
    [InlineData("Сапаров", "Сапарова", "сапаров + а: ru.genitive")]
    [InlineData("Сапаров", "Сапарову", "сапаров + у: ru.dative")]
    [InlineData("Сапаров", "Сапаровым", "сапаров + ым: ru.instrumental")]
    [InlineData("Сапаров", "Сапарове", "сапаров + е: ru.prepositional")]
    [InlineData("Сапаров", "Сапаровых", "сапаров + ых: ru.genitive_plural")]
    [InlineData("Сапаров", "Сапаровтың", "сапаров + тың: kk.genitive")]
    [InlineData("Сапаров", "Сапаровқа", "сапаров + қа: kk.dative")]
    [InlineData("Сапаров", "Сапаровпен", "сапаров + пен: kk.instrumental")]
    [InlineData("Сапарова", "Сапаровой", "сапаров + ой: ru.oblique")] // the last vowel goes
    [InlineData("Сапарова", "Сапарову", "сапаров + у: ru.accusative")]
    [InlineData("Сапарова", "Сапарованың", "сапарова + ның: kk.genitive")] // the vowel stays in Kazakh
    [InlineData("Айсұлу", "Айсұлуды", "айсұлу + ды: kk.accusative")]
    [InlineData("Айсұлу", "Айсұлуға", "айсұлу + ға: kk.dative")]
    [InlineData("Сергей", "Сергея", "серге + я: ru.genitive")] // soft
    [InlineData("Игорь", "Игорем", "игор + ем: ru.instrumental")]
    [InlineData("Луговской", "Луговского", "луговск + ого: ru.genitive")] // adjective
    [InlineData("Луговская", "Луговскую", "луговск + ую: ru.accusative")]
    [InlineData("Kyranbekov", "Kyranbekov's", "kyranbekov + s: en.possessive")]
    [InlineData("Kyranbekov", "Kyranbekov’s", "kyranbekov + s: en.possessive")]
    [InlineData("journalist", "journalists", "journalist + s: en.possessive")]
    [InlineData("задержан*", "задержанными", "")] // a prefix needs no explanation
    [InlineData("задержан*", "задержан", "")]
    [InlineData("взят* под стражу", "взятого под стражу", "")] // a prefix inside a phrase
    public void A_word_is_found_with_its_ending(string phrase, string text, string expected)
    {
        var hit = Assert.Single(new PhraseIndex([phrase]).Find(text));

        Assert.Equal((0, text.Length), (hit.Start, hit.Length));
        Assert.Equal(expected, string.Join("; ", hit.Endings.Select(Say)));
    }

    [Theory]
    [InlineData("Сапаров", "Сапаровский")] // not in the table
    [InlineData("Сапаров", "Пересапаров")] // inside a word
    [InlineData("Сапаров", "Сапар")]
    [InlineData("Сапаров", "Сапаров2")]
    [InlineData("Ким", "Кима")] // short words take no endings
    [InlineData("Qum", "Qum's")]
    [InlineData("Анна", "Анной")] // nor words that are short without their vowel
    [InlineData("арест*", "перарест")] // a prefix begins the word
    [InlineData("Мирас Сапаров", "Мирас, Сапаров")]
    [InlineData("Мирас Сапаров", "Мирас. Сапаров")]
    [InlineData("Мирас Сапаров", "Мирас и Сапаров")]
    [InlineData("Мирас Сапаров", "Сапаров Мирас")]
    [InlineData("Мирас Сапаров", "Мирас")]
    [InlineData("в", "в городе")] // a single letter is no phrase
    [InlineData("а*", "арест")]
    [InlineData("*", "арест")]
    [InlineData("…", "…")]
    [InlineData("", "арест")]
    public void What_is_another_word_or_phrase_is_not_found(string phrase, string text)
    {
        Assert.Empty(new PhraseIndex([phrase]).Find(text));
    }

    [Theory]
    [InlineData("Мирас Сапаров", "Мирас\nСапаров")]
    [InlineData("Мирас Сапаров", "Мирас  \u00a0 Сапаров")]
    [InlineData("Мирас Сапаров", "Мирас-Сапаров")]
    [InlineData("Мирас-Сапаров", "Мирас\u2011Сапаров")]
    [InlineData("Мирас Сапаров", "Мираса Сапарова")] // each word its ending
    [InlineData("Мирас Сапаров", "Ми\u00adрас Са\u00adпаров")]
    [InlineData("Е. Сапаров", "Е. Сапаров")] // listed with its stop
    [InlineData("Е. Сапаров", "Е.\u00a0Сапаров")]
    [InlineData("Е. Сапаров", "Е.Сапаров")]
    [InlineData("Е. Сапаров", "Е Сапаров")]
    [InlineData("А. Б. Сапаров", "А.Б. Сапаров")]
    [InlineData("Фонд «Дала», Алматы", "Фонд «Дала», Алматы")]
    [InlineData("24 канал", "24 канала")]
    public void Words_of_a_phrase_are_joined_by_blanks_hyphens_and_what_is_listed(string phrase, string text)
    {
        var hit = Assert.Single(new PhraseIndex([phrase]).Find(text));

        Assert.Equal((0, text.Length), (hit.Start, hit.Length));
    }

    [Fact]
    public void A_word_as_listed_is_explained_as_listed_though_it_could_be_an_ending_of_another_form()
    {
        var hits = new PhraseIndex(["Сапарова", "Сапаров"]).Find("Сапарова");

        Assert.Equal([(0, 0), (1, 1)], hits.Select(hit => (hit.Phrase, hit.Endings.Count)));
    }

    [Fact]
    public void Overlapping_phrases_are_all_found_in_the_order_of_the_text()
    {
        var index = new PhraseIndex(["Радио Дала", "Дала толқыны", "Дала"]);

        var hits = index.Find("Радио Дала толқыны, Дала");

        Assert.Equal([(0, 0, 10), (1, 6, 12), (2, 6, 4), (2, 20, 4)], hits.Select(hit => (hit.Phrase, hit.Start, hit.Length)));
    }

    [Fact]
    public void An_index_of_nothing_finds_nothing()
    {
        Assert.Empty(new PhraseIndex([]).Find("Мирас Сапаров"));
    }

    private static string Say(Reason reason)
    {
        Assert.Equal("reason.ending", reason.Text);
        return $"{reason.Values[0]}: {reason.Values[1].Replace("@ending.", "", StringComparison.Ordinal)}";
    }
}
