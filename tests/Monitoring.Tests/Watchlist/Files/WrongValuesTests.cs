using Monitoring.App.Hosting;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>Every wrong value is named with file, line, place and what was expected.</summary>
public sealed class WrongValuesTests
{
    private const string AnyText = "a text of 1 to 500 characters without control characters is expected";
    private const string AnyCountry = "a country code of two capital letters (ISO 3166-1) is expected";
    private const string AnyAddress = "an absolute http or https address without user name, at most 2000 characters, is expected";
    private const string AnyAuthority = "the certificate of an authority in PEM, at most 8000 characters from BEGIN CERTIFICATE to END CERTIFICATE, is expected";
    private const string AnySpan = "a time span hours:minutes:seconds between \"00:00:01\" and \"7.00:00:00\", such as \"00:15:00\", is expected";
    private const string SingleLetters = "has only single letters, which stand in every text; a word of two letters or more is expected";
    private const string AnyId = "an id of 4 to 40 characters a-z, 0-9 and '-' is expected";

    [Theory]
    [InlineData("{ gender: male }", "persons[0].name: is missing; a text is expected")]
    [InlineData("{ name: }", "persons[0].name: " + AnyText)]
    [InlineData("{ name: '  ' }", "persons[0].name: " + AnyText)]
    [InlineData("{ name: \"a\\tb\" }", "persons[0].name: " + AnyText)]
    [InlineData("{ name: [A, B] }", "persons[0].name: a single value is expected, a list was found")]
    [InlineData("{ name: { first: A } }", "persons[0].name: a single value is expected, a group of fields was found")]
    [InlineData("{ name: Aa, id: abc }", "persons[0].id: " + AnyId)] // too short
    [InlineData("{ name: Aa, id: Abcd }", "persons[0].id: " + AnyId)]
    [InlineData("{ name: Aa, id: ab/cd }", "persons[0].id: " + AnyId)]
    [InlineData("{ name: Aa, id: айдос }", "persons[0].id: " + AnyId)]
    [InlineData("{ name: Aa, country: kz }", "persons[0].country: " + AnyCountry)]
    [InlineData("{ name: Aa, country: KAZ }", "persons[0].country: " + AnyCountry)]
    [InlineData("{ name: Aa, country: ҚЗ }", "persons[0].country: " + AnyCountry)]
    [InlineData("{ name: Aa, gender: femal }", "persons[0].gender: 'femal' is none of unknown, female, male; did you mean 'female'?")]
    [InlineData("{ name: Aa, gender: 1 }", "persons[0].gender: '1' is none of unknown, female, male")] // the number of a choice is no name of it
    [InlineData("{ name: Aa, aliases: B }", "persons[0].aliases: a list of at most 500 is expected, a single value was found")]
    [InlineData("{ name: Aa, aliases: [[B]] }", "persons[0].aliases[0]: a text, or a group of name and source, is expected")]
    [InlineData("{ name: Aa, aliases: [Bb, ''] }", "persons[0].aliases[1]: a text, or a group of name and source, is expected")]
    [InlineData("{ name: Aa, aliases: [{ source: B }] }", "persons[0].aliases[0].name: is missing; a text is expected")]
    [InlineData("{ name: Aa, aliases: [{ name: Bb, sorce: C }] }", "persons[0].aliases[0].sorce: unknown field; did you mean 'source'?")]
    [InlineData("{ name: Aa, context: [{ a: b }] }", "persons[0].context[0]: a text is expected")]
    [InlineData("{ name: Aa, evidence: given }", "persons[0].evidence: 'given' is none of full, surname-with-given, surname")]
    [InlineData("{ name: Aa, evidence: Full }", "persons[0].evidence: 'Full' is none of full, surname-with-given, surname; did you mean 'full'?")]
    [InlineData("{ name: Aa, evidence: [full] }", "persons[0].evidence: a single value is expected, a list was found")]
    [InlineData("Aidos", "persons[0]: a group of fields such as 'name:' is expected, a single value was found")]
    [InlineData("[Aidos]", "persons[0]: a group of fields such as 'name:' is expected, a list was found")]
    public void Of_a_person(string entry, string problem) => AssertProblem("persons", entry, problem);

    [Theory]
    [InlineData("persons", "{ name: Ж }", "persons[0].name: " + SingleLetters)]
    [InlineData("persons", "{ name: А. Б. }", "persons[0].name: " + SingleLetters)]
    [InlineData("persons", "{ name: \"И\\u0306\" }", "persons[0].name: " + SingleLetters)] // Й of two characters
    [InlineData("persons", "{ name: \"12\" }", "persons[0].name: has no letters; a name is expected")]
    [InlineData("persons", "{ name: \"…\" }", "persons[0].name: has no letters; a name is expected")]
    [InlineData("persons", "{ name: Aa, aliases: [Bb, C] }", "persons[0].aliases[1]: " + SingleLetters)]
    [InlineData("persons", "{ name: Aa, aliases: [{ name: \"?\", source: B }] }", "persons[0].aliases[0].name: has no letters; a name is expected")]
    [InlineData("outlets", "{ name: \"—\" }", "outlets[0].name: has neither letters nor digits; a name is expected")]
    [InlineData("outlets", "{ name: A, aliases: [\"!\"] }", "outlets[0].aliases[0]: has neither letters nor digits; a name is expected")]
    public void Of_names_that_nothing_could_be_found_by(string section, string entry, string problem) => AssertProblem(section, entry, problem);

    [Theory]
    [InlineData("persons", "Ли")]
    [InlineData("persons", "А. Ли")]
    [InlineData("persons", "Н. Әл-Фараби")]
    [InlineData("outlets", "X")]
    [InlineData("outlets", "31")]
    [InlineData("topics", "—")]
    public void Short_names_are_good_where_something_can_be_found_by_them(string section, string name) =>
        Assert.Empty(ListFile.Problems($"{section}:\n  - {{ name: \"{name}\"{(section == "topics" ? ", keywords: [a]" : "")} }}\n"));

    [Theory]
    [InlineData("persons")]
    [InlineData("outlets")]
    public void Of_names_that_are_too_long(string section)
    {
        Assert.Empty(ListFile.Problems($"{section}:\n  - name: {new string('ж', 200)}\n"));
        Assert.Equal(
            [$"list.yaml:2: {section}[0].name: has 201 characters; a name of at most 200 is expected", $"list.yaml:4: {section}[0].aliases[0]: has 300 characters; a name of at most 200 is expected"],
            ListFile.Problems($"{section}:\n  - name: {new string('ж', 201)}\n    aliases:\n      - {new string('ж', 300)}\n"));
    }

    [Theory]
    [InlineData("outlets", "{ name: A, domains: [\"https://a.kz\"] }", "outlets[0].domains[0]: a host name such as example.org, without http:// and path, is expected")]
    [InlineData("outlets", "{ name: A, domains: [a.kz, localhost] }", "outlets[0].domains[1]: a host name such as example.org, without http:// and path, is expected")]
    [InlineData("outlets", "{ name: A, domains: [127.0.0.1] }", "outlets[0].domains[0]: a host name such as example.org, without http:// and path, is expected")]
    [InlineData("topics", "{ name: A }", "topics[0].keywords: is missing; a list of texts is expected")]
    [InlineData("topics", "{ name: A, keywords: [] }", "topics[0].keywords: a list of texts is expected, an empty one was found")]
    [InlineData("topics", "{ name: A, keywords: [a], severity: urgent }", "topics[0].severity: 'urgent' is none of info, medium, high, critical")]
    [InlineData("feeds", "{ name: A }", "feeds[0].url: is missing; an address is expected")]
    [InlineData("feeds", "{ name: A, url: azattyq.org/rss }", "feeds[0].url: " + AnyAddress)]
    [InlineData("feeds", "{ name: A, url: \"ftp://a.kz/\" }", "feeds[0].url: " + AnyAddress)]
    [InlineData("feeds", "{ name: A, url: \"file:///etc/passwd\" }", "feeds[0].url: " + AnyAddress)]
    [InlineData("feeds", "{ name: A, url: \"https://me:secret@a.kz/\" }", "feeds[0].url: " + AnyAddress)] // and the secret is not repeated
    [InlineData("feeds", "{ name: A, url: \"https://\" }", "feeds[0].url: " + AnyAddress)]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", languages: [rus, Kk] }", "feeds[0].languages[1]: a language code of two or three small letters (ISO 639) is expected")]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", every: 15 }", "feeds[0].every: " + AnySpan)] // would be 15 days
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", every: 15m }", "feeds[0].every: " + AnySpan)]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", every: \"00:00:00\" }", "feeds[0].every: " + AnySpan)]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", every: \"-00:10:00\" }", "feeds[0].every: " + AnySpan)]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", pause: \"02:00:00\" }", "feeds[0].pause: a time span hours:minutes:seconds between \"00:00:01\" and \"01:00:00\", such as \"00:15:00\", is expected")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", openAfter: 0 }", "sites[0].openAfter: a whole number from 1 to 6 is expected")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", closeAfter: 3.5 }", "sites[0].closeAfter: a whole number from 1 to 6 is expected")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: sunday }", "sites[0].maintenance: a list of at most 500 is expected, a single value was found")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: [sunday] }", "sites[0].maintenance[0]: a group of fields is expected, a single value was found")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: [{ day: sunday, from: \"02:00\" }] }", "sites[0].maintenance[0].to: is missing; when it ends is expected")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: [{ day: weekend, from: \"2026-11-25 02:00\", to: \"2026-11-25 03:00\" }] }", "sites[0].maintenance[0].day: 'weekend' is none of sunday, monday, tuesday, wednesday, thursday, friday, saturday")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: [{ from: \"02:00\", to: \"2026-11-25 03:00\" }] }", "sites[0].maintenance[0].from: a day and a time such as \"2026-11-25 01:00\" is expected")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: [{ from: \"2026-11-25 03:00\", to: \"2026-11-25 03:00\" }] }", "sites[0].maintenance[0].to: a time after 'from' is expected")]
    [InlineData("sites", "{ name: A, url: \"http://a.kz\", maintenance: [{ from: \"2026-11-25 03:00\", to: \"2026-11-25 04:00\", timeZone: Almaty }] }", "sites[0].maintenance[0].timeZone: an IANA time zone such as Asia/Almaty is expected")]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", fullText: yes }", "feeds[0].fullText: 'yes' is none of true, false")]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", fulltext: false }", "feeds[0].fulltext: unknown field; did you mean 'fullText'?")]
    [InlineData("feeds", "{ name: A, url: \"http://a.kz\", intermediate: AA:BB:CC }", "feeds[0].intermediate: " + AnyAuthority)]
    [InlineData("pages", "{ name: A, url: \"http://a.kz\", intermediate: \"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\" }", "pages[0].intermediate: " + AnyAuthority)]
    [InlineData("pages", "{ name: A, url: \"http://a.kz\", select: \"div[\" }", "pages[0].select: a CSS selector is expected")]
    [InlineData("pages", "{ name: A, url: \"http://a.kz\", watch: texts }", "pages[0].watch: 'texts' is none of links, text; did you mean 'text'?")]
    [InlineData("vantages", "{ name: A, via: tor }", "vantages[0].via: 'tor' is none of direct, proxy")]
    [InlineData("vantages", "{ name: A, via: proxy, resolver: 192.0.2.1 }", "vantages[0].resolver: an IP address with a port, such as 192.0.2.1:53, is expected")]
    [InlineData("vantages", "{ name: A, proxy: \"http://192.0.2.1:3128\" }", "vantages[0].proxy: a direct vantage has no proxy; use 'via: proxy'")]
    [InlineData("recipients", "{ name: A }", "recipients[0].address: is missing; a mail address is expected")]
    [InlineData("recipients", "{ name: A, address: Reader <r@example.org> }", "recipients[0].address: a mail address is expected")]
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", language: de }", "recipients[0].language: 'de' is none of en, ru, kk; did you mean 'en'?")]
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", timeZone: Almaty }", "recipients[0].timeZone: an IANA time zone such as Asia/Almaty is expected")]
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", timeZone: Central Asia Standard Time }", "recipients[0].timeZone: an IANA time zone such as Asia/Almaty is expected")]
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", digest: \"24:00\" }", "recipients[0].digest: a time of day such as \"07:30\" is expected")]
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", digest: 450 }", "recipients[0].digest: a time of day such as \"07:30\" is expected")] // 07:30 to YAML 1.1
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", sites: yes }", "recipients[0].sites: 'yes' is none of true, false")]
    [InlineData("recipients", "{ name: A, address: \"r@example.org\", countries: [Kazakhstan] }", "recipients[0].countries[0]: a country code of two capital letters (ISO 3166-1) is expected")]
    public void Of_other_entries(string section, string entry, string problem) => AssertProblem(section, entry, problem);

    [Theory]
    [InlineData("version: 2", "version: version 1 is expected")]
    [InlineData("version: [1]", "version: version 1 is expected")]
    [InlineData("country: Kazakhstan", "country: " + AnyCountry)]
    [InlineData("country:", "country: " + AnyCountry)]
    [InlineData("person: []", "person: unknown field; did you mean 'persons'?")]
    [InlineData("persons: Aidos", "persons: a list is expected")]
    [InlineData("persons: { name: Aidos }", "persons: a list is expected")]
    public void Of_the_file_itself(string line, string problem) => Assert.Equal([$"list.yaml:2: {problem}"], ListFile.Problems($"topics: []\n{line}\n"));

    [Fact]
    public void A_country_after_the_lists_it_should_apply_to() => Assert.Equal(
        ["list.yaml:3: country: must stand before the lists it applies to"], ListFile.Problems("persons:\n  - name: Aa\ncountry: KZ\n"));

    [Theory]
    [InlineData("country: KZ\ncountry: UZ\n", "country")]
    [InlineData("version: 1\nversion: 1\n", "version")]
    [InlineData("persons: []\npersons: []\n", "persons")]
    public void Said_twice(string yaml, string name) => Assert.Equal([$"list.yaml:2: {name}: stands here twice"], ListFile.Problems(yaml + (name == "persons" ? "" : "topics: []\n")));

    [Fact]
    public void All_of_them_are_reported_at_once_with_their_own_lines()
    {
        var problems = ListFile.Problems("""
            version: 1
            persons:
              - name: Good
              - name: Bad
                gender: none
                aliases:
                  - good
                  - ""
            feeds:
              - url: nowhere
            """);

        Assert.Equal(
            [
                "list.yaml:5: persons[1].gender: 'none' is none of unknown, female, male",
                "list.yaml:8: persons[1].aliases[1]: a text, or a group of name and source, is expected",
                "list.yaml:10: feeds[0].name: is missing; a text is expected",
                "list.yaml:10: feeds[0].url: " + AnyAddress,
            ],
            problems);
    }

    [Fact]
    public async Task A_file_with_one_of_them_changes_nothing()
    {
        using var folder = new TempFolder();
        await using var station = TestStation.Open(folder, new TestClock());
        await station.ImportAsync(folder, "persons: [{ id: person-1, name: Before }]");

        var refused = await Assert.ThrowsAsync<StartException>(() => station.ImportAsync(folder, "persons:\n  - { id: person-1, name: After }\n  - { name: Bb, country: kz }"));

        Assert.Equal((ExitCode.BadWatchlist, $"{folder.File("watchlist.yaml")}:3: persons[1].country: {AnyCountry}"), (refused.ExitCode, refused.Message));
        var list = await station.Get<WatchlistStore>().LoadAsync(CancellationToken.None);
        Assert.Equal(("2", "Before"), (list.Version, Assert.Single(list.Persons).Name));
    }

    private static void AssertProblem(string section, string entry, string problem) => Assert.Equal([$"list.yaml:3: {problem}"], ListFile.Problems($"version: 1\n{section}:\n  - {entry}\n"));
}
