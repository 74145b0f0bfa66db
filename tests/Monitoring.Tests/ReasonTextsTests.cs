using System.Text.RegularExpressions;
using Monitoring.Alerts.Mails;
using Monitoring.Names;
using Monitoring.Tests.Support;

namespace Monitoring.Tests;

/// <summary>Every text that the source names exists. The names are gathered from the source itself, so that a new one is checked too.</summary>
public sealed partial class ReasonTextsTests
{
    private static readonly IReadOnlyList<string> Named = [.. Sources().SelectMany(source => Names().Matches(source)).Select(match => match.Groups["name"].Value).Distinct()];

    [Fact]
    public void The_source_names_texts()
    {
        Assert.Empty("reason.listed,reason.domain,fact.blocked,why.severity,reason.page,untitled,ending.,mechanism.".Split(',').Except(Named));
    }

    [Fact]
    public void Every_named_text_exists()
    {
        var keys = Texts.English.Keys.ToHashSet();

        // A name that ends with a stop is completed when the program runs.
        Assert.All(Named, name => Assert.True(name.EndsWith('.') ? keys.Any(key => key.StartsWith(name, StringComparison.Ordinal)) : keys.Contains(name), name));
    }

    [Fact]
    public void Every_ending_of_a_name_has_a_text()
    {
        var endings = DataFile.Rows(typeof(NameMatcher), "Tables.endings.csv").Where(row => row[2] != "nominative").Select(row => $"ending.{row[1]}.{row[2].Replace(' ', '_')}").ToHashSet();

        Assert.True(endings.Count > 40);
        Assert.Empty(endings.Except(Texts.English.Keys));
    }

    [Fact]
    public void Every_text_is_used()
    {
        var prefixes = Named.Where(name => name.EndsWith('.')).ToList();

        Assert.All(Texts.English.Keys.Except(Named), key => Assert.True(prefixes.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal)), key));
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Repository.Path("src"), "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".razor").Select(File.ReadAllText);

    /// <summary>A literal that is a text's name, alone or after the mark of a named value.</summary>
    [GeneratedRegex("\"@?(?<name>(?:reason|fact|why|ending|mechanism|contrast|violation|severity|language|link|footer|digest|duration|unreviewed|change|repeat|storm|weekly|sensitive|test|page)\\.[a-z_.]*|why|before|unreviewed|untitled|repeat)\"")]
    private static partial Regex Names();
}
