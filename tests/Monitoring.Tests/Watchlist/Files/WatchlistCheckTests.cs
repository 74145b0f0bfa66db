using System.Globalization;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>What entries of one file say about each other.</summary>
public sealed class WatchlistCheckTests
{
    [Fact]
    public void Counts_the_entries_by_kind()
    {
        var result = ListFile.Check("persons: [{ name: Aa }, { name: Bb }]\noutlets: [{ name: C }]\ntopics:\n");

        Assert.True(result.IsGood);
        Assert.Equal((2, 1, 0), (result.Counts[EntryKind.Person], result.Counts[EntryKind.Outlet], result.Counts[EntryKind.Topic]));
    }

    [Theory]
    [InlineData("name: Aa, nmae: B", "nmae: unknown field; did you mean 'name'?")]
    [InlineData("name: Aa, Country: KZ", "Country: unknown field; did you mean 'country'?")]
    [InlineData("name: Aa, alias: [B]", "alias: unknown field; did you mean 'aliases'?")]
    [InlineData("name: Aa, telephone: 1", "telephone: unknown field")] // like nothing known
    [InlineData("name: Aa, name : Bb", "name: stands here twice")]
    public void An_unknown_field_is_a_problem_with_the_nearest_known_name(string fields, string problem) =>
        Assert.Equal([$"list.yaml:2: persons[0].{problem}"], ListFile.Problems($"persons:\n  - {{ {fields} }}\n"));

    [Fact]
    public void An_id_stands_once_among_entries_of_a_kind()
    {
        Assert.Equal(["list.yaml:3: persons[1].id: stands in line 2 too"], ListFile.Problems("persons:\n  - { id: same, name: Aa }\n  - { id: same, name: Bb }\n"));
        Assert.Empty(ListFile.Problems("persons:\n  - { id: same, name: Aa }\noutlets:\n  - { id: same, name: Aa }\n"));
    }

    [Theory]
    [InlineData("name: Aa", "name: Aa", "list.yaml:3: persons[1].name: is the same as in line 2; remove one, or give both an id")]
    [InlineData("name: Aa, id: aaaa", "name: Aa", "list.yaml:3: persons[1].name: is the same as in line 2; remove one, or give both an id")]
    [InlineData("name: Aa", "name: Aa, id: aaaa", "list.yaml:3: persons[1].name: is the same as in line 2; remove one, or give both an id")]
    [InlineData("name: Aa, id: aaaa", "name: Aa, id: bbbb", "")] // two people of one name
    [InlineData("name: Aa", "name: aa", "")]
    public void Namesakes_need_ids(string first, string second, string problem) =>
        Assert.Equal(problem, string.Join('\n', ListFile.Problems($"persons:\n  - {{ {first} }}\n  - {{ {second} }}\n")));

    [Fact]
    public void A_source_is_told_by_its_address_and_a_recipient_by_the_mail_address()
    {
        Assert.Empty(ListFile.Problems("feeds:\n  - { name: A, url: 'http://a.kz/1' }\n  - { name: A, url: 'http://a.kz/2' }\n"));
        Assert.Single(ListFile.Problems("feeds:\n  - { name: A, url: 'http://a.kz' }\n  - { name: B, url: 'http://A.kz/' }\n"));
        Assert.Single(ListFile.Problems("recipients:\n  - { name: A, address: 'r@a.kz' }\n  - { name: B, address: 'R@a.kz' }\n"));
    }

    [Fact]
    public void References_name_something_of_the_same_file_wherever_it_stands()
    {
        Assert.Empty(ListFile.Problems("""
            recipients: [{ name: R, address: "r@example.org", only: [Айдос, site-1, "Жаңалық"] }]
            feeds: [{ name: F, url: "http://a.kz", outlet: out-1 }, { name: G, url: "http://b.kz", outlet: "Жаңалық" }]
            outlets: [{ id: out-1, name: "Жаңалық" }]
            persons: [{ name: Айдос }]
            sites: [{ id: site-1, name: S, url: "http://a.kz" }]
            pages: [{ name: P, url: "http://c.kz", via: V }, { name: Q, url: "http://d.kz", via: vant-1 }]
            vantages: [{ id: vant-1, name: V }]
            """));
    }

    [Fact]
    public void A_reference_to_nothing_is_a_problem_with_the_nearest_name()
    {
        var problems = ListFile.Problems("""
            outlets: [{ name: Tengrinews }]
            persons: [{ name: Aidos }]
            feeds:
              - { name: F, url: "http://a.kz", outlet: tengri news }
              - { name: G, url: "http://b.kz", outlet: Aidos, via: Almaty }
            recipients:
              - { name: R, address: "r@example.org", only: [Aydos] }
            """);

        Assert.Equal(
            [
                "list.yaml:4: feeds[0].outlet: no outlet of this file has the id or name 'tengri news'; did you mean 'Tengrinews'?",
                "list.yaml:5: feeds[1].outlet: no outlet of this file has the id or name 'Aidos'",
                "list.yaml:5: feeds[1].via: no vantage of this file has the id or name 'Almaty'",
                "list.yaml:7: recipients[0].only: no person, outlet, topic or site of this file has the id or name 'Aydos'; did you mean 'Aidos'?",
            ],
            problems);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("{ name: A, via: proxy }", 0)]
    [InlineData("{ name: A }, { name: B }", 2)]
    public void Sites_need_exactly_one_direct_vantage(string vantages, int found) => Assert.Equal(
        [string.Create(CultureInfo.InvariantCulture, $"list.yaml:1: vantages: exactly one vantage with 'via: direct' is expected, the control for all others; {found} were found")],
        ListFile.Problems($"sites: [{{ name: S, url: 'http://a.kz' }}]\nvantages: [{vantages}]\n"));

    [Fact]
    public void An_entry_too_large_for_its_row_is_a_problem_before_anything_is_stored()
    {
        var aliases = string.Join(", ", Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{new string('ж', 190)}{i}")));

        Assert.Equal(["list.yaml:2: persons[0].aliases: is too large: at most 32768 characters a text"], ListFile.Problems($"persons:\n  - {{ name: Aa, aliases: [{aliases}] }}\n"));
    }

    [Fact]
    public void The_first_hundred_problems_are_told_by_line_and_the_others_counted()
    {
        var result = ListFile.Check("persons:\n" + string.Concat(Enumerable.Repeat("  - { name: '' }\n", 105)));

        Assert.Equal((WatchlistCheck.MaxProblems, 5, false), (result.Problems.Count, result.MoreProblems, result.IsGood));
        Assert.Equal(Enumerable.Range(2, 100), result.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void References_beyond_the_hundredth_problem_are_counted_too()
    {
        var feeds = Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"  - {{ name: F, url: 'http://a.kz/{i}', outlet: Other }}\n"));

        var result = ListFile.Check("outlets: [{ name: Another }]\nfeeds:\n" + string.Concat(feeds));

        Assert.Equal((100, 20), (result.Problems.Count, result.MoreProblems));
    }

    [Fact]
    public void The_country_of_the_file_is_that_of_entries_without_their_own()
    {
        var entries = ListFile.Read("country: KZ\npersons: [{ name: Aa }, { name: Bb, country: UZ }]\n");

        Assert.Equal(["KZ", "UZ"], entries.Select(entry => entry.Entry.Country));
    }

    [Fact]
    public void The_shipped_sample_has_no_problem() =>
        Assert.Empty(ListFile.Problems(File.ReadAllText(Repository.Path("src", "Monitoring.App", "Samples", "kazakhstan.yaml"))));
}
