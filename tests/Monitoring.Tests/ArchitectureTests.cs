using System.Text.RegularExpressions;
using System.Xml.Linq;
using Monitoring.Tests.Support;

namespace Monitoring.Tests;

/// <summary>The walls of the house: who may use whom, read from the sources.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Rooms that every room but the first three may use.</summary>
    private static readonly string[] Everywhere = ["Storage", "Work", "Watchlist"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Storage"] = [],
        ["Network"] = [],
        ["Languages"] = [],
        ["Work"] = ["Storage"],
        ["Watchlist"] = ["Storage"],
        ["Evidence"] = [.. Everywhere],
        ["Fetching"] = [.. Everywhere, "Network", "Evidence"],
        ["Names"] = [.. Everywhere, "Languages"],
        ["Queries"] = [.. Everywhere, "Languages"],
        ["Violations"] = [.. Everywhere, "Languages"],
        ["Alerts"] = [.. Everywhere],
        ["Items"] = [.. Everywhere, "Names", "Queries", "Violations", "Languages", "Evidence", "Alerts"],
        ["Feeds"] = [.. Everywhere, "Fetching", "Evidence", "Items"],
        ["WatchedPages"] = [.. Everywhere, "Network", "Fetching", "Evidence", "Items"],
        ["Blocking"] = [.. Everywhere, "Network", "Evidence"],
        ["Availability"] = [.. Everywhere, "Fetching", "Blocking", "Evidence", "Alerts"],
        ["Review"] = [.. Everywhere, "Items", "Alerts", "Evidence"],
        ["Digests"] = [.. Everywhere, "Items", "Availability", "Feeds", "WatchedPages", "Alerts"],
        ["Advice"] = [.. Everywhere, "Names", "Queries", "Languages", "Feeds", "Blocking", "Items"],
        ["Retention"] = [.. Everywhere, "Fetching", "Evidence", "Items", "Blocking", "Availability", "Alerts", "Digests", "Feeds", "WatchedPages", "Review", "Names"],
    };

    public static TheoryData<string> Rooms => [.. Directory.GetDirectories(Repository.Path("src", "Monitoring")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_the_rooms_it_may(string room)
    {
        var used = Sources(room).SelectMany(source => RoomName().Matches(source)).Select(match => match.Groups[1].Value)
            .Where(name => name != room && MayUse.ContainsKey(name)).Distinct();

        Assert.Empty(used.Except(MayUse[room]));
    }

    [Fact]
    public void No_two_rooms_need_each_other_in_a_circle()
    {
        var left = MayUse.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet());
        while (left.FirstOrDefault(pair => pair.Value.Count == 0).Key is { } leaf)
        {
            left.Remove(leaf);
            foreach (var uses in left.Values)
            {
                uses.Remove(leaf);
            }
        }

        Assert.Empty(left);
    }

    [Theory]
    [InlineData("Monitoring", "Microsoft.AspNetCore", "Microsoft.Data.Sqlite", "Azure.", "Monitoring.App", "Spectre", "System.CommandLine")]
    [InlineData("Monitoring.Storage", "Microsoft.AspNetCore", "Monitoring.App", "Spectre", "System.CommandLine")]
    public void A_project_names_nothing_it_must_not_know(string project, params string[] forbidden)
    {
        var named = Directory.GetFiles(Repository.Path("src", project), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("using ", StringComparison.Ordinal) && Array.Exists(forbidden, name => line.Contains(name, StringComparison.Ordinal)));

        Assert.Empty(named);
    }

    [Theory]
    [InlineData("Monitoring")]
    [InlineData("Monitoring.Storage", "Monitoring")]
    [InlineData("Monitoring.App", "Monitoring", "Monitoring.Storage")]
    public void A_project_references_only_the_projects_below_it(string project, params string[] allowed)
    {
        var references = XDocument.Load(Repository.Path("src", project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Equal(allowed.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_outside_hosting_and_commands_knows_which_host_it_runs_in()
    {
        var knowing = Directory.GetFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Hosting", StringComparison.Ordinal) && File.ReadAllText(file).Contains("FUNCTIONS_CUSTOMHANDLER", StringComparison.Ordinal));

        Assert.Empty(knowing);
    }

    [Fact]
    public void Sources_are_utf8_with_line_feeds()
    {
        var wrong = Directory.GetFiles(Repository.Path("src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" or ".css" or ".csv" or ".json" or ".yaml")
            .Where(file => File.ReadAllBytes(file) is var bytes && (bytes.Contains((byte)'\r') || bytes is [0xef, 0xbb, 0xbf, ..]));

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Sources(string room) =>
        Directory.GetFiles(Repository.Path("src", "Monitoring", room), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex(@"\bMonitoring\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex RoomName();
}
