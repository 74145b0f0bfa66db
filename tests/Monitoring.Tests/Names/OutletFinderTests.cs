using Monitoring.Alerts.Mails;
using Monitoring.Names;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

public sealed class OutletFinderTests
{
    private static readonly NameMatcher Matcher = NameMatcher.Compile(
        [],
        [
            Outlet("nedelya", "Уральская неделя", ["uralskweek.test"]),
            Outlet("novaya", "Новая газета", ["novayagazeta.test"]),
            Outlet("azattyq", "Азаттық", ["azattyq.test"], "Азаттык"),
            Outlet("rus", "Русский Азаттык", ["rus.azattyq.test"]),
            Outlet("vremya", "Время", ["time.test"]),
            Outlet("stan", "Стан", ["stan.test"]),
            Outlet("kanal", "31 канал", []),
            Outlet("ktk", "КТК", []),
            Outlet("vesti", "Деловые вести", []),
            Outlet("slovo", "Живое слово", []),
            Outlet("panorama", "Respublika Panorama", []),
            Outlet("days", "7 дней", []),
            Outlet("host", "Tirek.test", []),
            Outlet("qum", "Qum Press", ["қум.қаз", "xn--d1acpjx3f.test"]),
            Outlet("netgazeti", "ნეტგაზეთი", []),
        ]);

    [Theory]
    [InlineData("пишет «Уральская неделя»", "nedelya: Уральская неделя (Certain)")]
    [InlineData("в «Уральской неделе» сообщили", "nedelya: Уральской неделе (Certain)")]
    [InlineData("редакцию Уральской недели", "nedelya: Уральской недели (Certain)")]
    [InlineData("УРАЛЬСКУЮ НЕДЕЛЮ ОШТРАФОВАЛИ", "nedelya: УРАЛЬСКУЮ НЕДЕЛЮ (Certain)")]
    [InlineData("«Уральская неделянің» тілшісі", "nedelya: Уральская неделянің (Certain)")] // Kazakh genitive
    [InlineData("Uralskaya Nedelya was fined", "nedelya: Uralskaya Nedelya (Certain)")] // another script
    [InlineData("Uralskaya Nedelya’s editor", "nedelya: Uralskaya Nedelya’s (Certain)")]
    [InlineData("Ураль\u00adская\u00a0не\u00adделя", "nedelya: Ураль\u00adская\u00a0не\u00adделя (Certain)")] // soft hyphens
    [InlineData("Уральск\u200bая\nнеделя", "nedelya: Уральск\u200bая\nнеделя (Certain)")]
    [InlineData("Уpaльcкая нeдeля", "nedelya: Уpaльcкая нeдeля (Certain)")] // Latin letters that look Cyrillic
    [InlineData("#УральскаяНеделя", "nedelya: УральскаяНеделя (Certain)")] // a hashtag
    [InlineData("#Уральская_неделя", "nedelya: Уральская_неделя (Certain)")]
    [InlineData("корреспондент «Новой газеты»", "novaya: Новой газеты (Certain)")]
    [InlineData("выпуск «Новой газеты»", "novaya: Новой газеты (Probable)")] // an everyday phrase: quotes
    [InlineData("интервью Новой газете", "novaya: Новой газете (Probable)")] // or a capital inside a sentence
    [InlineData("бұл туралы Азаттыққа айтты", "azattyq: Азаттыққа (Probable)")]
    [InlineData("бұл туралы «Азаттықтың» тілшісі", "azattyq: Азаттықтың (Certain)")]
    [InlineData("told Azattyq-тың", "azattyq: Azattyq-тың (Probable)")]
    [InlineData("according to Azattyq's reporters", "azattyq: Azattyq's (Certain)")]
    [InlineData("Азаттык сообщает", "azattyq: Азаттык (Probable)")] // a verb of outlets
    [InlineData("сайт азаттык закрыт", "azattyq: азаттык (Probable)")]
    [InlineData("\"Азаттык\"", "azattyq: Азаттык (Probable)")]
    [InlineData("“Азаттык”", "azattyq: Азаттык (Probable)")]
    [InlineData("„Азаттык“", "azattyq: Азаттык (Probable)")]
    [InlineData("'Азаттык'", "azattyq: Азаттык (Probable)")]
    [InlineData("газета «Время» закрыта", "vremya: Время (Certain)")]
    [InlineData("как пишет «Время»", "vremya: Время (Certain)")]
    [InlineData("закрыли «Время»", "vremya: Время (Probable)")]
    [InlineData("во «Времени» говорят", "vremya: Времени (Probable)")] // время, времени
    [InlineData("Время вышло, см. time.test", "vremya: Время (Probable), vremya: time.test (Certain)")] // its domain in the document
    [InlineData("журналисты Стана", "stan: Стана (Certain)")]
    [InlineData("эфир 31 канала", "kanal: 31 канала (Certain)")]
    [InlineData("показал КТК", "ktk: КТК (Probable)")]
    [InlineData("телеканал КТК-ның", "ktk: КТК-ның (Certain)")]
    [InlineData("из Деловых вестей", "vesti: Деловых вестей (Certain)")] // plural
    [InlineData("с Живым словом", "slovo: Живым словом (Certain)")] // neuter
    [InlineData("«Республика панорамасы»", "")] // suffixes that are not in the table
    [InlineData("«Республика Панораманың»", "panorama: Республика Панораманың (Certain)")]
    [InlineData("газета «7 дней»", "days: 7 дней (Certain)")]
    [InlineData("сайт ნეტგაზეთი წერს", "netgazeti: ნეტგაზეთი (Probable)")] // an alphabet without signs
    public void Titles_are_found(string text, string expected)
    {
        Assert.Equal(expected, Say(text));
    }

    [Theory]
    [InlineData("Азаттык за окном")] // at the beginning of a sentence any word has a capital
    [InlineData("Вот так. Время уходит")]
    [InlineData("в это время")]
    [InlineData("новая газета вышла")]
    [InlineData("Новая газета вышла")]
    [InlineData("через 7 дней")]
    [InlineData("ПРИШЛО ВРЕМЯ ПЕРЕМЕН")] // a headline in capitals
    [InlineData("«Время новостей»")] // another title
    [InlineData("на Стан-ТВ")]
    [InlineData("Уральская, неделя")]
    [InlineData("Уральская. Неделя")]
    [InlineData("Уральская новая неделя")]
    [InlineData("Зауральская неделя")]
    [InlineData("Уральская недельная")]
    [InlineData("131 канал")]
    [InlineData("31 каналья")]
    [InlineData("КТКА")] // too short for endings
    [InlineData("показал КТК2")]
    [InlineData("УральскаяНеделя")] // joined, and no hashtag
    [InlineData("на stan.example")] // another's host
    public void Other_words_are_not(string text)
    {
        Assert.Equal("", Say(text));
    }

    [Theory]
    [InlineData("azattyq.test", "azattyq: azattyq.test (Certain)")]
    [InlineData("HTTPS://WWW.AZATTYQ.TEST/a/1.html?x=y", "azattyq: AZATTYQ.TEST (Certain)")]
    [InlineData("kaz.azattyq.test", "azattyq: azattyq.test (Certain)")]
    [InlineData("rus.azattyq.test", "rus: rus.azattyq.test (Certain)")] // the longer domain is meant
    [InlineData("см. azattyq.test. Там", "azattyq: azattyq.test (Certain)")]
    [InlineData("на azattyq.test.Там", "azattyq: azattyq.test (Certain)")] // a forgotten blank
    [InlineData("azattyq.test-тің", "azattyq: azattyq.test (Certain)")]
    [InlineData("azattyq.testке", "azattyq: azattyq.test (Certain)")]
    [InlineData("azattyq[.]test", "azattyq: azattyq[.]test (Certain)")]
    [InlineData("azattyq(.)test", "azattyq: azattyq(.)test (Certain)")]
    [InlineData("hxxps://azattyq[.]test/1", "azattyq: azattyq[.]test (Certain)")]
    [InlineData("azattyq dot test", "azattyq: azattyq dot test (Certain)")]
    [InlineData("azattyq [dot] test", "azattyq: azattyq [dot] test (Certain)")]
    [InlineData("azattyq。test azattyq．test", "azattyq: azattyq。test (Certain), azattyq: azattyq．test (Certain)")]
    [InlineData("ａｚａｔｔｙｑ．ｔｅｓｔ", "azattyq: ａｚａｔｔｙｑ．ｔｅｓｔ (Certain)")]
    [InlineData("aza\u00adttyq.te\u200bst", "azattyq: aza\u00adttyq.te\u200bst (Certain)")]
    [InlineData("editor@azattyq.test", "azattyq: azattyq.test (Probable)")]
    [InlineData("сайт Қум.қаз", "qum: Қум.қаз (Certain)")]
    [InlineData("http://xn--l1an7x.xn--80ao21a/", "qum: xn--l1an7x.xn--80ao21a (Certain)")] // the same in punycode
    [InlineData("яндекс.test", "qum: яндекс.test (Certain)")] // listed in punycode
    [InlineData("на Tirek.test пишут", "host: Tirek.test (Certain)")] // a title that is a host
    [InlineData("notazattyq.test", "")]
    [InlineData("not-azattyq.test", "")]
    [InlineData("not_azattyq.test", "")]
    [InlineData("azattyq.test.example", "")]
    [InlineData("azattyq[.]test[.]example", "")]
    [InlineData("https://azattyq.test@example.net", "")] // leads to example.net
    [InlineData("azattyq-test", "")]
    [InlineData("azattyq. test", "")]
    [InlineData("azattyq dott test", "")]
    [InlineData("azattyq.tests", "")]
    [InlineData("azattyq.test1", "")]
    [InlineData("xn--.xn--99999999999.azattyq", "")] // not to be read
    public void Domains_are_found_as_whole_hosts(string text, string expected)
    {
        Assert.Equal(expected, Say(text));
    }

    [Theory]
    [InlineData("«Уральской неделе»", "listed as «Уральская неделя»; Уральск + ой: Russian genitive; недел + е: Russian dative; in quotes")]
    [InlineData("газета «Время»", "listed as «Время»; in quotes; «газета» stands beside it; also an everyday word or phrase")]
    [InlineData("показал КТК", "listed as «КТК»; written with a capital inside a sentence")]
    [InlineData("#Азаттык", "listed as «Азаттык»; a hashtag or an account's name")]
    [InlineData("editor@azattyq.test", "listed as «azattyq.test» (its domain); in a mail address")]
    [InlineData("Уpaльcкая нeдeля", "listed as «Уральская неделя»; written in a disguise, it reads «Уральская»")]
    public void A_mention_is_explained(string text, string expected)
    {
        Assert.Equal(expected, string.Join("; ", Assert.Single(Matcher.Find(text)).Reasons.Select(Texts.English.Say)));
    }

    [Fact]
    public void What_is_not_sure_is_a_candidate()
    {
        var mention = Assert.Single(Matcher.Find("Время уходит"));

        Assert.Equal((Band.Candidate, 40), (mention.Band, mention.Score));
    }

    [Fact]
    public void Two_outlets_of_one_title_are_both_given()
    {
        var matcher = NameMatcher.Compile([], [Outlet("one", "Степной вестник", []), Outlet("two", "Степной вестник", [], "Степной вестник")]);

        Assert.Equal(["one", "two"], matcher.Find("в Степном вестнике").Select(mention => mention.SubjectId));
    }

    [Fact]
    public void A_title_that_begins_another_is_given_beside_it()
    {
        var matcher = NameMatcher.Compile([], [Outlet("short", "Живое слово", []), Outlet("long", "Живое слово Алатау", [])]);

        Assert.Equal(["long", "short"], matcher.Find("в Живом слове Алатау").Select(mention => mention.SubjectId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Я")] // one letter
    [InlineData("…")]
    [InlineData("365")] // digits only
    [InlineData("ь")]
    [InlineData(".")]
    [InlineData("\u0301\u0301")]
    public void A_title_without_a_word_is_found_nowhere(string title)
    {
        var matcher = NameMatcher.Compile([], [Outlet("odd", title, [])]);

        Assert.Empty(matcher.Find("«Я» … 365 ь . а\u0301\u0301 «365»"));
    }

    [Fact]
    public void Any_text_is_answered()
    {
        string[] pieces =
        [
            "", "\u202e\u2066\u200f", "\u0301", ".", "[.]", " dot ", "@", "#", "«", "a", "é", "я", "1", "-", "'", "\n", "\ud83d", "\ufeff", "xn--", "Уральская ", "неделя", "azattyq.", "test", "дней ",
        ];

        Assert.All(pieces, piece => Matcher.Find(string.Concat(Enumerable.Repeat(piece, 200_000))));
        var random = new Random(20261122);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.All(Matcher.Find(text), mention => Assert.Equal(text.Substring(mention.Start, mention.Length), mention.Surface));
        }
    }

    private static string Say(string text) => string.Join(", ", Matcher.Find(text).Where(mention => mention.Band is not Band.Candidate).Select(mention =>
    {
        Assert.Equal(text.Substring(mention.Start, mention.Length), mention.Surface);
        return $"{mention.SubjectId}: {mention.Surface} ({mention.Band})";
    }));

    private static Outlet Outlet(string id, string name, string[] domains, params string[] aliases) =>
        new() { Id = id, Name = name, Domains = domains, Aliases = [.. aliases.Select(alias => new Alias(alias, Source: null))] };
}
