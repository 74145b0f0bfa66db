using System.Globalization;
using System.Text;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>Text that is no YAML, or YAML that a watch list does not use: one problem, and reading ends.</summary>
public sealed class MalformedFilesTests
{
    [Theory]
    [InlineData("", "1: file: is empty")]
    [InlineData("# only a comment\n", "1: file: is empty")]
    [InlineData("- name: Aa\n", "1: file: named lists such as 'persons:' are expected at the top")]
    [InlineData("persons", "1: file: named lists such as 'persons:' are expected at the top")]
    [InlineData("version: 1\n", "1: file: none of persons, outlets, topics, feeds, pages, sites, vantages, recipients was found")]
    [InlineData("persons: []\n---\npersons: []\n", "2: file: one document is expected, another begins here")]
    [InlineData("[persons]: []\n", "1: file: a field name is expected")]
    [InlineData("persons:\n  - name: Aa\n    name: B\n", "3: persons[0].name: stands here twice")]
    [InlineData("persons:\n  - { [a]: b }\n", "2: persons[0]: a field name is expected")]
    public void Is_named(string yaml, string problem) => Assert.Equal([$"list.yaml:{problem}"], ListFile.Problems(yaml));

    [Theory]
    [InlineData("persons:\n  - name: \"A\n", 2)] // a quote that never ends
    [InlineData("persons:\n  - name: Aa\n   gender: male\n", 3)] // shifted by one
    [InlineData("persons:\n  - name: A: B\n", 2)] // a colon that should be quoted
    [InlineData("persons:\n  - [A\n", 3)]
    public void Is_no_yaml_and_the_line_is_told(string yaml, int line) => Assert.Contains(
        string.Create(CultureInfo.InvariantCulture, $"list.yaml:{line}: "), Assert.Single(ListFile.Problems(yaml)), StringComparison.Ordinal);

    [Theory]
    [InlineData("persons:\n  - &a { name: Aa }\n", "2: persons")]
    [InlineData("persons:\n  - name: *a\n", "2: persons[0]")]
    [InlineData("persons:\n  - { name: Aa, <<: *a }\n", "2: persons[0]")]
    [InlineData("persons: &a\n  - name: Aa\n", "1: file")]
    [InlineData("&a persons: []\n", "1: file")]
    public void Anchors_and_aliases_are_refused_with_line_and_the_place_around_them(string yaml, string place) => Assert.Equal(
        [$"list.yaml:{place}: anchors and aliases (& and *) are not used in a watch list"], ListFile.Problems(yaml));

    [Fact]
    public void A_small_file_that_stands_for_a_billion_names_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [lol]\n");
        for (var i = 1; i < 10; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var problem = Assert.Single(ListFile.Problems(bomb + "persons: *a9\n"));

        Assert.Equal("list.yaml:1: file: anchors and aliases (& and *) are not used in a watch list", problem);
    }

    [Fact]
    public void A_hundred_thousand_lists_in_one_another_are_refused()
    {
        var problem = Assert.Single(ListFile.Problems("persons:\n  - name: " + new string('[', 100_000)));

        Assert.StartsWith("list.yaml:2: persons[0].name", problem, StringComparison.Ordinal);
        Assert.EndsWith(": is nested too deeply", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_longer_than_any_text_is_refused()
    {
        Assert.Equal(["list.yaml:1: persons[0].note: is too long"], ListFile.Problems($"persons: [{{ name: Aa, note: {new string('a', 100_001)} }}]"));
        Assert.Equal(
            ["list.yaml:1: persons[0].note: a text of 1 to 4000 characters without control characters is expected"],
            ListFile.Problems($"persons: [{{ name: Aa, note: {new string('a', 100_000)} }}]"));
    }

    [Fact]
    public void A_name_of_a_field_longer_than_any_text_is_refused() => Assert.Equal(
        ["list.yaml:1: persons[0]: a field name is too long"], ListFile.Problems($"persons: [{{ ? {new string('a', 1_001)} : A }}]"));

    [Fact]
    public void More_values_than_any_entry_has_are_refused_before_they_are_all_read()
    {
        Assert.Equal(["list.yaml:1: persons[0].aliases: has more than 1000 values"], ListFile.Problems($"persons: [{{ name: Aa, aliases: [{string.Join(',', Enumerable.Repeat("bb", 1001))}] }}]"));
        Assert.Equal(
            ["list.yaml:1: persons[0]: has more than 1000 values"],
            ListFile.Problems($"persons: [{{ {string.Join(',', Enumerable.Range(0, 1001).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i}: a")))} }}]"));
    }

    [Fact]
    public void A_list_of_501_values_is_refused_and_the_rest_is_read()
    {
        var problems = ListFile.Problems($"persons:\n  - {{ name: Aa, aliases: [{string.Join(',', Enumerable.Repeat("bb", 501))}] }}\n  - {{ name: '' }}\n");

        Assert.Equal(
            [
                "list.yaml:2: persons[0].aliases: a list of at most 500 is expected, a list was found",
                "list.yaml:3: persons[1].name: a text of 1 to 500 characters without control characters is expected",
            ],
            problems);
    }

    [Fact]
    public void Any_text_gives_entries_or_problems_and_never_an_exception()
    {
        var sample = File.ReadAllText(Repository.Path("src", "Monitoring.App", "Samples", "kazakhstan.yaml"));
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new RandomText(seed);
            var start = random.Number(sample.Length - 1500);
            var text = new StringBuilder(random.Number(2) == 0 ? "persons:\n" : "").Append(sample, start, 1500);
            for (var change = random.Number(8); change >= 0; change--)
            {
                text.Insert(random.Number(text.Length), random.Next(8, "\"'\\{}[]:,-?&*!|>%@`#~<= \n\t\0\uFEFF\u0085\u2028\ud83d\ude00xuU0aI'й"));
            }

            var thrown = Record.Exception(() => ListFile.Check(text.ToString()));
            Assert.True(thrown is null, $"Seed {seed}: {thrown}\n{text}");
        }
    }
}
