using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>What is exported imports to the same list, and is exported again byte for byte.</summary>
public sealed class WatchlistExportTests
{
    [Fact]
    public async Task The_shipped_sample_survives()
    {
        await using var first = new StoredList();
        await using var second = new StoredList();

        await first.ImportAsync(await File.ReadAllTextAsync(Repository.Path("src", "Monitoring.App", "Samples", "kazakhstan.yaml")));
        var exported = await first.ExportAsync();
        await second.ImportAsync(exported);

        Assert.Equal(exported, await second.ExportAsync());
        Assert.Equal((await first.LoadAsync()).Persons.Select(person => person.Id), (await second.LoadAsync()).Persons.Select(person => person.Id));
    }

    [Fact]
    public async Task Every_field_of_every_kind_survives()
    {
        const string Everything = """
            version: 1
            persons:
              - id: person-1
                name: Айжан "Ай" Примерова
                aliases:
                  - "Aizhan: the one"
                  - name: "Әйжан Үлгіқызы"
                    source: "газета №1"
                gender: female
                context:
                  - журналист
                evidence: surname-with-given
                country: KZ
                note: "line with: colon, # hash and 'quotes'"
            outlets:
              - id: outlet-1
                name: Жаңалық
                aliases:
                  - Новости
                domains:
                  - жаңалық.kz
                  - a.example.org
            topics:
              - id: topic-1
                name: Detention
                keywords:
                  - задержан*
                  - "ұста*"
                severity: critical
            feeds:
              - id: feed-1
                name: Feed
                url: https://example.org/rss?a=1&b=%D0%B0#top
                outlet: Жаңалық
                languages:
                  - kk
                  - ru
                every: "00:15:00"
                pause: "00:00:30"
                fullText: false
                via: other
            pages:
              - id: page-1
                name: Page
                url: https://жаңалық.kz/соңғы
                select: "div.news > a[href]"
                every: "1.02:03:04"
              - id: page-2
                name: Statement
                url: https://example.org/statement
                watch: text
            sites:
              - id: site-1
                name: Site
                url: http://example.org:8080/
                outlet: outlet-1
                every: "00:05:00"
                openAfter: "4"
                closeAfter: "6"
                maintenance:
                  - day: sunday
                    from: "22:30"
                    to: "04:00"
                    timeZone: Asia/Almaty
                  - from: 2026-11-25 01:00
                    to: 2026-11-25 03:00
                    timeZone: UTC
            vantages:
              - id: vant-1
                name: direct
                via: direct
              - id: vant-2
                name: other
                via: proxy
                proxy: "http://192.0.2.1:3128"
                resolver: "[2001:db8::1]:53"
                network: AS9198
                canary: https://example.net/
            recipients:
              - id: reci-1
                name: Reader
                address: reader+list@example.org
                language: kk
                timeZone: Asia/Almaty
                digest: "07:30:15"
                atOnce: high
                sites: false
                countries:
                  - KZ
                only:
                  - person-1
                  - Detention
                weekly: monday
                emptyDigests: false
                follow:
                  - outlet-1
                quiet: 22:00-07:00
                mostPerHour: "10"
                sensitive: true
                rules:
                  - when: weekly
                  - name: "Arrests: \"now\""
                    when: reviewed
                    about: items
                    severity: high
                    subjects:
                      - person-1
                    violations:
                      - DETENTION
                    languages:
                      - kk
                      - ru
                    countries:
                      - KZ
            """;
        await using var first = new StoredList();
        await using var second = new StoredList();

        await first.ImportAsync(Everything);
        var exported = await first.ExportAsync();
        await second.ImportAsync(exported);

        Assert.Equal(exported, await second.ExportAsync());
        var read = (await second.LoadAsync()).Recipients.Single();
        Assert.Equal((new TimeOnly(7, 30, 15), Severity.High, false, "person-1 Detention"), (read.Digest!.Value, read.AtOnce!.Value, read.Sites, string.Join(' ', read.Only)));
        Assert.Equal((DayOfWeek.Monday, false, "outlet-1", new QuietHours(new(22, 0), new(7, 0)), 10, true), (read.Weekly, read.EmptyDigests, read.Follow.Single(), read.Quiet, read.MostPerHour, read.Sensitive));
        Assert.Equal((null, TellingTime.Weekly, TellingScope.All, Severity.Info), (read.Rules[0].Name, read.Rules[0].When, read.Rules[0].About, read.Rules[0].Severity));
        Assert.Equal(("Arrests: \"now\"", TellingTime.Reviewed, TellingScope.Items, Severity.High), (read.Rules[1].Name, read.Rules[1].When, read.Rules[1].About, read.Rules[1].Severity));
        Assert.Equal("person-1 DETENTION kk ru KZ", string.Join(' ', [.. read.Rules[1].Subjects, .. read.Rules[1].Violations, .. read.Rules[1].Languages, .. read.Rules[1].Countries]));
        Assert.Contains("url: https://жаңалық.kz/соңғы", exported.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([PageWatch.Links, PageWatch.Text], (await second.LoadAsync()).Sources.OfType<PageSource>().Select(page => page.Watch));
        Assert.Equal(MinimumEvidence.SurnameWithGiven, (await second.LoadAsync()).Persons.Single().Evidence);
        Assert.Contains("\n  evidence: surname-with-given\n", exported, StringComparison.Ordinal);
        Assert.Equal(["10 unchanged"], await second.TellImportAsync(exported));
    }

    [Fact]
    public async Task A_pinned_certificate_survives_and_stays_readable()
    {
        using var authority = new TestAuthority();
        var pem = authority.Intermediate.ReplaceLineEndings("\n    ");
        await using var list = new StoredList();
        await list.ImportAsync($"feeds:\n  - id: feed-1\n    name: A\n    url: http://a.kz/rss\n    intermediate: |\n     {pem.Replace("\n", "\n ", StringComparison.Ordinal)}\n");

        var exported = await list.ExportAsync();

        Assert.Contains($"  intermediate: |-\n    {pem}\n", exported, StringComparison.Ordinal);
        await using var second = new StoredList();
        await second.ImportAsync(exported);
        Assert.Equal(authority.Intermediate, Assert.Single((await second.LoadAsync()).Sources).Intermediate);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("true")]
    [InlineData("1e3")]
    [InlineData("0012")]
    [InlineData("12:30")]
    [InlineData("2026-11-22")]
    [InlineData("0x1F")]
    [InlineData(".inf")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("a:")]
    [InlineData("# a")]
    [InlineData("'")]
    [InlineData("it's \"so\"")]
    [InlineData("\\n\\")]
    [InlineData("[a, b]")]
    [InlineData("{a: b}")]
    [InlineData("[\"a\"]")] // as a list stands in its column
    [InlineData("&a")]
    [InlineData("*a")]
    [InlineData("!a")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("`a")]
    [InlineData("| a")]
    [InlineData("> a")]
    [InlineData("? a")]
    [InlineData("---")]
    [InlineData("--- a")]
    [InlineData("...")]
    [InlineData("<<")]
    [InlineData("=")]
    [InlineData("😀 Әлем 👨‍👩‍👧")] // outside the basic plane, with joiners
    [InlineData("Қазақстан ӘІҢҒҮҰҚӨҺ")]
    [InlineData("é e\u0301")] // one letter in two ways
    [InlineData("a\u2028b\u2029c")] // line ends to YAML 1.1
    [InlineData("a\ufeffb")]
    [InlineData("a\u200b\u00adb")]
    [InlineData("\u202eabc")]
    [InlineData("a\ufffeb\uffff")]
    [InlineData("a   b")]
    [InlineData("<script>alert(1)</script> & co")]
    public async Task Odd_text_survives_in_every_place(string odd)
    {
        await using var first = new StoredList();
        await using var second = new StoredList();

        // Names of persons hold words; those of topics anything.
        var person = new Person { Id = "person-1", Name = $"{odd} Aa", Note = odd, Context = [odd], Aliases = [new Alias($"{odd} Aa", odd), new Alias($"{odd} Aa", Source: null)] };
        var topic = new Topic { Id = "topic-1", Name = odd, Keywords = [odd] };

        await first.ImportAsync(StoredList.Export(new WatchlistSnapshot("1", [person, topic])));
        var exported = await first.ExportAsync();
        await second.ImportAsync(exported);

        var list = await second.LoadAsync();
        var (read, readTopic) = (list.Persons.Single(), list.Topics.Single());
        Assert.Equal((odd, odd), (readTopic.Name, readTopic.Keywords[0]));
        Assert.Equal((odd, odd), (read.Note, read.Context[0]));
        Assert.Equal((person.Name, person.Aliases[0], person.Aliases[1]), (read.Name, read.Aliases[0], read.Aliases[1]));
        Assert.Equal(exported, await second.ExportAsync());
    }

    [Fact]
    public void Any_text_that_can_be_read_is_written_so_that_it_reads_the_same()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            // A note is trimmed when it is read, and has neither control characters nor halves of pairs.
            var text = string.Concat(new RandomText(seed).Next(40).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))).Trim();
            var person = new Person { Id = "person-1", Name = "Aa", Note = text.Length == 0 ? null : text };

            var read = ListFile.Read(StoredList.Export(new WatchlistSnapshot("1", [person]))).Single().Entry;

            Assert.True(person.Note == read.Note, $"Seed {seed}: '{person.Note}' was read as '{read.Note}'.");
        }
    }

    [Theory]
    [InlineData("full", MinimumEvidence.Full)]
    [InlineData("surname-with-given", MinimumEvidence.SurnameWithGiven)]
    [InlineData("surname", MinimumEvidence.Surname)]
    public async Task The_evidence_an_entry_asks_for_survives(string word, MinimumEvidence evidence)
    {
        await using var first = await StoredList.OfAsync($"persons: [{{ id: person-1, name: Айдос, evidence: {word} }}]");
        var exported = await first.ExportAsync();
        await using var second = await StoredList.OfAsync(exported);

        Assert.Equal(evidence, (await second.LoadAsync()).Persons.Single().Evidence);
        Assert.Equal(["Changed person-1 Айдос", "0 unchanged"], await second.TellImportAsync("persons: [{ id: person-1, name: Айдос }]"));
        Assert.Null((await second.LoadAsync()).Persons.Single().Evidence);
    }

    [Fact]
    public async Task Entries_are_written_by_kind_and_name_with_their_ids()
    {
        await using var list = new StoredList();
        await list.ImportAsync("topics: [{ name: T, keywords: [k] }]\npersons: [{ name: Ян }, { name: Адам, country: KZ }]\n");

        Assert.Equal(
            "version: 1\npersons:\n- id: new-3\n  name: Адам\n  country: KZ\n- id: new-2\n  name: Ян\ntopics:\n- id: new-1\n  name: T\n  keywords:\n  - k\n  severity: medium\n",
            await list.ExportAsync());
    }

    [Fact]
    public async Task An_empty_list_is_written_as_a_file_without_lists()
    {
        await using var list = new StoredList();

        Assert.Equal("version: 1\n", await list.ExportAsync());
    }
}
