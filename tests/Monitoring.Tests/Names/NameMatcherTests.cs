using Monitoring.Names;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

public sealed class NameMatcherTests
{
    private static readonly NameMatcher Matcher = NameMatcher.Compile(
        [
            Person("miras", "Мирас Кыранбеков", "Мирас Қыранбеков", "Miras Kyranbekov", "М. Кыранбеков"),
            Person("aisulu", "Айсулу Бозторгаева", "Айсұлу Бозторғаева", "Aisulu Boztorgayeva"),
            Person("kokparova", "Кокпарова"),
            Person("igor", "Игорь Луговской"),
            Person("lugovskaya", "Анна Луговская"),
        ],
        [
            Outlet("vestnik", "Степной вестник", ["stepnoy-vestnik.test"]),
            Outlet("zarya", "«Заря»", [], "Радио Заря", "Заря Алатау плюс"),
            Outlet("qum", "Qum Press", ["qum-press.test", "қум.қаз"]),
            Outlet("kanal", "24Канал", []),
        ]);

    [Theory]
    [InlineData("Мирас Кыранбеков задержан", "miras: Мирас Кыранбеков")]
    [InlineData("МИРАС КЫРАНБЕКОВ ЗАДЕРЖАН", "miras: МИРАС КЫРАНБЕКОВ")]
    [InlineData("Задержали Мираса Кыранбекова.", "miras: Мираса Кыранбекова")] // Russian genitive
    [InlineData("встреча с Мирасом Кыранбековым", "miras: Мирасом Кыранбековым")]
    [InlineData("суд по Мирасу Кыранбекову", "miras: Мирасу Кыранбекову")]
    [InlineData("Мирас Қыранбековтің ісі", "miras: Мирас Қыранбековтің")] // Kazakh genitive
    [InlineData("Мирас Қыранбековке айып тағылды", "miras: Мирас Қыранбековке")]
    [InlineData("Miras Kyranbekov's trial", "miras: Miras Kyranbekov's")] // English possessive
    [InlineData("М. Кыранбеков осуждён", "miras: М. Кыранбеков")] // an initial
    [InlineData("М.\u00a0Кыранбеков осуждён", "miras: М.\u00a0Кыранбеков")]
    [InlineData("Мирас\nКыранбеков", "miras: Мирас\nКыранбеков")]
    [InlineData("Ми\u00adрас Кыран\u00adбеков", "miras: Ми\u00adрас Кыран\u00adбеков")] // soft hyphens
    [InlineData("Мира\u0301с Кыранбе\u0301ков", "miras: Мира\u0301с Кыранбе\u0301ков")] // stress marks
    [InlineData("«Мирас Кыранбеков»", "miras: Мирас Кыранбеков")]
    [InlineData("Айсулу Бозторгаевой отказали", "aisulu: Айсулу Бозторгаевой")] // Russian, feminine
    [InlineData("Айсұлу Бозторғаеваның үйі", "aisulu: Айсұлу Бозторғаеваның")]
    [InlineData("Айсулу Бозторгаева и Мирас Кыранбеков", "aisulu: Айсулу Бозторгаева, miras: Мирас Кыранбеков")]
    [InlineData("Мирас Кыранбеков. Мираса Кыранбекова", "miras: Мирас Кыранбеков, miras: Мираса Кыранбекова")]
    [InlineData("Приговор: Кокпарова виновна", "kokparova: Кокпарова")] // one word, written as a name
    [InlineData("КОКПАРОВОЙ дали срок", "kokparova: КОКПАРОВОЙ")]
    [InlineData("дело Игоря Луговского", "igor: Игоря Луговского")] // adjective
    [InlineData("Анну Луговскую отпустили", "lugovskaya: Анну Луговскую")]
    [InlineData("Кыранбеков Мирас", "miras: Кыранбеков Мирас")] // surname first
    [InlineData("Анна Луговская", "lugovskaya: Анна Луговская")]
    [InlineData("пишет «Степной вестник»", "vestnik: Степной вестник")]
    [InlineData("в «Степном вестнике»", "vestnik: Степном вестнике")]
    [InlineData("см. https://stepnoy-vestnik.test/1", "vestnik: stepnoy-vestnik.test")]
    [InlineData("Stepnoy-Vestnik.test", "vestnik: Stepnoy-Vestnik.test")]
    [InlineData("Радио «Заря»", "zarya: Заря")] // quotes join nothing
    [InlineData("редакция «Зари»", "zarya: Зари")]
    [InlineData("сайт қум.қаз жабылды", "qum: қум.қаз")]
    [InlineData("Qum-Press сообщил", "qum: Qum-Press")]
    [InlineData("смотрите 24канал", "kanal: 24канал")] // a digit has no capital
    [InlineData("Кыранбеков", "miras: Кыранбеков")] // rare, so an editor decides
    [InlineData("Мирас, Кыранбеков", "miras: Кыранбеков")]
    [InlineData("Мирас. Кыранбеков", "miras: Кыранбеков")]
    [InlineData("Самирас Кыранбеков", "miras: Кыранбеков")]
    public void Listed_names_are_found(string text, string expected)
    {
        Assert.Equal(expected, Say(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Мирас")]
    [InlineData("Мирасов Кыранбековский")]
    [InlineData("Мирас Кыранбековбек")]
    [InlineData("кокпарова гора")] // a small letter
    [InlineData("Кокпаровский район")]
    [InlineData("утренняя заря")] // quotes in the list do not hide that it is a name
    [InlineData("степь, вестник")]
    [InlineData("my-stepnoy-vestnik.test")]
    [InlineData("stepnoy-vestnik.test.example")]
    [InlineData("stepnoy vestnik test")]
    [InlineData("Qum.Press")]
    [InlineData("Qum, Press")]
    public void Other_words_are_not(string text)
    {
        Assert.Equal("", Say(text));
    }

    [Theory]
    [InlineData("Радио Заря Алатау", "zarya: Радио Заря")] // both «Заря» and Радио Заря
    [InlineData("Радио Заря Алатау плюс", "zarya: Заря Алатау плюс")] // the longer one begins later
    [InlineData("пишет Заря Заря", "zarya: Заря, zarya: Заря")] // beside each other
    public void Of_overlapping_mentions_of_one_subject_the_longest_is_given(string text, string expected)
    {
        Assert.Equal(expected, Say(text));
    }

    [Fact]
    public void Overlapping_mentions_of_two_subjects_are_both_given_though_they_share_an_id()
    {
        var matcher = NameMatcher.Compile([Person("same", "Айсулу Заря")], [Outlet("same", "Заря", [])]);

        Assert.Equal([(SubjectKind.Person, 0), (SubjectKind.Outlet, 7)], matcher.Find("Айсулу Заря").Select(mention => (mention.Kind, mention.Start)));
    }

    [Fact]
    public void Two_persons_of_one_name_are_both_given()
    {
        var matcher = NameMatcher.Compile([Person("first", "Мирас Кыранбеков"), Person("second", "Мирас Кыранбеков")], []);

        Assert.Equal(["first", "second"], matcher.Find("Мирас Кыранбеков").Select(mention => mention.SubjectId));
    }

    [Theory]
    [InlineData("Мирас Кыранбеков", Band.Certain)]
    [InlineData("Кокпарова", Band.Probable)]
    [InlineData("qum-press.test", Band.Certain)]
    public void One_word_alone_is_probable_only(string text, Band expected)
    {
        Assert.Equal(expected, Assert.Single(Matcher.Find(text)).Band);
    }

    [Fact]
    public void Many_mentions_of_one_subject_are_found()
    {
        var text = string.Concat(Enumerable.Repeat("Кокпарова ", 50_000));

        Assert.Equal(50_000, Matcher.Find(text).Count);
    }

    private static string Say(string text) => string.Join(", ", Matcher.Find(text).Where(mention => mention.Band is not Band.Candidate).Select(mention =>
    {
        Assert.Equal(text.Substring(mention.Start, mention.Length), mention.Surface);
        return $"{mention.SubjectId}: {mention.Surface}";
    }));

    private static Person Person(string id, string name, params string[] aliases) =>
        new() { Id = id, Name = name, Aliases = [.. aliases.Select(alias => new Alias(alias, Source: null))] };

    private static Outlet Outlet(string id, string name, string[] domains, params string[] aliases) =>
        new() { Id = id, Name = name, Domains = domains, Aliases = [.. aliases.Select(alias => new Alias(alias, Source: null))] };
}
