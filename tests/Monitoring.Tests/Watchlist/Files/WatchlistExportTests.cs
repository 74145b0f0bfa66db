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
            """;
        await using var first = new StoredList();
        await using var second = new StoredList();

        await first.ImportAsync(Everything);
        var exported = await first.ExportAsync();
        await second.ImportAsync(exported);

        Assert.Equal(exported, await second.ExportAsync());
        var read = (await second.LoadAsync()).Recipients.Single();
        Assert.Equal((new TimeOnly(7, 30, 15), Severity.High, false, "person-1 Detention"), (read.Digest!.Value, read.AtOnce!.Value, read.Sites, string.Join(' ', read.Only)));
        Assert.Contains("url: https://жаңалық.kz/соңғы", exported.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal([PageWatch.Links, PageWatch.Text], (await second.LoadAsync()).Sources.OfType<PageSource>().Select(page => page.Watch));
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
        var person = new Person { Id = "person-1", Name = odd, Note = odd, Context = [odd], Aliases = [new Alias(odd, odd), new Alias(odd, Source: null)] };

        await first.ImportAsync(StoredList.Export(new WatchlistSnapshot("1", [person])));
        var exported = await first.ExportAsync();
        await second.ImportAsync(exported);

        var read = (await second.LoadAsync()).Persons.Single();
        Assert.Equal((odd, odd, odd, new Alias(odd, odd), new Alias(odd, Source: null)), (read.Name, read.Note, read.Context[0], read.Aliases[0], read.Aliases[1]));
        Assert.Equal(exported, await second.ExportAsync());
    }

    [Fact]
    public void Any_text_that_can_be_read_is_written_so_that_it_reads_the_same()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            // A note is trimmed when it is read, and has neither control characters nor halves of pairs.
            var text = string.Concat(new RandomText(seed).Next(40).Where(c => !char.IsControl(c) && !char.IsSurrogate(c))).Trim();
            var person = new Person { Id = "person-1", Name = "A", Note = text.Length == 0 ? null : text };

            var read = ListFile.Read(StoredList.Export(new WatchlistSnapshot("1", [person]))).Single().Entry;

            Assert.True(person.Note == read.Note, $"Seed {seed}: '{person.Note}' was read as '{read.Note}'.");
        }
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
